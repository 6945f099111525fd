"""The marks of panel A: symbols of values, triangles of bounds, lines between them."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from residua.measures.analyte_value import AnalyteValue
from residua.views.cytokine_lines import CytokineLine
from residua.views.panels.dated_marks import span_bar
from residua.views.panels.day_scale import DayScale
from residua.views.sheet import Sheet
from residua.views.style import PAPER, RULE, SERIES

DASHES = (0, (2.4, 1.6))
SHAPES = {"main": ("o", "s", "D", "p", "X"), "other unit": ("h", "P", "*")}
_SIZE, _SMALL_SIZE = 3.6, 2.7  # points
_DENSE = 1.1  # mm of a day below which symbols are small
_STEPS = (0.4, 1.7)  # mm between bounds that would cover each other, least and most
_OF_A_DAY = 0.9  # the part of its day that bounds on one spot may take
_NOON = 12.0
_EDGE = 1.8  # mm between the outer decades and the frame


@dataclass(frozen=True)
class LogScale:
    """Concentrations to mm below the top of a plot of `height` mm."""

    low: int
    high: int
    height: float

    def y(self, level: float) -> float:
        """Where a level lies."""
        part = (self.high - math.log10(level)) / (self.high - self.low)
        return _EDGE + min(max(part, 0.0), 1.0) * (self.height - 2 * _EDGE)


def log_scale(lines: Sequence[CytokineLine], height: float) -> LogScale:
    """Whole decades, at least two, that hold every value and bound."""
    levels = [float(v.limit) for line in lines for v in line.curve.values if v.limit > 0]
    low = math.floor(math.log10(min(levels)) + 1e-9)
    high = math.ceil(math.log10(max(levels)) - 1e-9)
    return LogScale(low, max(high, low + 2), height)


@dataclass(frozen=True)
class Style:
    """The symbol and colour of an analyte; grey lines have no symbol."""

    shape: str
    colour: str
    width: float = 0.9
    size: float = _SIZE

    def draw(self, sheet: Sheet, x: float, y: float, part: float = 1.0) -> None:
        """The symbol, `part` of its usual size."""
        if self.shape:
            style = {"markerfacecolor": self.colour, "markeredgecolor": self.colour}
            size = part * self.size
            sheet.marker(x, y, self.shape, markersize=size, markeredgewidth=0.4, **style)

    def draw_bound(self, sheet: Sheet, x: float, y: float, *, below: bool) -> None:
        """An open triangle that points to where the value lies, the symbol within it."""
        size = 1.6 * self.size if self.shape else 1.2 * self.size
        style = {"markerfacecolor": PAPER, "markeredgecolor": self.colour, "markeredgewidth": 0.8}
        z = {} if self.shape else {"zorder": 2}
        sheet.marker(x, y, "v" if below else "^", markersize=size, **style, **z)
        self.draw(sheet, x, y + (-0.25 if below else 0.25), part=0.5)


def styles_of(lines: Sequence[CytokineLine], days: DayScale) -> dict[int, Style]:
    """Number of a line -> its style; black first, a colour for each name."""
    size = _SIZE if days.room >= _DENSE else _SMALL_SIZE
    styles: dict[int, Style] = {}
    used: dict[str, int] = defaultdict(int)
    for line in lines:
        if line.role in SHAPES:
            colour = SERIES[sum(used.values()) % len(SERIES)]
            styles[line.number] = Style(SHAPES[line.role][used[line.role]], colour, size=size)
            used[line.role] += 1
        else:
            styles[line.number] = Style("", RULE, 0.5, size)
    return styles


@dataclass(frozen=True)
class Spot:
    """A value at its place: x on the page, y from the top of the plot, in mm."""

    line: CytokineLine
    value: AnalyteValue
    x: float
    y: float


def spots_of(
    lines: Sequence[CytokineLine], days: DayScale, scale: LogScale
) -> dict[int, tuple[Spot, ...]]:
    """Number of a line -> its values from left to right; bounds on one spot stand side by side."""
    every = [
        Spot(line, value, days.x(_middle(value)), scale.y(float(value.limit)))
        for line in lines
        for value in line.curve.values
    ]
    moved = _apart([spot for spot in every if spot.line.role != "grey"], days.room)
    found: dict[int, list[Spot]] = defaultdict(list)
    for spot in every:
        found[spot.line.number].append(moved.get(id(spot), spot))
    return {number: tuple(sorted(own, key=lambda s: s.x)) for number, own in found.items()}


def _middle(value: AnalyteValue) -> float:
    """The middle of its days; a clock time moves it within its day, of which noon is the tick."""
    moved = 0.0 if value.clock is None or not value.dated else (value.clock - _NOON) / 24
    return (value.first + value.last) / 2 + moved


def _apart(spots: Sequence[Spot], day: float) -> dict[int, Spot]:
    """Bounds that would cover each other, moved apart within their day of `day` mm."""
    heaps: dict[tuple[float, float], list[Spot]] = defaultdict(list)
    for spot in spots:
        if not spot.value.quantified:
            heaps[round(spot.x, 1), round(spot.y, 1)].append(spot)
    moved: dict[int, Spot] = {}
    for heap in heaps.values():
        wide = _OF_A_DAY * day / max(len(heap) - 1, 1)
        step = min(max(wide, _STEPS[0]), _STEPS[1])
        for place, spot in enumerate(heap):
            moved[id(spot)] = replace(spot, x=spot.x + step * (place - (len(heap) - 1) / 2))
    return moved


def draw_spots(sheet: Sheet, top: float, spots: Sequence[Spot], style: Style) -> None:
    """Lines, solid between two numbers on known days, none between two bounds; then the marks."""
    z = 1.6 if style.shape else 1.2
    for a, b in pairwise(spots):
        if not (a.value.quantified or b.value.quantified):
            continue
        solid = all(s.value.quantified and s.value.dated for s in (a, b))
        sheet.line(
            [a.x, b.x], [top + a.y, top + b.y], color=style.colour, linewidth=style.width, zorder=z,
            linestyle="solid" if solid else DASHES,
        )  # fmt: skip
    for spot in spots:
        y = top + spot.y
        if spot.value.quantified:
            style.draw(sheet, spot.x, y)
        else:
            style.draw_bound(sheet, spot.x, y, below=spot.value.below)


def draw_day_ranges(sheet: Sheet, top: float, spots: Sequence[Spot], days: DayScale) -> None:
    """A thin bar over the days of a value whose date is partial."""
    for spot in spots:
        if not spot.value.dated:
            left, right = days.x(spot.value.first), days.x(spot.value.last)
            span_bar(sheet, left, right, top + spot.y)
