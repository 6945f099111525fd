"""Ponte di Legno 2022, paediatric: relapse by MRD in the marrow.

Quantities are what a laboratory states, or None where it does not; fractions are of all cells.
"""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import WORDS
from residua.standards.rulebook import load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

BOOK = "ponte_di_legno"


def relapse(
    *,
    mrd_level: Given = None,
    other_tests: Given = None,
    second_marrow_tests: Given = None,
    extramedullary: Given = None,
    words: Mapping[str, str] = WORDS,
    why: Mapping[str, str] | None = None,
) -> Ruling:
    """Relapse by level and number of confirming tests."""
    given = {
        "mrd_level": mrd_level,
        "other_tests": other_tests,
        "second_marrow_tests": second_marrow_tests,
        "extramedullary": extramedullary,
    }
    return rule_on(load(BOOK), "relapse", given, words=words, why=why)
