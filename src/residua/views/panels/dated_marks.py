"""How the knowledge of a date is drawn: a day, a month, a known order only."""

from __future__ import annotations

from collections.abc import Iterable

from residua.views.boxes import Box
from residua.views.panels.legend import Entry
from residua.views.places import Place
from residua.views.sheet import Sheet
from residua.views.style import BAND, GREY, PAPER
from residua.views.time_axis import TimeAxis

HATCH = "/////"
UNDATED_WORDS = "hatched: date not stated; drawn in the known order only"
MONTH_WORDS = "within this time (known to the month or year)"
BREAK_WORDS = "empty months left out of the axis (mo)"


def hatched(sheet: Sheet, box: Box) -> None:
    """A box that says: date not stated."""
    sheet.box(box, hatch=HATCH, edgecolor=GREY, facecolor=PAPER, linewidth=0.5, zorder=2)


def span_bar(sheet: Sheet, left: float, right: float, y: float) -> None:
    """A thin bar over the days on which something may have happened."""
    sheet.line([left, right], [y, y], color=GREY, linewidth=0.9, zorder=2)
    for x in (left, right):
        sheet.line([x, x], [y - 0.7, y + 0.7], color=GREY, linewidth=0.7, zorder=2)


def draw_time_of(sheet: Sheet, place: Place, left: float, y: float) -> None:
    """What is known of the time of a point event, around its symbol."""
    if not place.dated:
        hatched(sheet, Box(left + place.left, y - 0.9, left + place.right, y + 0.9))
    elif not place.exact:
        span_bar(sheet, left + place.left, left + place.right, y)


def time_entries(places: Iterable[Place], axis: TimeAxis) -> list[Entry]:
    """How to read the time of what is drawn, for all panels on the time axis together."""
    listed = list(places)
    entries = []
    if any(place.dated and not place.exact for place in listed):
        entries.append(Entry(MONTH_WORDS, lambda s, x, y: span_bar(s, x - 3, x + 3, y)))
    if any(not place.dated for place in listed):
        entries.append(Entry(UNDATED_WORDS, _hatched_picture))
    if axis.breaks:
        entries.append(Entry(BREAK_WORDS, _break_picture))
    return entries


def _hatched_picture(sheet: Sheet, x: float, y: float) -> None:
    hatched(sheet, Box(x - 3, y - 0.9, x + 3, y + 0.9))


def _break_picture(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Box(x - 2, y - 1.1, x + 2, y + 1.1), facecolor=BAND, edgecolor="none")
    for middle in (x - 0.9, x + 0.9):
        sheet.line([middle - 0.5, middle + 0.5], [y + 1.0, y - 1.0], linewidth=0.8)
