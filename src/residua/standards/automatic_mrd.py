"""The numbers by which an automatic MRD gets its limits and is refused, from automatic_mrd.toml."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from residua.standards.rulebook import load

BOOK = "automatic_mrd"


@dataclass(frozen=True)
class AutomaticRules:
    """Each number as its rule of the same name gives it; fractions are of all cells."""

    normals: int
    negative: float
    laip_strict: float
    laip_reviewed: float
    separability_strict: float
    separability_reviewed: float
    person_spread: float
    misfit_median: float
    misfit_highest: float
    blank_spread: float
    blank_events: float
    blank_margin: float
    interval_factor: float
    interval_floor: float
    quantity: float
    cluster: float

    def laip_limit(self, *, reviewed: bool) -> float:
        """The highest limit of detection of a phenotype that leaves room for a negative."""
        return self.laip_reviewed if reviewed else self.laip_strict

    def least_separability(self, *, reviewed: bool) -> float:
        """The least separability of a phenotype that leaves room for a negative."""
        return self.separability_reviewed if reviewed else self.separability_strict


@cache
def automatic_rules() -> AutomaticRules:
    """The rules of automatic_mrd.toml."""
    book = load(BOOK)
    found = {rule.id.replace("-", "_"): rule.limit_number for rule in book.rules}
    return AutomaticRules(**found | {"normals": int(found["normals"])})  # type: ignore[arg-type]
