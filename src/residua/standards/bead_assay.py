"""The rules of multiplex bead arrays; see bead_assay.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from residua.standards.method_clause import Clause, clause_of, method_file


@dataclass(frozen=True)
class PeakRules:
    """What a peak of a density is: lengths in decades, the rest fractions.

    `within` is the coverage of an ellipse, or robust standard deviations; `overlap` the
    share of misplaced beads above which two peaks are not separable.
    """

    smoothing: float
    share: float
    valley: float
    within: float
    overlap: float = 1.0


@dataclass(frozen=True)
class CurveRules:
    """When a standard curve holds; see the clauses."""

    levels: Mapping[str, int]
    span: float
    fall: float
    recovery: tuple[float, float]
    error: float
    fewest: int
    level: float


@dataclass(frozen=True)
class BeadRules:
    """All rules of a bead array."""

    singles: PeakRules
    populations: PeakRules
    fewest: int
    widest: float
    level: float
    curve: CurveRules
    clauses: tuple[Clause, ...]


@cache
def bead_rules() -> BeadRules:
    """The encoded rules."""
    data = method_file("bead_assay")
    one, many, beads = data["singles"], data["populations"], data["beads"]
    return BeadRules(
        singles=PeakRules(one["smoothing"], one["share"], one["valley"], one["coverage"]),
        populations=PeakRules(
            many["smoothing"], many["share"], many["valley"], many["core"], many["overlap"]
        ),
        fewest=beads["fewest"],
        widest=beads["widest"],
        level=beads["level"],
        curve=_curve(data),
        clauses=tuple(clause_of(entry) for entry in data.values()),
    )


def _curve(data: Mapping[str, Any]) -> CurveRules:
    curve, recovery = data["curve"], data["recovery"]
    return CurveRules(
        levels={"5pl": curve["levels"], "4pl": curve["levels_4pl"]},
        span=curve["span"],
        fall=curve["fall"],
        recovery=(recovery["low"], recovery["high"]),
        error=recovery["error"],
        fewest=recovery["fewest"],
        level=data["interval"]["level"],
    )
