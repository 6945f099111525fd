"""One laboratory curve as the report tells it."""

from __future__ import annotations

from dataclasses import dataclass

from residua.views.report_measures import MeasureLine


@dataclass(frozen=True)
class CurveGroup:
    """A curve's heading, the fact it belongs to (`id`, `anchor`), and its lines."""

    title: str
    id: str
    anchor: str
    lines: tuple[MeasureLine, ...]
