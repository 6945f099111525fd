"""The marks of panel B: values, limits, what was lost, and the model behind them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np

from residua.course.transgene_curve import TransgeneCurve, TransgeneSample
from residua.measures.stein_fit import SteinFit, fitted_curve
from residua.measures.stein_model import population_percentiles
from residua.standards.stein_2019 import stein_2019
from residua.views.boxes import Box, around
from residua.views.panels.b_cell_strip import place_of
from residua.views.panels.copies_scale import DETECTED, NOT_DETECTED, CopiesScale
from residua.views.panels.dated_marks import span_bar
from residua.views.panels.day_axis import DayAxis
from residua.views.panels.mrd_marks import DASHES, LLOQ_DASHES
from residua.views.panels.panel import Frame
from residua.views.panels.series_style import SeriesStyle
from residua.views.sheet import Sheet
from residua.views.style import BAR, GREY, INK, PAPER
from residua.views.transgene_labels import CurveLabel

COLOURS = ("#000000", "#d55e00", "#7b3294", "#007a5a")
FITS = ("#0072b2", "#d55e00", "#7b3294", "#007a5a")
OUTER, INNER = "#ececec", "#d3d3d3"
_SHAPES = {"blood": "o", "marrow": "s", "csf": "D"}
_POINTS = 100
_LIMIT_HALF, _LIMIT_GAP = 1.2, 0.5  # mm
_LOSS_ABOVE = 1.7  # mm from the bottom of the log part to the bar of the loss
_PARTS, _EVERY = 8, 10
Way = tuple[tuple[float, float], ...]


@dataclass(frozen=True)
class ModelLines:
    """Ways on the page (x, y in mm of the body) of the fit with its interval."""

    low: Way
    middle: Way
    high: Way


@dataclass(frozen=True)
class Spot:
    """A sample at its place in mm; ``ends`` where its day is known only within a range."""

    sample: TransgeneSample
    x: float
    y: float
    ends: tuple[float, float] | None


@dataclass(frozen=True)
class DrawnCurve:
    """One curve at its place; ``loss`` is the bar over the days between which it was lost."""

    label: CurveLabel
    style: SeriesStyle
    spots: tuple[Spot, ...]
    fit: ModelLines | None
    loss: Box | None


def style_of(number: int, curve: TransgeneCurve) -> SeriesStyle:
    """A shape for the tissue, a colour for the curve."""
    return SeriesStyle(
        _SHAPES.get(curve.tissue, "p"), "full", COLOURS[number % len(COLOURS)], mrd=True
    )


def strip_of(sample: TransgeneSample) -> str | None:
    """The strip of a sample that has no place on the log axis."""
    return {"detected": DETECTED, "not detected": NOT_DETECTED}.get(sample.said)


def level_of(sample: TransgeneSample) -> float | None:
    """Where a sample stands on the log axis: its value, or its LLOQ where it is below."""
    return sample.lloq if sample.said == "below LLOQ" else sample.value


def spots_of(
    curve: TransgeneCurve, axis: DayAxis, frame: Frame, scale: CopiesScale
) -> tuple[Spot, ...]:
    """Every drawn sample at its place, by day."""
    found = []
    for sample in sorted(curve.drawn, key=lambda one: (one.days, one.fact)):
        x, ends = place_of(axis, frame, sample.days)
        level, strip = level_of(sample), strip_of(sample)
        y = scale.middle(strip) if strip else scale.y(level or 0.0)
        found.append(Spot(sample, x, y, ends))
    return tuple(found)


def model_days(end: float, axis: DayAxis) -> tuple[float, ...]:
    """Days close enough for a smooth line, up to `end`."""
    seam = min(axis.seam or end, end)
    days = np.concatenate([np.linspace(0, seam, _POINTS), np.linspace(seam, end, _POINTS)])
    return tuple(float(day) for day in np.unique(days))


def way(days: Sequence[float], levels: Sequence[float], axis: DayAxis, frame: Frame,
        scale: CopiesScale) -> Way:  # fmt: skip
    """A curve on the page; beyond the frame it runs on the frame."""
    return tuple((frame.left + axis.x(d), scale.y(v)) for d, v in zip(days, levels, strict=True))


def population_ways(axis: DayAxis, frame: Frame, scale: CopiesScale) -> tuple[Way, ...]:
    """The 5th, 25th, 75th and 95th percentile of the model's population over the axis."""
    days = model_days(axis.end, axis)
    return tuple(way(days, row, axis, frame, scale) for row in _population(days))


