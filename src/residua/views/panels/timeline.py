"""Panel F: treatments, infusions, responses and relapses in lanes over one time axis."""

from __future__ import annotations

from collections.abc import Sequence

from residua.views.panels import time_ticks
from residua.views.panels.legend import Entry, legend
from residua.views.panels.panel import (
    MARGIN,
    RIM,
    Frame,
    Panel,
    draw_header,
    header_height,
    side_label,
)  # fmt: skip
from residua.views.panels.timeline_layout import (
    LaidItem,
    LaidLane,
    Wording,
    lay_out,
)  # fmt: skip
from residua.views.panels.timeline_marks import draw_item_mark, timeline_entries
from residua.views.places import Placement
from residua.views.sheet import Sheet
from residua.views.style import RULE, SMALL
from residua.views.time_axis import TimeAxis
from residua.views.timeline_item import OPTIONAL_LANE, TimelineItem
from residua.views.typeset import pitch

LETTER = "F"
TITLE = "Treatments, responses and relapses"
_LEFT_OUT = " (findings and support: not drawn, see the report)"


def plan_timeline(
    items: Sequence[TimelineItem], placement: Placement, frame: Frame, wording: Wording, *,
    simulated: bool = False, title: str = TITLE, times: Sequence[Entry] = (), letter: str = LETTER,
) -> tuple[Panel, tuple[LaidLane, ...]] | None:  # fmt: skip
    """The panel and its lanes; None where there is nothing to draw.

    `times` are entries of its legend that say how well a time is known.
    """
    lanes = lay_out(items, placement, frame, wording)
    if not lanes:
        return None
    width = frame.page - 2 * MARGIN
    header = header_height(title, width, simulated=simulated)
    body = lanes[-1].bottom
    entries = timeline_entries(i for lane in lanes for i in lane.items)
    key = legend([*entries, *times], frame)

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), width, (letter, title), simulated=simulated)
        _draw_lanes(sheet, top + header, lanes, placement.axis, frame)
        key.draw(sheet, top + header + body + time_ticks.HEIGHT)

    return Panel(header + body + time_ticks.HEIGHT + key.height, draw), lanes


def plan_without_findings(
    items: Sequence[TimelineItem], placement: Placement, frame: Frame, wording: Wording, *,
    simulated: bool = False, times: Sequence[Entry] = (), letter: str = LETTER,
) -> tuple[Panel, tuple[LaidLane, ...]] | None:  # fmt: skip
    """The panel without its optional lane, which its title says."""
    kept = [item for item in items if item.lane != OPTIONAL_LANE]
    title = TITLE if len(kept) == len(items) else TITLE + _LEFT_OUT
    return plan_timeline(
        kept, placement, frame, wording, simulated=simulated, title=title, times=times,
        letter=letter,
    )  # fmt: skip


def _draw_lanes(
    sheet: Sheet, top: float, lanes: Sequence[LaidLane], axis: TimeAxis, frame: Frame
) -> None:
    bottom = top + lanes[-1].bottom
    time_ticks.draw_guides(sheet, axis, frame, top, bottom)
    for lane in lanes:
        side_label(sheet, frame, top + lane.top + 1.2, lane.name)
        sheet.line([MARGIN, frame.right + RIM], [top + lane.top] * 2, color=RULE, linewidth=0.5)
        for laid in lane.items:
            draw_item_mark(sheet, top + lane.top, laid, frame.left)
            _draw_words(sheet, top + lane.top, laid)
    sheet.box(frame.region(top, bottom), linewidth=0.8, zorder=4, gid="frame-F")
    time_ticks.draw_time_ticks(sheet, axis, frame, bottom)


def _draw_words(sheet: Sheet, top: float, laid: LaidItem) -> None:
    y = top + laid.words_top
    nudge = (pitch() - pitch(SMALL)) / 2
    sheet.words(laid.words_left, y + nudge, laid.item.label, size=SMALL, bold=True)
    sheet.lines_of_words(laid.words_left + laid.tag_width, y, laid.lines)
