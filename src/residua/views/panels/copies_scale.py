"""The vertical scale of panel B: decades of copies, and strips for what has no number."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from residua.views.panels.panel import MARGIN, RIM, Frame, side_label, side_lines
from residua.views.powers import decade_words
from residua.views.sheet import Sheet
from residua.views.style import GREY, GUIDE, RULE, SMALL
from residua.views.typeset import pitch

DETECTED = "detected, no number"
NOT_DETECTED = "not seen, no limit"
_LEAST_STRIP = 6.2
_EDGE = 1.6  # mm between the outer decades and the frame
_LEAST_DECADES = 3


@dataclass(frozen=True)
class CopiesScale:
    """Copies to mm below the top of the body; strips above and below the log part."""

    low: int
    high: int
    log_top: float
    log_bottom: float
    height: float
    strips: Mapping[str, tuple[float, float]]

    def y(self, level: float) -> float:
        """Where a level lies; levels beyond the frame lie on it."""
        inner = self.log_bottom - self.log_top - 2 * _EDGE
        part = (self.high - math.log10(max(level, 1e-300))) / (self.high - self.low)
        return min(max(self.log_top + _EDGE + part * inner, self.log_top), self.log_bottom)

    @property
    def decades(self) -> range:
        """Exponents of the ticks: each of them where there is room, else every so many."""
        room = (self.log_bottom - self.log_top - 2 * _EDGE) / (self.high - self.low)
        return range(self.low, self.high + 1, math.ceil(pitch(SMALL) / room))

    def middle(self, strip: str) -> float:
        """Where the marks of a strip stand."""
        return sum(self.strips[strip]) / 2


def copies_scale(
    levels: Iterable[float], names: Iterable[str], frame: Frame, log_height: float
) -> CopiesScale:
    """Decades that hold every level; a strip for each of `names` of those without a number."""
    exponents = [math.log10(level) for level in levels if level > 0] or [1.0]
    low = math.floor(min(exponents) - 1e-9)
    high = max(math.ceil(max(exponents) + 1e-9), low + _LEAST_DECADES)
    used = set(names)
    strips: dict[str, tuple[float, float]] = {}
    y = 0.0
    if DETECTED in used:
        strips[DETECTED] = (y, y + strip_height(DETECTED, frame))
        y = strips[DETECTED][1]
    log_top, y = y, y + log_height
    if NOT_DETECTED in used:
        strips[NOT_DETECTED] = (y, y + strip_height(NOT_DETECTED, frame))
        y = strips[NOT_DETECTED][1]
    return CopiesScale(low, high, log_top, log_top + log_height, y, strips)


def strip_height(name: str, frame: Frame) -> float:
    """Height of a strip with its name beside it."""
    return max(_LEAST_STRIP, len(side_lines(name, frame)) * pitch() + 0.9)


def draw_copies_scale(
    sheet: Sheet, top: float, frame: Frame, scale: CopiesScale, unit: str
) -> None:
    """Decades with their guides, the unit upright beside them, the strips' names and edges."""
    region = frame.region(top, top + scale.height)
    across = [region.left, region.right]
    for decade in scale.decades:
        y = top + scale.y(10.0**decade)
        sheet.line(across, [y, y], color=GUIDE, linewidth=0.4, zorder=0.6)
        sheet.line([region.left - 1.2, region.left], [y, y], linewidth=0.6)
        x, above = region.left - 1.8, pitch(SMALL) / 2
        sheet.words(x, y - above, decade_words(decade), size=SMALL, side="right")
    middle = top + (scale.log_top + scale.log_bottom) / 2
    sheet.words(MARGIN + 2.6, middle - 1.8, unit, size=SMALL, side="center", upright=True)
    for name, (above, below) in scale.strips.items():
        draw_strip_edge(sheet, frame, top + (below if below <= scale.log_top else above))
        side_label(sheet, frame, top + above + 0.45, name)


def draw_strip_edge(sheet: Sheet, frame: Frame, y: float) -> None:
    """The line between the plot and a strip."""
    region = frame.region(y, y)
    sheet.line([region.left, region.right], [y, y], color=GREY, linewidth=0.6)
    sheet.line([MARGIN, frame.left - RIM], [y, y], color=RULE, linewidth=0.4)
