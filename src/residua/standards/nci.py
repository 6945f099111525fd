"""NCI 2010: response and relapse around an allogeneic transplant.

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "nci"


def response(
    *,
    marrow_blasts: Given = None,
    blood_blasts: Given = None,
    neutrophils: Given = None,
    platelets: Given = None,
    trilineage: Given = None,
    extramedullary: Given = None,
    remission_duration: Given = None,
    blast_change: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """CR, CRi, PR, progression or none of them."""
    given = {
        "marrow_blasts": marrow_blasts,
        "blood_blasts": blood_blasts,
        "neutrophils": neutrophils,
        "platelets": platelets,
        "trilineage": trilineage,
        "extramedullary": extramedullary,
        "remission_duration": remission_duration,
        "blast_change": blast_change,
    }
    return rule_on(load(BOOK), "response", given, words=words, why=why)


def relapse(
    *,
    marrow_blasts: Given = None,
    blood_blasts: Given = None,
    extramedullary: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """Relapse from 25 % of blasts in blood or marrow, or at an extramedullary site."""
    given = {
        "marrow_blasts": marrow_blasts,
        "blood_blasts": blood_blasts,
        "extramedullary": extramedullary,
    }
    return rule_on(load(BOOK), "relapse", given, words=words, why=why)
