"""Panel A drawn: axes, curves, labels, and the times of CRS and tocilizumab behind them."""

from __future__ import annotations

from residua.views.boxes import Box
from residua.views.panels import day_scale
from residua.views.panels.cytokine_body import Body, Plot, decades_of, margin_of
from residua.views.panels.cytokine_marks import draw_day_ranges, draw_spots
from residua.views.panels.end_labels import EndLabel, draw_label
from residua.views.panels.episode_lanes import given_days
from residua.views.panels.panel import RIM
from residua.views.sheet import Sheet
from residua.views.style import ASCENT, BAND, FAINT, GUIDE, MM_PER_POINT, SMALL
from residua.views.typeset import pitch

NEAR = 9.0  # mm from the right end within which a curve is led to its label
GIVEN_DASHES = (0, (1, 1.6))


def draw_body(sheet: Sheet, top: float, body: Body) -> None:
    """The plots from `top` down, each with its axes, curves and labels, then the days."""
    days = body.days
    for plot in body.plots:
        _draw_axes(sheet, top + plot.top, plot, body)
        for line in sorted(plot.lines, key=lambda one: -one.number):
            spots = body.spots[line.number]
            draw_day_ranges(sheet, top + plot.top, spots, days)
            draw_spots(sheet, top + plot.top, spots, body.styles[line.number])
        for label, at, number in body.labels:
            if any(line.number == number for line in plot.lines):
                _draw_end(sheet, top, plot, (label, at, number), body)
    day_scale.draw_days(sheet, days, top + body.height)


def _draw_end(
    sheet: Sheet, top: float, plot: Plot, placed: tuple[EndLabel, float, int], body: Body
) -> None:
    """A label with its symbol, led to from a curve that ends near it."""
    label, at, number = placed
    last, style, edge = body.spots[number][-1], body.styles[number], body.days.right + RIM
    middle = draw_label(sheet, edge, top + at, label)
    style.draw(sheet, edge + 2.3, middle)
    if edge - last.x <= NEAR:
        sheet.line(
            [last.x, edge, edge + 1.2], [top + plot.top + last.y, middle, middle],
            color=style.colour, linewidth=0.4, linestyle=GIVEN_DASHES, zorder=1.1,
        )  # fmt: skip


def _draw_axes(sheet: Sheet, top: float, plot: Plot, body: Body) -> None:
    days, scale = body.days, plot.scale
    region = Box(days.left - RIM, top, days.right + RIM, top + scale.height)
    _draw_times(sheet, region, body)
    day_scale.draw_day_guides(sheet, days, region.top, region.bottom)
    sheet.box(region, linewidth=0.8, zorder=4, gid=f"frame-A-{plot.unit or 'other'}")
    for decade in range(scale.low, scale.high + 1):
        y = top + scale.y(10.0**decade)
        sheet.line([region.left, region.right], [y, y], color=GUIDE, linewidth=0.4, zorder=0.6)
        sheet.line([region.left - 1.2, region.left], [y, y], linewidth=0.6)
    for decade, words in decades_of(plot).items():
        y = top + scale.y(10.0**decade) - pitch(SMALL) / 2
        sheet.words(region.left - 1.8, y, words, size=SMALL, side="right")
    if plot.unit:
        middle = top + scale.height / 2 - ASCENT * SMALL * MM_PER_POINT
        x = region.left - margin_of(plot) + pitch(SMALL) / 2
        sheet.words(x, middle, plot.unit, size=SMALL, side="center", upright=True)


def _draw_times(sheet: Sheet, region: Box, body: Body) -> None:
    """CRS as a pale band; a dotted line on each known day of tocilizumab."""
    days = body.days
    for one in body.episodes:
        if one.kind == "crs" and one.last.longest is not None:
            left, right = days.x(one.first.shortest or 0) - 0.6, days.x(one.last.longest) + 0.6
            band = Box(left, region.top, right, region.bottom)
            sheet.box(band, facecolor=BAND, edgecolor="none", zorder=0)
    for day in given_days(body.episodes, "tocilizumab"):
        x = days.x(day)
        ends = [region.top, region.bottom]
        sheet.line([x, x], ends, color=FAINT, linewidth=0.7, linestyle=GIVEN_DASHES, zorder=0.7)
