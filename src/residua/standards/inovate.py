"""INO-VATE 2016: response and MRD after inotuzumab ozogamicin.

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "inovate"


def response(
    *,
    marrow_blasts: Given = None,
    blood_blasts: Given = None,
    neutrophils: Given = None,
    platelets: Given = None,
    extramedullary: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """CR, CRi or neither."""
    given = {
        "marrow_blasts": marrow_blasts,
        "blood_blasts": blood_blasts,
        "neutrophils": neutrophils,
        "platelets": platelets,
        "extramedullary": extramedullary,
    }
    return rule_on(load(BOOK), "response", given, words=words, why=why)


def mrd(
    *,
    mrd_level: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """MRD-negative below 1e-4."""
    given = {
        "mrd_level": mrd_level,
    }
    return rule_on(load(BOOK), "mrd", given, words=words, why=why)
