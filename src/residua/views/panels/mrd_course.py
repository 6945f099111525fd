"""Panel C: MRD over time on a log axis, with what each method could see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.course.mrd_curve import MrdCurve
from residua.views.mrd_points import MrdPoint, Series
from residua.views.panels import time_ticks
from residua.views.panels.legend import legend
from residua.views.panels.mrd_band import draw_trends, place_trends, trend_entries
from residua.views.panels.mrd_labels import SpotLabel, place_labels
from residua.views.panels.mrd_legend import CUT_OFF_DASHES, mrd_entries
from residua.views.panels.mrd_marks import Spot, draw_link, draw_spot, draw_spread, links, spots_of
from residua.views.panels.mrd_scale import CUT_OFF, MrdScale, make_scale
from residua.views.panels.panel import (
    MARGIN,
    RIM,
    Frame,
    Panel,
    draw_header,
    fitting_title,
    header_height,
    side_label,
)  # fmt: skip
from residua.views.panels.series_style import SeriesStyle, styles_of
from residua.views.places import Placement
from residua.views.powers import decade_words
from residua.views.sheet import Sheet
from residua.views.style import GREY, GUIDE, INK, RULE, SMALL
from residua.views.time_axis import TimeAxis
from residua.views.typeset import pitch

LETTER = "C"
TITLES = (
    "Measurable residual disease (MRD): fraction of the named denominator, log scale",
    "MRD: fraction of the named denominator, log scale",
    "MRD, log scale",
)
_TALLER = (1.0, 1.25, 1.6, 2.0, 2.6)


@dataclass(frozen=True)
class _Body:
    """Everything that is drawn between the panel's title and its legend."""

    spots: tuple[Spot, ...]
    axis: TimeAxis
    frame: Frame
    scale: MrdScale
    styles: dict[Series, SeriesStyle]
    labels: tuple[SpotLabel, ...]


def plan_mrd_course(
    points: Sequence[MrdPoint], placement: Placement, frame: Frame, *, log_height: float,
    simulated: bool = False, letter: str = LETTER, curves: Sequence[MrdCurve] = (),
) -> Panel | None:  # fmt: skip
    """The panel, `log_height` mm of log scale or more if its labels need it.

    `curves` are drawn where a trend is told. None where there is no reading.
    """
    if not points:
        return None
    body = _body(points, placement, frame, log_height)
    width = frame.page - 2 * MARGIN
    title = fitting_title(TITLES, width, simulated=simulated)
    header = header_height(title, width, simulated=simulated)
    trends = place_trends(curves, points, placement.axis)
    entries = [*mrd_entries(body.spots, body.styles), *trend_entries(trends, body.styles)]
    key = legend(entries, frame)

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), width, (letter, title), simulated=simulated)
        draw_trends(sheet, top + header, trends, scale=body.scale, frame=frame, styles=body.styles)
        _draw_body(sheet, top + header, body)
        key.draw(sheet, top + header + body.scale.height + time_ticks.HEIGHT)

    return Panel(header + body.scale.height + time_ticks.HEIGHT + key.height, draw)


def _body(
    points: Sequence[MrdPoint], placement: Placement, frame: Frame, log_height: float
) -> _Body:
    """The lowest body in which every label finds a place."""
    styles = styles_of(point.series for point in points)
    for factor in _TALLER:
        scale = make_scale(points, frame, factor * log_height)
        spots = spots_of(points, placement, frame, scale)
        labels = place_labels(spots, frame, scale)
        if labels is not None:
            break
    return _Body(spots, placement.axis, frame, scale, styles, labels or ())


def _draw_body(sheet: Sheet, top: float, body: _Body) -> None:
    frame, scale, styles = body.frame, body.scale, body.styles
    time_ticks.draw_guides(sheet, body.axis, frame, top, top + scale.height)
    _draw_scale(sheet, top, frame, scale)
    for link in links(body.spots):
        draw_link(sheet, top, link, styles[link.series])
    for spot in body.spots:
        draw_spread(sheet, top, spot, frame, scale)
    for spot in body.spots:
        draw_spot(sheet, top, spot, styles[spot.point.series])
    for label in body.labels:
        label.draw(sheet, top)
    time_ticks.draw_time_ticks(sheet, body.axis, frame, top + scale.height)


def _draw_scale(sheet: Sheet, top: float, frame: Frame, scale: MrdScale) -> None:
    region = frame.region(top, top + scale.height)
    sheet.box(region, linewidth=0.8, zorder=4, gid="frame-C")
    across = [region.left, region.right]
    for decade in scale.decades:
        y = top + scale.y(10.0**decade)
        sheet.line(across, [y, y], color=GUIDE, linewidth=0.4, zorder=0.6)
        sheet.line([region.left - 1.2, region.left], [y, y], linewidth=0.6)
        words = decade_words(decade)
        bold = 10.0**decade == CUT_OFF
        x, above = region.left - 1.8, pitch(SMALL) / 2
        sheet.words(x, y - above, words, size=SMALL, side="right", bold=bold)
    y = top + scale.y(CUT_OFF)
    sheet.line(
        across, [y, y], color=INK, linewidth=0.7, linestyle=CUT_OFF_DASHES, zorder=1, gid="cut-off"
    )
    for name, (strip_top, strip_bottom) in scale.strips.items():
        side_label(sheet, frame, top + strip_top + 0.4, name)
        edge = top + (strip_bottom if strip_bottom <= scale.log_top else strip_top)
        sheet.line(across, [edge, edge], color=GREY, linewidth=0.6)
        sheet.line([MARGIN, frame.left - RIM], [edge, edge], color=RULE, linewidth=0.4)
