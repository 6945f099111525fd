"""NCCN as widely used: response and relapse (the guideline itself was not read)."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "nccn"


def response(given: Quantities, wording: Wording = PLAIN, *, version: str = "current") -> Ruling:
    """CR, CRh, CRi, refractory, progression or none of them."""
    return rule_on(edition(BOOK, version), "response", given.known, wording)


def relapse(given: Quantities, wording: Wording = PLAIN, *, version: str = "current") -> Ruling:
    """Relapse above 5 % of blasts in blood or marrow, or at an extramedullary site."""
    return rule_on(edition(BOOK, version), "relapse", given.known, wording)
