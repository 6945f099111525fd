"""ELN 2024, adult ALL: response, and MRD response in two variants (no relapse rule was read)."""

from __future__ import annotations

from residua.standards.quantities import PLAIN, Quantities, Wording
from residua.standards.rulebook import edition
from residua.standards.ruling import Ruling, rule_on

BOOK = "eln_all"


def response(given: Quantities, wording: Wording = PLAIN, *, version: str = "2024") -> Ruling:
    """CR, CRi, MLFS, PR or failure; MRD and transfusions may be UNAVAILABLE."""
    return rule_on(edition(BOOK, version), "response", given.known, wording)


def mrd_variant_1(given: Quantities, wording: Wording = PLAIN, *, version: str = "2024") -> Ruling:
    """Complete MRD response, MRD failure above 0.01 %, or MRD other."""
    return rule_on(edition(BOOK, version), "mrd-variant-1", given.known, wording)


def mrd_variant_2(given: Quantities, wording: Wording = PLAIN, *, version: str = "2024") -> Ruling:
    """Complete MRD response, or persistence of any quantifiable MRD."""
    return rule_on(edition(BOOK, version), "mrd-variant-2", given.known, wording)
