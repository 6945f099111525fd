"""The vertical scale of panel C: decades, and strips for readings without a number."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from residua.views.mrd_points import STRIP_ABOVE, STRIPS_BELOW, MrdPoint
from residua.views.panels.panel import Frame, side_lines
from residua.views.typeset import pitch

CUT_OFF = 1e-4
_LEAST_STRIP = 8.2
_EDGE = 2.5  # mm between the outer decades and the frame


@dataclass(frozen=True)
class MrdScale:
    """Levels to mm below the top of the body."""

    low: int
    high: int
    log_top: float
    log_bottom: float
    height: float
    strips: Mapping[str, tuple[float, float]]

    @property
    def decades(self) -> range:
        """Exponents of the ticks."""
        return range(self.low, self.high + 1)

    def y(self, level: float) -> float:
        """Where a level lies; levels beyond the ends lie at the ends."""
        part = (self.high - math.log10(level)) / (self.high - self.low)
        inner = self.log_bottom - self.log_top - 2 * _EDGE
        return self.log_top + _EDGE + min(max(part, 0.0), 1.0) * inner

    def y_of(self, point: MrdPoint) -> float:
        """Where a point lies, on the log axis or on its strip."""
        if point.level is not None:
            return self.y(point.level)
        top, bottom = self.strips[str(point.strip)]
        return (top + bottom) / 2


def make_scale(points: Sequence[MrdPoint], frame: Frame, log_height: float) -> MrdScale:
    """Decades that hold every level and limit and the cut-off; a strip for each kind needed."""
    levels = [CUT_OFF, *(v for p in points for v in (p.level, p.lod, p.lloq) if v)]
    low = min(math.floor(math.log10(min(levels)) - 1e-9), -5)
    high = max(math.ceil(math.log10(max(levels)) - 1e-9), -2)
    used = {point.strip for point in points}
    y = 0.0
    strips: dict[str, tuple[float, float]] = {}
    if STRIP_ABOVE in used:
        strips[STRIP_ABOVE] = (y, y + _strip_height(STRIP_ABOVE, frame))
        y = strips[STRIP_ABOVE][1]
    log_top, y = y, y + log_height
    for name in STRIPS_BELOW:
        if name in used:
            strips[name] = (y, y + _strip_height(name, frame))
            y = strips[name][1]
    return MrdScale(low, high, log_top, log_top + log_height, y, strips)


def _strip_height(name: str, frame: Frame) -> float:
    return max(_LEAST_STRIP, len(side_lines(name, frame)) * pitch() + 0.8)
