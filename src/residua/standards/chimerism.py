"""Donor chimerism after allogeneic transplant, by each of two sources that disagree at 95 %."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "chimerism"
TERMS = ("chimerism-over-95", "chimerism-from-95")


def over_95(given: Quantities, wording: Wording = PLAIN, *, version: str = "current") -> Ruling:
    """Full donor chimerism above 95 %."""
    return rule_on(edition(BOOK, version), TERMS[0], given.known, wording)


def from_95(given: Quantities, wording: Wording = PLAIN, *, version: str = "current") -> Ruling:
    """Full donor chimerism from 95 % on."""
    return rule_on(edition(BOOK, version), TERMS[1], given.known, wording)
