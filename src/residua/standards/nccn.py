"""NCCN as widely used: response and relapse (the guideline itself was not read).

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "nccn"


def response(
    *,
    marrow_blasts: Given = None,
    blood_blasts: Given = None,
    trilineage: Given = None,
    extramedullary: Given = None,
    remission_duration: Given = None,
    neutrophils: Given = None,
    platelets: Given = None,
    end_of_induction: Given = None,
    blast_change: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """CR, CRh, CRi, refractory, progression or none of them."""
    given = {
        "marrow_blasts": marrow_blasts,
        "blood_blasts": blood_blasts,
        "trilineage": trilineage,
        "extramedullary": extramedullary,
        "remission_duration": remission_duration,
        "neutrophils": neutrophils,
        "platelets": platelets,
        "end_of_induction": end_of_induction,
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
    """Relapse above 5 % of blasts in blood or marrow, or at an extramedullary site."""
    given = {
        "marrow_blasts": marrow_blasts,
        "blood_blasts": blood_blasts,
        "extramedullary": extramedullary,
    }
    return rule_on(load(BOOK), "relapse", given, words=words, why=why)
