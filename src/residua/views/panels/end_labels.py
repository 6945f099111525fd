"""Names of curves beside the right end of a plot, one below the other without overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.sheet import Sheet
from residua.views.style import SMALL
from residua.views.typeset import pitch, width_of, wrap

_INDENT = 0.4
PICTURE = 3.6  # mm that the symbol takes
_LEADING = 0.4
_GAP = 0.9


@dataclass(frozen=True)
class EndLabel:
    """A bold label and its words in lines, `y` mm from the top of the plots."""

    tag: str
    lines: tuple[str, ...]
    y: float

    @property
    def height(self) -> float:
        """Of its lines."""
        return len(self.lines) * pitch(SMALL) + _LEADING


def label_width(names: Sequence[tuple[str, str]], most: float) -> float:
    """Room for labels (tag, words) with their symbols, at most `most` mm."""
    wide = [_tag(tag) + width_of(words, SMALL) for tag, words in names]
    return min(_INDENT + PICTURE + max(wide, default=0.0) + 0.4, most)


def _tag(tag: str) -> float:
    return width_of(tag, SMALL, bold=True) + _GAP


def end_label(tag: str, words: str, y: float, width: float) -> EndLabel:
    """The words wrapped to what a label of `width` mm leaves for them."""
    room = width - _INDENT - PICTURE - _tag(tag) - 0.3
    return EndLabel(tag, wrap(words, room, SMALL), y)


def spread(labels: Sequence[EndLabel], top: float, height: float) -> list[tuple[EndLabel, float]]:
    """Each label with its top, as near to its y as the others and both ends let it.

    They are in the order of their y; where all are higher than `height` they go on below it.
    """
    ordered = sorted(labels, key=lambda one: one.y)
    tops: list[float] = []
    below = top
    for one in ordered:
        below = max(below, one.y - pitch(SMALL) / 2)
        tops.append(below)
        below += one.height
    limit = top + max(height, sum(one.height for one in ordered))
    for place in reversed(range(len(ordered))):
        tops[place] = min(tops[place], limit - ordered[place].height)
        limit = tops[place]
    return list(zip(ordered, tops, strict=True))


def draw_label(sheet: Sheet, x: float, top: float, label: EndLabel) -> float:
    """The label right of `x`, behind the room for its symbol; returns the height of its middle."""
    left = x + _INDENT + PICTURE
    sheet.words(left, top, label.tag, size=SMALL, bold=True)
    sheet.lines_of_words(left + _tag(label.tag), top, label.lines, size=SMALL)
    return top + pitch(SMALL) / 2
