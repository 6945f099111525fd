"""MRD terms of adult ALL: Brueggemann 2010, PMC8824253, PMC5851443."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "mrd_terms"


def mrd(given: Quantities, wording: Wording = PLAIN, *, version: str = "2010") -> Ruling:
    """Complete MRD response, MRD failure from 0.01 %, or intermediate."""
    return rule_on(edition(BOOK, version), "mrd", given.known, wording)


def mrd_change(given: Quantities, wording: Wording = PLAIN, *, version: str = "2010") -> Ruling:
    """Persistence or reappearance against the result before."""
    return rule_on(edition(BOOK, version), "mrd-change", given.known, wording)


def relapse(given: Quantities, wording: Wording = PLAIN, *, version: str = "2010") -> Ruling:
    """MRD relapse: from negative to quantifiable in haematological remission."""
    return rule_on(edition(BOOK, version), "relapse", given.known, wording)
