"""The marks of panel C: symbols, limits, counting intervals, and lines between readings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from residua.views.boxes import around
from residua.views.mrd_points import MrdPoint, Series
from residua.views.panels.dated_marks import draw_time_of
from residua.views.panels.mrd_scale import MrdScale
from residua.views.panels.panel import Frame
from residua.views.panels.series_style import SeriesStyle
from residua.views.places import Place, Placement
from residua.views.sheet import Sheet
from residua.views.style import GREY, INK, PAPER

LIMIT_HALF = 2.0
DASHES = (0, (3, 2))
LLOQ_DASHES = (0, (1.6, 1.1))
ARROW = 3.4
_HALO_HALF = 1.2


@dataclass(frozen=True)
class Spot:
    """A reading at its place: x on the page, y from the top of the body, in mm."""

    point: MrdPoint
    place: Place
    x: float
    y: float


def spots_of(
    points: Sequence[MrdPoint], placement: Placement, frame: Frame, scale: MrdScale
) -> tuple[Spot, ...]:
    """Every reading at its place."""
    placed = ((point, placement.by_id[point.host]) for point in points)
    return tuple(Spot(p, at, frame.left + at.x, scale.y_of(p)) for p, at in placed)


@dataclass(frozen=True)
class LinkLine:
    """A line between two readings of one series."""

    series: Series
    start: Spot
    stop: Spot

    @property
    def dashed(self) -> bool:
        """Whether either end is undated or not detected."""
        ends = (self.start, self.stop)
        return any(not end.place.dated or end.point.not_detected for end in ends)


def links(spots: Sequence[Spot]) -> tuple[LinkLine, ...]:
    """Lines between neighbouring readings with a level, within one series of MRD.

    Nothing is drawn to, from or across a reading without a number.
    """
    runs: dict[Series, list[Spot]] = defaultdict(list)
    for spot in sorted(spots, key=lambda one: one.x):
        if spot.point.series.mrd:
            runs[spot.point.series].append(spot)
    return tuple(
        LinkLine(series, a, b)
        for series, run in runs.items()
        for a, b in pairwise(run)
        if a.point.level is not None and b.point.level is not None
    )


def draw_link(sheet: Sheet, top: float, link: LinkLine, style: SeriesStyle) -> None:
    """One line between two readings."""
    ends = (link.start, link.stop)
    sheet.line(
        [end.x for end in ends], [top + end.y for end in ends], color=style.colour,
        linestyle=DASHES if link.dashed else "solid", zorder=1.5,
    )  # fmt: skip


def draw_spread(sheet: Sheet, top: float, spot: Spot, frame: Frame, scale: MrdScale) -> None:
    """What is known of the time, the counting interval, the limits, an arrow where censored."""
    x, y, point = spot.x, top + spot.y, spot.point
    draw_time_of(sheet, spot.place, frame.left, y)
    if point.interval is not None:
        low, high = (top + scale.y(max(end, 1e-12)) for end in point.interval)
        sheet.line([x, x], [low, high], linewidth=0.8, zorder=3)
        for end in (low, high):
            sheet.line([x - 0.8, x + 0.8], [end, end], linewidth=0.8, zorder=3)
    if point.lod is not None:
        draw_limit(sheet, x, top + scale.y(point.lod), quantified=False)
    if point.lloq is not None:
        draw_limit(sheet, x, top + scale.y(point.lloq), quantified=True)
    if point.arrow:
        draw_arrow(sheet, x, y, point.arrow)


def draw_arrow(sheet: Sheet, x: float, y: float, way: str, length: float = ARROW) -> None:
    """An arrow from a symbol towards where a censored value may lie."""
    step = -1.0 if way == "up" else 1.0
    tip = y + step * length
    sheet.line([x, x], [y, tip - step * 0.9], linewidth=0.9, zorder=3)
    corners = [(x, tip), (x - 0.7, tip - step * 1.3), (x + 0.7, tip - step * 1.3)]
    sheet.area(corners, facecolor=INK, linewidth=0.0)


def draw_limit(sheet: Sheet, x: float, y: float, *, quantified: bool) -> None:
    """The tick of one limit: dashed for the LLOQ, solid for the LOD."""
    style = LLOQ_DASHES if quantified else "solid"
    xs = [x - LIMIT_HALF, x + LIMIT_HALF]
    sheet.line(xs, [y, y], color=GREY, linewidth=1.1, linestyle=style, zorder=2.5)


def draw_spot(sheet: Sheet, top: float, spot: Spot, style: SeriesStyle) -> None:
    """The symbol of one reading; on hatching it stands on white."""
    x, y, point = spot.x, top + spot.y, spot.point
    if not spot.place.dated:
        sheet.box(around(x, y, _HALO_HALF), facecolor=PAPER, edgecolor="none", zorder=2.2)
    if point.not_detected or point.strip == "not detected, sensitivity not stated":
        style.draw_not_detected(sheet, x, y)
    elif point.strip == "not assessable, no number":
        sheet.marker(x, y, style.shape, markerfacecolor=PAPER, markeredgecolor=style.colour)
    else:
        style.draw(sheet, x, y)
