"""CRS, ICANS and their treatments as lanes above a plot over days since an infusion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.boxes import Box
from residua.views.effector_episodes import GIVEN, Episode
from residua.views.panels.column import Column
from residua.views.panels.dated_marks import span_bar
from residua.views.panels.day_scale import DayScale
from residua.views.sheet import Sheet
from residua.views.style import GREY, INK, RULE, SMALL
from residua.views.typeset import pitch, width_of, wrap

_GAP = 1.0  # mm between a bar and its words
_LEADING = 0.5
_BAR_HALF = 0.9
_TICK_HALF = 1.2
_LEAST = 14.0  # mm in which words are wrapped beside a bar
_TIP = 1.4


@dataclass(frozen=True)
class Lane:
    """A row of `height` mm: its episodes, its words, and where these begin.

    ``marks`` is the middle of the marks below the lane's top.
    """

    episodes: tuple[Episode, ...]
    lines: tuple[str, ...]
    left: float
    marks: float
    height: float


def plan_lanes(episodes: Sequence[Episode], scale: DayScale, column: Column) -> tuple[Lane, ...]:
    """A lane for each episode of CRS or ICANS, then one for each kind of treatment.

    Words may stand anywhere within `column`, also beside the plot.
    """
    groups: list[tuple[Episode, ...]] = [(one,) for one in episodes if one.syndrome]
    kinds = {kind: tuple(e for e in episodes if e.kind == kind) for kind in GIVEN}
    groups += [given for given in kinds.values() if given]
    return tuple(_lane(group, scale, column) for group in groups)


def lanes_height(lanes: Sequence[Lane]) -> float:
    """Of all lanes together."""
    return sum(lane.height for lane in lanes) + (_LEADING if lanes else 0.0)


def _lane(group: tuple[Episode, ...], scale: DayScale, column: Column) -> Lane:
    """Words right of the marks, else left of them, else wrapped on the wider side, else above."""
    words = group[0].words.replace("(as ", "(as\N{NO-BREAK SPACE}")
    start, stop = _extent(group, scale)
    room = {"right": column.right - stop - _GAP, "left": start - column.left - _GAP}
    width = width_of(words, SMALL)
    side = next((s for s, free in room.items() if free >= width), max(room, key=room.__getitem__))
    line = pitch(SMALL)
    if room[side] < min(width, _LEAST):
        lines = wrap(words, column.right - scale.left, SMALL)
        height = line * len(lines) + 2 * _TICK_HALF
        return Lane(group, lines, scale.left, height - _TICK_HALF, height + _LEADING)
    lines = wrap(words, room[side], SMALL)
    wide = max(width_of(text, SMALL) for text in lines)
    left = stop + _GAP if side == "right" else start - _GAP - wide
    height = max(line * len(lines), 2 * _TICK_HALF)
    return Lane(group, lines, left, line / 2, height + _LEADING)


def _extent(group: Sequence[Episode], scale: DayScale) -> tuple[float, float]:
    """From the left end of the first mark to the right end of the last."""
    starts = [scale.x(one.first.shortest or 0) for one in group]
    stops = [scale.x(_end(one)) + (_TIP if one.syndrome and not one.ended else 0) for one in group]
    return min(starts) - 0.8, max(stops) + 0.8


def _end(one: Episode) -> int:
    return one.last.longest if one.last.longest is not None else one.first.longest or 0


def draw_lanes(sheet: Sheet, lanes: Sequence[Lane], scale: DayScale, top: float) -> None:
    """The lanes from `top` down."""
    for lane in lanes:
        for one in lane.episodes:
            if one.syndrome:
                _draw_bar(sheet, one, scale, top + lane.marks)
            else:
                _draw_given(sheet, one, scale, top + lane.marks)
        sheet.lines_of_words(lane.left, top, lane.lines, size=SMALL)
        top += lane.height


def _draw_bar(sheet: Sheet, one: Episode, scale: DayScale, y: float) -> None:
    """Dark from the last possible start to the first possible end, pale around; pointed if open."""
    left, right = scale.x(one.first.shortest or 0) - 0.6, scale.x(_end(one)) + 0.6
    sheet.box(
        Box(left, y - _BAR_HALF, right, y + _BAR_HALF), facecolor=RULE, edgecolor="none", zorder=2
    )
    sure_from, sure_to = (
        scale.x(one.first.longest or 0) - 0.6,
        scale.x(one.last.shortest or 0) + 0.6,
    )
    if one.sure and sure_from <= sure_to:
        dark = Box(sure_from, y - _BAR_HALF, sure_to, y + _BAR_HALF)
        sheet.box(dark, facecolor=GREY, edgecolor="none", zorder=2.1)
    if not one.ended:
        colour = GREY if one.sure and sure_to >= right else RULE
        tip = [(right, y - _BAR_HALF), (right + _TIP, y), (right, y + _BAR_HALF)]
        sheet.area(tip, facecolor=colour, edgecolor="none", linewidth=0.0)


def _draw_given(sheet: Sheet, one: Episode, scale: DayScale, y: float) -> None:
    """A tick on a known day, a thin bar within which it was, a line over its days."""
    low, high = one.first.shortest or 0, one.first.longest or 0
    start, stop = scale.x(low), scale.x(_end(one))
    colour = INK if one.sure else GREY
    if low != high:
        span_bar(sheet, start, scale.x(high), y)
    else:
        sheet.line([start, start], [y - _TICK_HALF, y + _TICK_HALF], color=colour, linewidth=1.2)
    if one.ended and stop > start:
        sheet.line([start, stop], [y, y], color=colour, linewidth=1.2, zorder=2)


def given_days(episodes: Sequence[Episode], kind: str) -> tuple[int, ...]:
    """The known days on which a treatment of `kind` began."""
    return tuple(
        one.first.shortest
        for one in episodes
        if one.kind == kind and one.first.single is not None and one.first.shortest is not None
    )
