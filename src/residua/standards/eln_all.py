"""ELN 2024, adult ALL: response, and MRD response in two variants (no relapse rule was read).

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "eln_all"


def response(
    *,
    marrow_blasts: Given = None,
    extramedullary: Given = None,
    neutrophils: Given = None,
    platelets: Given = None,
    red_cell_transfusion: Given = None,
    mrd_level: Given = None,
    blast_change: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """CR, CRi, MLFS, PR or failure; MRD and transfusions may be UNAVAILABLE."""
    given = {
        "marrow_blasts": marrow_blasts,
        "extramedullary": extramedullary,
        "neutrophils": neutrophils,
        "platelets": platelets,
        "red_cell_transfusion": red_cell_transfusion,
        "mrd_level": mrd_level,
        "blast_change": blast_change,
    }
    return rule_on(load(BOOK), "response", given, words=words, why=why)


def mrd_variant_1(
    *,
    mrd_detected: Given = None,
    mrd_lod: Given = None,
    mrd_level: Given = None,
    mrd_quantifiable: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """Complete MRD response, MRD failure above 0.01 %, or MRD other."""
    given = {
        "mrd_detected": mrd_detected,
        "mrd_lod": mrd_lod,
        "mrd_level": mrd_level,
        "mrd_quantifiable": mrd_quantifiable,
    }
    return rule_on(load(BOOK), "mrd-variant-1", given, words=words, why=why)


def mrd_variant_2(
    *,
    mrd_detected: Given = None,
    mrd_lod: Given = None,
    mrd_quantifiable: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """Complete MRD response, or persistence of any quantifiable MRD."""
    given = {
        "mrd_detected": mrd_detected,
        "mrd_lod": mrd_lod,
        "mrd_quantifiable": mrd_quantifiable,
    }
    return rule_on(load(BOOK), "mrd-variant-2", given, words=words, why=why)
