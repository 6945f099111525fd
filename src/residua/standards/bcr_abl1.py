"""BCR::ABL1 transcripts over ABL1: the sensitivity that copies of ABL1 give, and the scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from residua.standards.method_clause import Clause, clause_of, method_file


@dataclass(frozen=True)
class BcrAbl1Rules:
    """``sensitivities`` are (copies of ABL1 at least, level), fewest copies first.

    ``without_scale`` is the transcript that has no International Scale.
    """

    sensitivities: tuple[tuple[float, float], ...]
    without_scale: str
    clauses: Mapping[str, Clause]

    @property
    def mark(self) -> str:
        """How far the source of the sensitivities is known."""
        return self.clauses["sensitivity-1e-4"].mark

    def sensitivity(self, copies: float) -> float | None:
        """The level that so many copies of ABL1 can show; None for too few."""
        reached = [level for least, level in self.sensitivities if copies >= least]
        return min(reached, default=None)


@cache
def bcr_abl1_rules() -> BcrAbl1Rules:
    """The encoded rules."""
    data = method_file("bcr_abl1")
    entries = [*data["sensitivity"], data["scale"], data["copies"]]
    clauses = (clause_of(entry) for entry in entries)
    steps = sorted((float(e["at_least"]), float(e["level"])) for e in data["sensitivity"])
    return BcrAbl1Rules(
        tuple(steps),
        data["scale"]["without"],
        MappingProxyType({clause.id: clause for clause in clauses}),
    )
