"""Ponte di Legno 2022, paediatric: relapse by MRD in the marrow."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "ponte_di_legno"


def relapse(given: Quantities, wording: Wording = PLAIN, *, version: str = "2022") -> Ruling:
    """Relapse by level and number of confirming tests."""
    return rule_on(edition(BOOK, version), "relapse", given.known, wording)
