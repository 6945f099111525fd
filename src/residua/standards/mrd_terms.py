"""MRD terms of adult ALL: Brueggemann 2010, PMC8824253, PMC5851443.

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "mrd_terms"


def mrd(
    *,
    mrd_detected: Given = None,
    mrd_lod: Given = None,
    mrd_level: Given = None,
    mrd_quantifiable: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """Complete MRD response, MRD failure from 0.01 %, or intermediate."""
    given = {
        "mrd_detected": mrd_detected,
        "mrd_lod": mrd_lod,
        "mrd_level": mrd_level,
        "mrd_quantifiable": mrd_quantifiable,
    }
    return rule_on(load(BOOK), "mrd", given, words=words, why=why)


def mrd_change(
    *,
    mrd_level: Given = None,
    mrd_quantifiable: Given = None,
    earlier_mrd_detected: Given = None,
    earlier_mrd_lod: Given = None,
    earlier_mrd_level: Given = None,
    treated_between: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """Persistence or reappearance against the result before."""
    given = {
        "mrd_level": mrd_level,
        "mrd_quantifiable": mrd_quantifiable,
        "earlier_mrd_detected": earlier_mrd_detected,
        "earlier_mrd_lod": earlier_mrd_lod,
        "earlier_mrd_level": earlier_mrd_level,
        "treated_between": treated_between,
    }
    return rule_on(load(BOOK), "mrd-change", given, words=words, why=why)


def relapse(
    *,
    mrd_level: Given = None,
    mrd_quantifiable: Given = None,
    earlier_mrd_detected: Given = None,
    earlier_mrd_lod: Given = None,
    marrow_blasts: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """MRD relapse: from negative to quantifiable in haematological remission."""
    given = {
        "mrd_level": mrd_level,
        "mrd_quantifiable": mrd_quantifiable,
        "earlier_mrd_detected": earlier_mrd_detected,
        "earlier_mrd_lod": earlier_mrd_lod,
        "marrow_blasts": marrow_blasts,
    }
    return rule_on(load(BOOK), "relapse", given, words=words, why=why)
