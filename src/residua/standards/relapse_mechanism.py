"""How a relapse escaped a therapy aimed at an antigen, and what B-cell aplasia is."""

from __future__ import annotations

from collections.abc import Mapping

from residua.standards.quantities import PLAIN, Wording
from residua.standards.rulebook import Rule, Rulebook, edition
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given, settled

BOOK, APLASIA = "relapse_mechanism", "b_cell_aplasia"


def book(version: str = "1.0") -> Rulebook:
    """The standard with its rules."""
    return edition(BOOK, version)


def mechanism(
    given: Mapping[str, Given], wording: Wording = PLAIN, *, version: str = "1.0"
) -> Ruling:
    """From ``target_expressed``, ``cells_persist`` and ``lineage_switched``."""
    return rule_on(book(version), "mechanism", given, wording)


def aplasia(
    given: Mapping[str, Given], *, version: str = "current"
) -> tuple[tuple[Rule, bool | None], ...]:
    """Each rule of B-cell aplasia by itself, with whether it holds; they are never merged."""
    rules = edition(APLASIA, version).rules
    return tuple((rule, settled(rule, given.get(rule.quantity))) for rule in rules)
