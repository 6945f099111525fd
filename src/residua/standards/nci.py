"""NCI 2010: response and relapse around an allogeneic transplant."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "nci"


def response(given: Quantities, wording: Wording = PLAIN, *, version: str = "2010") -> Ruling:
    """CR, CRi, PR, progression or none of them."""
    return rule_on(edition(BOOK, version), "response", given.known, wording)


def relapse(given: Quantities, wording: Wording = PLAIN, *, version: str = "2010") -> Ruling:
    """Relapse from 25 % of blasts in blood or marrow, or at an extramedullary site."""
    return rule_on(edition(BOOK, version), "relapse", given.known, wording)
