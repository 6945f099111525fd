"""Keys to symbols: a picture and its words, flowing over as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import SMALL
from residua.views.typeset import pitch, width_of, wrap

PICTURE = 8.0
_GAP = 3.5
_LEADING = 0.5

Picture = Callable[[Sheet, float, float], None]
"""Draws about the point (x, y) in mm, within 7 mm of width and 2.5 mm of height."""


@dataclass(frozen=True)
class Entry:
    """One symbol and what it means; without a symbol a remark."""

    text: str
    picture: Picture | None


def legend(entries: Sequence[Entry], frame: Frame) -> Panel:
    """The entries from left to right, in rows."""
    return legend_between(entries, MARGIN, frame.page - MARGIN)


def legend_between(entries: Sequence[Entry], left: float, right: float) -> Panel:
    """The entries in rows from `left` to `right` on the page, in mm."""
    rows = _rows([_set(entry, right - left) for entry in entries], right - left)
    tops = list(accumulate((row.height + _LEADING for row in rows), initial=0.0))

    def draw(sheet: Sheet, top: float) -> None:
        for row, y in zip(rows, tops, strict=False):
            for x, one in zip(row.lefts, row.entries, strict=True):
                middle = (left + x + PICTURE / 2 - 0.7, top + y + pitch(SMALL) / 2)
                if one.entry.picture is not None:
                    one.entry.picture(sheet, *middle)
                sheet.lines_of_words(left + x + one.indent, top + y, one.lines, size=SMALL)

    return Panel(tops[-1] - _LEADING + 0.3 if rows else 0.0, draw)


@dataclass(frozen=True)
class _Set:
    """An entry in lines."""

    entry: Entry
    lines: tuple[str, ...]

    @property
    def indent(self) -> float:
        """From its left end to its words."""
        return PICTURE if self.entry.picture is not None else 0.0

    @property
    def width(self) -> float:
        """Of picture and words."""
        return self.indent + max(width_of(line, SMALL) for line in self.lines)


@dataclass
class _Row:
    """Entries side by side."""

    entries: list[_Set]

    @property
    def lefts(self) -> list[float]:
        """Where each begins."""
        return list(accumulate((one.width + _GAP for one in self.entries[:-1]), initial=0.0))

    @property
    def width(self) -> float:
        """Of all of them."""
        return self.lefts[-1] + self.entries[-1].width

    @property
    def height(self) -> float:
        """Of the highest."""
        return max(len(one.lines) for one in self.entries) * pitch(SMALL)


def _set(entry: Entry, width: float) -> _Set:
    room = width - (PICTURE if entry.picture is not None else 0.0)
    return _Set(entry, wrap(entry.text, room, SMALL))


def _rows(entries: Sequence[_Set], width: float) -> list[_Row]:
    """In their order, but an entry that an earlier row still has room for stands there."""
    rows: list[_Row] = []
    for one in entries:
        free = (row for row in rows if row.width + _GAP + one.width <= width)
        row = next((row for row in free if len(one.lines) == 1), None)
        if row is None:
            rows.append(_Row([one]))
        else:
            row.entries.append(one)
    return rows
