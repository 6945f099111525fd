"""INO-VATE 2016: response and MRD after inotuzumab ozogamicin."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "inovate"


def response(given: Quantities, wording: Wording = PLAIN, *, version: str = "2016") -> Ruling:
    """CR, CRi or neither."""
    return rule_on(edition(BOOK, version), "response", given.known, wording)


def mrd(given: Quantities, wording: Wording = PLAIN, *, version: str = "2016") -> Ruling:
    """MRD-negative below 1e-4 of nucleated cells."""
    return rule_on(edition(BOOK, version), "mrd", given.known, wording)
