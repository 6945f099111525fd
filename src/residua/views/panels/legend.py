"""Keys to symbols: a picture and its words, flowing over as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import SMALL
from residua.views.typeset import pitch, width_of, wrap

PICTURE = 8.0
_GAP = 4.0
_LEADING = 0.5

Picture = Callable[[Sheet, float, float], None]
"""Draws about the point (x, y) in mm, within 7 mm of width and 2.5 mm of height."""


@dataclass(frozen=True)
class Entry:
    """One symbol and what it means."""

    text: str
    picture: Picture


def legend(entries: Sequence[Entry], frame: Frame) -> Panel:
    """The entries from left to right, in rows."""
    return legend_between(entries, MARGIN, frame.page - MARGIN)


def legend_between(entries: Sequence[Entry], left: float, right: float) -> Panel:
    """The entries in rows from `left` to `right` on the page, in mm."""
    placed: list[tuple[float, float, Entry, tuple[str, ...]]] = []
    x, y, row = left, 0.0, 0.0
    for entry in entries:
        lines = wrap(entry.text, right - left - PICTURE, SMALL)
        width = PICTURE + max(width_of(line, SMALL) for line in lines)
        if x > left and x + width > right:
            x, y, row = left, y + row + _LEADING, 0.0
        placed.append((x, y, entry, lines))
        x, row = x + width + _GAP, max(row, len(lines) * pitch(SMALL))

    def draw(sheet: Sheet, top: float) -> None:
        for x, y, entry, lines in placed:
            entry.picture(sheet, x + PICTURE / 2 - 0.7, top + y + pitch(SMALL) / 2)
            sheet.lines_of_words(x + PICTURE, top + y, lines, size=SMALL)

    return Panel(y + row + 0.3 if placed else 0.0, draw)
