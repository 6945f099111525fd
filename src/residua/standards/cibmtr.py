"""CIBMTR, current manual: complete remission.

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "cibmtr"


def response(
    *,
    marrow_blasts: Given = None,
    blood_blasts: Given = None,
    neutrophils: Given = None,
    platelets: Given = None,
    trilineage: Given = None,
    extramedullary: Given = None,
    transfusion: Given = None,
    remission_duration: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """CR or not."""
    given = {
        "marrow_blasts": marrow_blasts,
        "blood_blasts": blood_blasts,
        "neutrophils": neutrophils,
        "platelets": platelets,
        "trilineage": trilineage,
        "extramedullary": extramedullary,
        "transfusion": transfusion,
        "remission_duration": remission_duration,
    }
    return rule_on(load(BOOK), "response", given, words=words, why=why)