def population_peak() -> float:
    """The greatest level that is drawn of the population."""
    days = tuple(float(day) for day in range(29))
    return max(_population(days)[-1])


@lru_cache(maxsize=8)
def _population(days: tuple[float, ...]) -> tuple[tuple[float, ...], ...]:
    found = population_percentiles(stein_2019(), days, percentiles=(5, 25, 75, 95))
    return tuple(tuple(float(value) for value in row) for row in found)


@dataclass(frozen=True, eq=False)
class _ThisFit:
    """A fit as a key: equal to itself alone, without comparing its draws."""

    fit: SteinFit

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _ThisFit) and other.fit is self.fit

    def __hash__(self) -> int:
        return id(self.fit)


@lru_cache(maxsize=16)
def _fitted(this: _ThisFit, days: tuple[float, ...]) -> tuple[tuple[float, float, float], ...]:
    return fitted_curve(this.fit, days)


def fit_lines(
    curve: TransgeneCurve, axis: DayAxis, frame: Frame, scale: CopiesScale
) -> ModelLines | None:
    """The fit up to the last day looked at: nothing is drawn beyond it."""
    last = max((sample.days[1] for sample in curve.drawn), default=0.0)
    if curve.fit is None or last <= 0:
        return None
    days = model_days(last, axis)
    found = _fitted(_ThisFit(curve.fit), days)
    ways = (way(days, levels, axis, frame, scale) for levels in zip(*found, strict=True))
    return ModelLines(*ways)


def draw_between(sheet: Sheet, top: float, low: Way, high: Way, **style: object) -> None:
    """The area between two curves."""
    outline = [(x, top + y) for x, y in (*low, *reversed(high))]
    sheet.area(outline, edgecolor="none", linewidth=0.0, **style)


def draw_population(sheet: Sheet, top: float, ways: Sequence[Way]) -> None:
    """5-95 % and 25-75 % in greys."""
    low, inner_low, inner_high, high = ways
    draw_between(sheet, top, low, high, facecolor=OUTER, zorder=0.2)
    draw_between(sheet, top, inner_low, inner_high, facecolor=INNER, zorder=0.3)


def draw_fit(
    sheet: Sheet, top: float, lines: ModelLines, scale: CopiesScale, number: int
) -> None:  # fmt: skip
    """The interval as a band, the most probable curve as a line where it is within the frame."""
    colour = FITS[number % len(FITS)]
    band = BAR if number == 0 else colour
    alpha = 0.55 if number == 0 else 0.25
    draw_between(sheet, top, lines.low, lines.high, facecolor=band, alpha=alpha, zorder=0.9)
    inside = [(x, y) for x, y in lines.middle if scale.log_top < y < scale.log_bottom]
    if inside:
        xs, ys = zip(*inside, strict=True)
        sheet.line(xs, [top + y for y in ys], color=colour, linewidth=1.3, zorder=1.6)


def draw_links(sheet: Sheet, top: float, spots: Sequence[Spot], style: SeriesStyle) -> None:
    """A line between neighbouring values, dashed to or from one below LLOQ.

    Between two below LLOQ there is none: nothing is known of the level.
    """
    for a, b in pairwise(spots):
        numbers = [s.sample.said == "quantified" for s in (a, b)]
        if strip_of(a.sample) or strip_of(b.sample) or not any(numbers):
            continue
        whole = all(numbers)
        sheet.line(
            [a.x, b.x], [top + a.y, top + b.y], color=style.colour, linewidth=0.7,
            linestyle="solid" if whole else DASHES, zorder=2.0,
        )  # fmt: skip


