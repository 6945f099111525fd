"""MRD of one method between two changes of therapy: its trend, and where it would lead."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.measures.mrd_kinetics import MrdTrend, Projection
from residua.measures.mrd_steps import LogReduction

Phase = Literal["before any therapy", "under", "after", "from the start of"]
"""Where readings stand to the therapy: under it, after its last day, or, where that day is not
known, from its first day on."""


@dataclass(frozen=True)
class MrdSeries:
    """Readings that may stand on one line; what is not stated is empty."""

    method: str
    denominator: str
    target: str
    tissue: str


@dataclass(frozen=True)
class MrdStep:
    """From one reading (id) to the next; ``days`` is None where the days between are not known."""

    earlier: str
    later: str
    days: int | None
    reduction: LogReduction


@dataclass(frozen=True)
class AssumedGrowth:
    """Days from the reading `fact` at `start` to the levels, at doubling times that are assumed.

    ``rows`` are (doubling time in days, days to each of ``levels``). Nothing here is measured.
    """

    fact: str
    start: float
    levels: tuple[float, ...]
    rows: tuple[tuple[float, tuple[float, ...]], ...]
    clause: str


@dataclass(frozen=True)
class MrdCurve:
    """One method and denominator from the therapy `after` (id, or None) on.

    ``facts`` are the ids of its values, as those of the trend. ``projections`` holds, by level,
    the day on which the trend reaches it, or in words why none is told; days count from
    ``origin`` (ISO date; empty where only the days between readings are known). ``band`` holds
    (day, low, line, high), pointwise, at some days of a trend that is told: over its values, and
    on to its last projection or to the next change of therapy, where that comes first.
    """

    after: str | None
    method: str
    denominator: str
    facts: tuple[str, ...]
    simulated: bool
    origin: str
    trend: MrdTrend
    projections: tuple[tuple[float, Projection | str], ...] = ()
    target: str = ""
    tissue: str = ""
    phase: Phase = "before any therapy"
    relapse: str | None = None
    steps: tuple[MrdStep, ...] = ()
    assumed: AssumedGrowth | None = None
    band: tuple[tuple[float, float, float, float], ...] = ()
    notes: tuple[str, ...] = ()
