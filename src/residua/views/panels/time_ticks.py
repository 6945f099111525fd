"""The time axis as it is printed: months, years, and breaks with their length in words."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from residua.views.boxes import Box
from residua.views.panels.panel import MARGIN, Frame
from residua.views.sheet import Sheet
from residua.views.style import BAND, FAINT, GREY, GUIDE, INK, SMALL
from residua.views.time_axis import Break, TimeAxis, next_month
from residua.views.typeset import pitch, width_of

HEIGHT = 7.2
_NAMES, _INITIALS = 6.0, 2.6  # mm of a month that hold its short name, its initial
_WEEKS = 16.0  # mm of a month in which weeks are told apart
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def draw_guides(sheet: Sheet, axis: TimeAxis, frame: Frame, top: float, bottom: float) -> None:
    """Faint lines at the months (years where months are narrow) and bands at the breaks."""
    for gap in axis.breaks:
        band = Box(frame.left + gap.left, top, frame.left + gap.right, bottom)
        sheet.box(band, facecolor=BAND, edgecolor="none", zorder=0)
    narrow = axis.month_width < 2.0
    for stretch in axis.stretches:
        for month in stretch.months:
            if narrow and month.month != 1:
                continue
            x = frame.left + axis.x(month)
            colour = FAINT if month.month == 1 else GUIDE
            width = 0.5 if month.month == 1 else 0.4
            sheet.line([x, x], [top, bottom], color=colour, linewidth=width, zorder=0.5)


def draw_time_ticks(sheet: Sheet, axis: TimeAxis, frame: Frame, top: float) -> None:
    """The axis with its ticks and words, `HEIGHT` mm high."""
    if not axis.stretches:
        sheet.words(frame.left, top + 1, "no date is stated; drawn in the known order", size=SMALL)
        return
    for stretch in axis.stretches:
        xs = (frame.left + stretch.left, frame.left + stretch.right)
        sheet.line(xs, (top, top), linewidth=0.8)
        for month in (*stretch.months, stretch.stop):
            x = frame.left + (stretch.right if month == stretch.stop else axis.x(month))
            length = 2.0 if month.month == 1 else 1.1
            sheet.line([x, x], [top, top + length], linewidth=0.6)
    _draw_weeks(sheet, axis, frame, top)
    for month, name in _month_words(axis):
        middle = (axis.x(month) + axis.x(next_month(month))) / 2
        sheet.words(frame.left + middle, top + 1.3, name, size=SMALL, side="center")
    if axis.month_width < _INITIALS:
        sheet.words(MARGIN, top + 1.3, "ticks: months", size=SMALL, colour=GREY)
    for x, text in _year_words(axis, frame):
        sheet.words(x, top + 1.3 + pitch(SMALL), text, size=SMALL, side="center", bold=True)
    for gap in axis.breaks:
        _draw_break(sheet, gap, frame, top)


def _draw_weeks(sheet: Sheet, axis: TimeAxis, frame: Frame, top: float) -> None:
    """Small ticks at days 8, 15 and 22 where months are wide enough to tell weeks apart."""
    if axis.month_width < _WEEKS:
        return
    sheet.words(MARGIN, top + 1.3, "small ticks: day", size=SMALL, colour=GREY)
    sheet.words(MARGIN, top + 1.3 + pitch(SMALL), "8, 15 and 22", size=SMALL, colour=GREY)
    for month in (month for stretch in axis.stretches for month in stretch.months):
        for number in (8, 15, 22):
            x = frame.left + axis.x(month.replace(day=number))
            sheet.line([x, x], [top, top + 0.7], linewidth=0.4)


def _month_words(axis: TimeAxis) -> Iterator[tuple[date, str]]:
    """Months that get a name: all of them, by initials, each quarter, or none."""
    every = [month for stretch in axis.stretches for month in stretch.months]
    room = axis.month_width
    for month in every:
        name = _MONTHS[month.month - 1]
        if room >= _NAMES:
            yield month, name
        elif room >= _INITIALS:
            yield month, name[0]


def _year_words(axis: TimeAxis, frame: Frame) -> list[tuple[float, str]]:
    """Years at the middle of their part of a stretch; the widest parts are served first."""
    parts: list[tuple[float, float, str]] = []
    for stretch in axis.stretches:
        for year in range(stretch.start.year, stretch.stop.year + 1):
            first, last = (
                max(stretch.start, date(year, 1, 1)),
                min(stretch.stop, date(year + 1, 1, 1)),
            )
            if first < last:
                left = axis.x(first)
                right = stretch.right if last == stretch.stop else axis.x(last)
                parts.append((left - right, (left + right) / 2, str(year)))
    placed: list[tuple[float, str]] = []
    half = width_of("2000", SMALL, bold=True) / 2 + 0.8
    for _, middle, text in sorted(parts):
        x = min(max(frame.left + middle, frame.left + half), frame.right - half)
        if all(abs(x - other) > 2 * half for other, _ in placed):
            placed.append((x, text))
    return placed


def _draw_break(sheet: Sheet, gap: Break, frame: Frame, top: float) -> None:
    left, right = frame.left + gap.left, frame.left + gap.right
    middle = (left + right) / 2
    sheet.line([left, middle - 0.9], [top, top], linewidth=0.6, color=GREY)
    sheet.line([middle + 0.9, right], [top, top], linewidth=0.6, color=GREY)
    for x in (middle - 0.9, middle + 0.9):
        sheet.line([x - 0.5, x + 0.5], [top + 1.1, top - 1.1], linewidth=0.8, color=INK)
    text = f"{gap.months} mo"
    if width_of(text, SMALL) <= gap.right - gap.left - 0.3:
        sheet.words(middle, top + 1.3, text, size=SMALL, side="center", colour=GREY)