def draw_limits(sheet: Sheet, top: float, spots: Sequence[Spot], scale: CopiesScale) -> None:
    """The LLOQ of each value; one that would lie over the last one of its level is left out."""
    drawn: dict[float, float] = {}
    for spot in spots:
        lloq = spot.sample.lloq
        if lloq is None or strip_of(spot.sample):
            continue
        if spot.x - drawn.get(lloq, -math.inf) >= 2 * _LIMIT_HALF + _LIMIT_GAP:
            draw_lloq(sheet, spot.x, top + scale.y(lloq))
            drawn[lloq] = spot.x


def draw_spot(sheet: Sheet, top: float, spot: Spot, style: SeriesStyle) -> None:
    """The symbol of one value; below its LLOQ an open triangle that points down."""
    y = top + spot.y
    if spot.ends:
        span_bar(sheet, *spot.ends, y)
    if spot.sample.said in ("below LLOQ", "not detected"):
        draw_below(sheet, spot.x, y, colour=style.colour)
    else:
        style.draw(sheet, spot.x, y, size=3.9)


def draw_below(sheet: Sheet, x: float, y: float, *, colour: str = INK) -> None:
    """An open triangle that points down."""
    sheet.marker(
        x, y, "v", markersize=5.2, markerfacecolor=PAPER, markeredgecolor=colour,
        markeredgewidth=0.9,
    )  # fmt: skip


def draw_lloq(sheet: Sheet, x: float, y: float) -> None:
    """The tick of an LLOQ."""
    xs = [x - _LIMIT_HALF, x + _LIMIT_HALF]
    sheet.line(xs, [y, y], color=GREY, linewidth=1.0, linestyle=LLOQ_DASHES, zorder=2.2)


def loss_of(curve: TransgeneCurve, axis: DayAxis, frame: Frame, scale: CopiesScale) -> Box | None:
    """Where the bar of the loss stands, at the foot of the log part."""
    if curve.kinetics.lost is None:
        return None
    left, right = (frame.left + axis.x(day) for day in curve.kinetics.lost)
    y = scale.log_bottom - _LOSS_ABOVE
    return Box(left, y - 0.9, right, y + 0.9)


def draw_loss(sheet: Sheet, bar: Box, colour: str) -> None:
    """A bar with ends over the days between which the cells were lost."""
    y = (bar.top + bar.bottom) / 2
    sheet.line([bar.left, bar.right], [y, y], color=colour, linewidth=1.1, zorder=3)
    for x in (bar.left, bar.right):
        sheet.line([x, x], [bar.top, bar.bottom], color=colour, linewidth=0.9, zorder=3)


def spot_boxes(spots: Sequence[Spot]) -> list[Box]:
    """What no words may cover."""
    return [around(spot.x, spot.y, 1.3) for spot in spots]


def line_boxes(one: DrawnCurve) -> list[Box]:
    """The lines between values, and the model's, as chains of small boxes."""
    ways: list[Way] = [((a.x, a.y), (b.x, b.y)) for a, b in pairwise(one.spots)]
    if one.fit is not None:
        ways += pairwise(one.fit.middle[::_EVERY])
    return [box for start, stop in ways for box in _chain(start, stop)]


def _chain(start: tuple[float, float], stop: tuple[float, float]) -> list[Box]:
    found = []
    for n in range(_PARTS):
        xs = sorted(start[0] + (stop[0] - start[0]) * (n + k) / _PARTS for k in (0, 1))
        ys = sorted(start[1] + (stop[1] - start[1]) * (n + k) / _PARTS for k in (0, 1))
        found.append(Box(xs[0] - 0.2, ys[0] - 0.2, xs[1] + 0.2, ys[1] + 0.2))
    return found
