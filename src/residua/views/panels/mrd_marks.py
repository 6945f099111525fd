"""The marks of panel C: symbols, limits, counting intervals, and lines between readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.mrd_points import MrdPoint, Series
from residua.views.panels.dated_marks import draw_time_of
from residua.views.panels.mrd_scale import MrdScale, x_of
from residua.views.panels.panel import Frame
from residua.views.panels.series_style import SeriesStyle
from residua.views.places import Place, Placement
from residua.views.sheet import Sheet
from residua.views.style import GREY, INK, PAPER

LIMIT_HALF = 2.0
DASHES = (0, (3, 2))
LLOQ_DASHES = (0, (1.6, 1.1))
_ARROW = 3.4


@dataclass(frozen=True)
class LinkLine:
    """A line between two readings of one series, in mm from the top of the body."""

    series: Series
    start: tuple[float, float]
    stop: tuple[float, float]
    dashed: bool


def links(
    points: Sequence[MrdPoint], placement: Placement, frame: Frame, scale: MrdScale
) -> tuple[LinkLine, ...]:
    """Lines between neighbouring readings with a level, within one series of MRD.

    Dashed where either is undated or not detected; nothing is drawn to, from or across a
    reading without a number.
    """
    runs: dict[Series, list[MrdPoint]] = defaultdict(list)
    for point in sorted(points, key=lambda p: placement.by_id[p.host].x):
        if point.series.mrd:
            runs[point.series].append(point)
    found = []
    for series, run in runs.items():
        for a, b in zip(run, run[1:], strict=False):
            if a.level is None or b.level is None:
                continue
            first, second = placement.by_id[a.host], placement.by_id[b.host]
            dashed = not (first.dated and second.dated) or a.not_detected or b.not_detected
            start = (x_of(first, frame), scale.y_of(a))
            found.append(LinkLine(series, start, (x_of(second, frame), scale.y_of(b)), dashed))
    return tuple(found)


def draw_links(sheet: Sheet, top: float, link: LinkLine, styles: dict[Series, SeriesStyle]) -> None:
    """One line between two readings."""
    (x1, y1), (x2, y2) = link.start, link.stop
    style = DASHES if link.dashed else "solid"
    colour = styles[link.series].colour
    sheet.line([x1, x2], [top + y1, top + y2], color=colour, linestyle=style, zorder=1.5)


def draw_spread(
    sheet: Sheet, top: float, point: MrdPoint, place: Place, frame: Frame, scale: MrdScale
) -> None:
    """What is known of the time, and the counting interval."""
    y = top + scale.y_of(point)
    draw_time_of(sheet, place, frame.left, y)
    x = x_of(place, frame)
    if point.interval is not None:
        low, high = (top + scale.y(max(end, 1e-12)) for end in point.interval)
        sheet.line([x, x], [low, high], linewidth=0.8, zorder=3)
        for end in (low, high):
            sheet.line([x - 0.8, x + 0.8], [end, end], linewidth=0.8, zorder=3)
    if point.arrow:
        draw_arrow(sheet, x, y, point.arrow)


def draw_arrow(sheet: Sheet, x: float, y: float, way: str) -> None:
    """An arrow from a symbol towards where a censored value may lie."""
    step = -1.0 if way == "up" else 1.0
    tip = y + step * _ARROW
    sheet.line([x, x], [y, tip], linewidth=0.9, zorder=3)
    sheet.area([(x, tip + step * 0.9), (x - 0.7, tip - step * 0.4), (x + 0.7, tip - step * 0.4)],
               facecolor=INK, linewidth=0.0)  # fmt: skip


def draw_limits(
    sheet: Sheet, top: float, point: MrdPoint, place: Place, frame: Frame, scale: MrdScale
) -> None:
    """A short solid line at the LOD and a short dashed one at the LLOQ of this reading."""
    x = x_of(place, frame)
    if point.lod is not None:
        draw_limit(sheet, x, top + scale.y(point.lod), quantified=False)
    if point.lloq is not None:
        draw_limit(sheet, x, top + scale.y(point.lloq), quantified=True)


def draw_limit(sheet: Sheet, x: float, y: float, *, quantified: bool) -> None:
    """The tick of one limit."""
    style = LLOQ_DASHES if quantified else "solid"
    sheet.line([x - LIMIT_HALF, x + LIMIT_HALF], [y, y], color=GREY, linewidth=1.1, linestyle=style,
               zorder=2.5)  # fmt: skip


def draw_point(
    sheet: Sheet, top: float, point: MrdPoint, place: Place, frame: Frame, scale: MrdScale,
    style: SeriesStyle,
) -> None:  # fmt: skip
    """The symbol of one reading."""
    x, y = x_of(place, frame), top + scale.y_of(point)
    if point.not_detected or point.strip == "not detected, sensitivity not stated":
        style.draw_not_detected(sheet, x, y)
    elif point.strip == "not assessable, no number":
        sheet.marker(x, y, style.shape, markerfacecolor=PAPER, markeredgecolor=style.colour)
    else:
        style.draw(sheet, x, y)
