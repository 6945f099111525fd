"""CIBMTR, current manual: complete remission."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "cibmtr"


def response(given: Quantities, wording: Wording = PLAIN, *, version: str = "current") -> Ruling:
    """CR or not."""
    return rule_on(edition(BOOK, version), "response", given.known, wording)
