"""Trends of panel C: a line with its band behind the marks, where a rise or a fall is told."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from scipy.interpolate import PchipInterpolator

from residua.course.mrd_curve import MrdCurve
from residua.views.mrd_points import MrdPoint, Series
from residua.views.panels.legend import Entry
from residua.views.panels.mrd_scale import MrdScale
from residua.views.panels.panel import Frame
from residua.views.panels.series_style import SeriesStyle
from residua.views.sheet import Sheet
from residua.views.time_axis import TimeAxis

TREND = "log-linear trend with 95 % band"
GOES_ON = f"{TREND}; dashed: if it goes on"
_DASHES = (0, (2.2, 1.6))
_SHADE = 0.16
_STEPS = 60
"""Points of the outline between the days of a band."""


@dataclass(frozen=True)
class TrendPoint:
    """x in mm from the left end of the axis; levels as fractions."""

    x: float
    low: float
    line: float
    high: float


@dataclass(frozen=True)
class PlacedTrend:
    """A trend on the time axis: over its values (``within``), then ``beyond`` the last one."""

    series: Series
    within: tuple[TrendPoint, ...]
    beyond: tuple[TrendPoint, ...]


def place_trends(
    curves: Sequence[MrdCurve], points: Sequence[MrdPoint], axis: TimeAxis
) -> tuple[PlacedTrend, ...]:
    """The trends that are told, whose days are of the calendar and whose values are drawn."""
    drawn = {point.fact: point.series for point in points}
    return tuple(
        _placed(curve, drawn[curve.facts[0]], axis)
        for curve in curves
        if curve.band and curve.origin and curve.facts[0] in drawn
    )


def _placed(curve: MrdCurve, series: Series, axis: TimeAxis) -> PlacedTrend:
    last = curve.trend.observations[-1].day
    begins = date.fromisoformat(curve.origin)
    points = _points(curve, begins, axis)
    within = tuple(point for day, point in points if day <= last)
    end = _end_of_stretch(axis, begins + timedelta(days=last))
    beyond = tuple(p for day, p in points if day >= last and p.x <= end)
    return PlacedTrend(series, within, beyond if len(beyond) > 1 else ())


def _points(curve: MrdCurve, begins: date, axis: TimeAxis) -> list[tuple[float, TrendPoint]]:
    """The band between its days by cubic interpolation of the logarithms."""
    band = np.array(curve.band)
    last = curve.trend.observations[-1].day
    days = np.unique([*np.linspace(band[0, 0], band[-1, 0], _STEPS), last])
    levels = 10.0 ** PchipInterpolator(band[:, 0], np.log10(np.maximum(band[:, 1:], 1e-300)))(days)
    return [
        (float(day), TrendPoint(_x(axis, begins, float(day)), *map(float, ends)))
        for day, ends in zip(days, levels, strict=True)
    ]


def _x(axis: TimeAxis, begins: date, day: float) -> float:
    """The middle of a day, as its mark stands; between whole days in proportion."""
    whole = begins + timedelta(days=math.floor(day))
    left, right = (axis.x(whole + timedelta(days=step)) for step in (0, 1))
    after = axis.x(whole + timedelta(days=2))
    middle, following = (left + right) / 2, (right + after) / 2
    return middle + (day - math.floor(day)) * (following - middle)


def _end_of_stretch(axis: TimeAxis, day: date) -> float:
    """The right end of the months that are drawn at scale around a day."""
    return next((s.right for s in axis.stretches if s.start <= day < s.stop), axis.width)


def draw_trends(
    sheet: Sheet,
    top: float,
    trends: Sequence[PlacedTrend],
    *,
    scale: MrdScale,
    frame: Frame,
    styles: Mapping[Series, SeriesStyle],
) -> None:
    """Bands, then lines; nothing is drawn above or below the scale."""
    for trend in trends:
        colour = styles[trend.series].colour
        whole = (*trend.within, *trend.beyond[1:])
        upper = [(frame.left + p.x, top + scale.y(p.high)) for p in whole]
        lower = [(frame.left + p.x, top + scale.y(p.low)) for p in whole]
        sheet.area(
            [*upper, *lower[::-1]], facecolor=colour, alpha=_SHADE, edgecolor="none",
            linewidth=0.0, zorder=0.8, gid="trend-band",
        )  # fmt: skip
        for part, dashes in ((trend.within, "solid"), (trend.beyond, _DASHES)):
            inside = [p for p in part if 10.0**scale.low <= p.line <= 10.0**scale.high]
            if len(inside) > 1:
                sheet.line(
                    [frame.left + p.x for p in inside], [top + scale.y(p.line) for p in inside],
                    color=colour, linewidth=0.5, linestyle=dashes, zorder=1.2, gid="trend",
                )  # fmt: skip


def trend_entries(
    trends: Sequence[PlacedTrend], styles: Mapping[Series, SeriesStyle]
) -> list[Entry]:
    """The entry of the legend, where a trend is drawn."""
    if not trends:
        return []
    colour = styles[trends[0].series].colour

    def picture(sheet: Sheet, x: float, y: float) -> None:
        corners = [(x - 3, y - 0.3), (x + 3, y - 1.2), (x + 3, y + 1.2), (x - 3, y + 0.3)]
        sheet.area(corners, facecolor=colour, alpha=_SHADE, edgecolor="none", linewidth=0.0)
        sheet.line([x - 3, x + 3], [y, y], color=colour, linewidth=0.5, zorder=4)

    return [Entry(GOES_ON if any(t.beyond for t in trends) else TREND, picture)]
