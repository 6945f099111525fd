"""Panel C: MRD over time on a log axis, with what each method could see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.boxes import Box
from residua.views.mrd_points import MrdPoint, Series
from residua.views.panels import time_ticks
from residua.views.panels.legend import legend
from residua.views.panels.mrd_labels import SpotLabel, place_labels
from residua.views.panels.mrd_legend import mrd_entries
from residua.views.panels.mrd_marks import draw_limits, draw_links, draw_point, draw_spread, links
from residua.views.panels.mrd_scale import CUT_OFF, MrdScale, make_scale
from residua.views.panels.panel import Frame, Panel, draw_header, header_height, side_label
from residua.views.panels.series_style import SeriesStyle, styles_of
from residua.views.places import Placement
from residua.views.sheet import Sheet
from residua.views.style import GREY, GUIDE, INK, RULE, SMALL
from residua.views.typeset import pitch, power_of_ten

LETTER = "C"
TITLE = "Measurable residual disease (MRD): fraction of the named denominator, log scale"
_HEIGHTS = (52.0, 64.0, 80.0, 100.0, 130.0)


@dataclass(frozen=True)
class _Body:
    """Everything that is drawn between the panel's title and its legend."""

    points: tuple[MrdPoint, ...]
    placement: Placement
    frame: Frame
    scale: MrdScale
    styles: dict[Series, SeriesStyle]
    labels: tuple[SpotLabel, ...]


def plan_mrd_course(points: Sequence[MrdPoint], placement: Placement, frame: Frame) -> Panel | None:
    """The panel, as high as its labels need; None where there is no reading."""
    if not points:
        return None
    body = _body(tuple(points), placement, frame)
    header = header_height(TITLE, frame)
    places = [placement.by_id[point.host] for point in points]
    key = legend(mrd_entries(points, places, body.styles, placement.axis), frame)

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, top, LETTER, TITLE, left=2.0, right=frame.page)
        _draw_body(sheet, top + header, body)
        key.draw(sheet, top + header + body.scale.height + time_ticks.HEIGHT)

    return Panel(header + body.scale.height + time_ticks.HEIGHT + key.height, draw)


def _body(points: tuple[MrdPoint, ...], placement: Placement, frame: Frame) -> _Body:
    """The lowest body in which every label finds a place."""
    styles = styles_of(point.series for point in points)
    for height in _HEIGHTS:
        scale = make_scale(points, frame, height)
        labels = place_labels(points, placement, frame, scale)
        if labels is not None:
            break
    return _Body(points, placement, frame, scale, styles, labels or ())


def _draw_body(sheet: Sheet, top: float, body: _Body) -> None:
    frame, scale = body.frame, body.scale
    axis = body.placement.axis
    time_ticks.draw_guides(sheet, axis, frame, top, top + scale.height)
    _draw_scale(sheet, top, frame, scale)
    for link in links(body.points, body.placement, frame, scale):
        draw_links(sheet, top, link, body.styles)
    for point in body.points:
        place = body.placement.by_id[point.host]
        draw_spread(sheet, top, point, place, frame, scale)
        draw_limits(sheet, top, point, place, frame, scale)
    for point in body.points:
        place = body.placement.by_id[point.host]
        draw_point(sheet, top, point, place, frame, scale, body.styles[point.series])
    for label in body.labels:
        label.draw(sheet, top)
    time_ticks.draw_time_ticks(sheet, axis, frame, top + scale.height)


def _draw_scale(sheet: Sheet, top: float, frame: Frame, scale: MrdScale) -> None:
    region = frame.region(top + scale.log_top, top + scale.log_bottom)
    sheet.box(Box(frame.left, top, frame.right, top + scale.height), linewidth=0.8, zorder=4)
    for decade in scale.decades:
        y = top + scale.y(10.0**decade)
        sheet.line([frame.left, frame.right], [y, y], color=GUIDE, linewidth=0.4, zorder=0.6)
        sheet.line([frame.left - 1.2, frame.left], [y, y], linewidth=0.6)
        words = power_of_ten(decade)
        size = SMALL
        sheet.words(
            frame.left - 1.8, y - pitch(size) / 2, words, size=size, side="right",
            bold=10.0**decade == CUT_OFF,
        )  # fmt: skip
    y = top + scale.y(CUT_OFF)
    sheet.line(
        [region.left, region.right], [y, y], color=INK, linewidth=0.7, linestyle=(0, (7, 2, 1.2, 2)),
        zorder=1,
    )  # fmt: skip
    for name, (strip_top, strip_bottom) in scale.strips.items():
        side_label(sheet, frame, top + strip_top + 0.4, name)
        edge = strip_bottom if strip_bottom <= scale.log_top else strip_top
        sheet.line([frame.left, frame.right], [top + edge] * 2, color=GREY, linewidth=0.6)
        sheet.line([2.0, frame.left], [top + edge] * 2, color=RULE, linewidth=0.4)
