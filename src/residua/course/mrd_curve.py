"""MRD of one method between two changes of therapy: its trend, and where it would lead."""

from __future__ import annotations

from dataclasses import dataclass

from residua.measures.mrd_kinetics import MrdTrend, Projection


@dataclass(frozen=True)
class MrdCurve:
    """One method and denominator from the therapy `after` (id, or None) on.

    ``facts`` are the ids of its values. ``projections`` holds, by level, the day on which the
    trend reaches it, or in words why none is told; days count from ``origin`` (ISO date).
    """

    after: str | None
    method: str
    denominator: str
    facts: tuple[str, ...]
    simulated: bool
    origin: str
    trend: MrdTrend
    projections: tuple[tuple[float, Projection | str], ...] = ()
