"""The key below the panels: labels with their whole words, in columns."""

from __future__ import annotations

from collections.abc import Sequence

from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import SMALL
from residua.views.typeset import clamp_lines, pitch, width_of

_COLUMN_GAP = 4.0
_LEADING = 0.4
_FOUR = 160.0  # mm of page that hold four columns of one-line entries
_ELSEWHERE = "Words of {} to {}: in the report, or by residua explain FOLDER LABEL."


def plan_key(
    texts: Sequence[tuple[str, str]],
    frame: Frame,
    *,
    most_lines: int = 99,
    explained_as: str = "",
) -> Panel | None:
    """(label, words) pairs, down each column in turn; None where there are none.

    `most_lines` limits the lines of one entry; what is cut ends in an ellipsis. With 0 a single
    line says where the words are found; there the labels begin with the letter `explained_as`.
    """
    if not texts:
        return None
    elsewhere = most_lines == 0
    if elsewhere:
        ends = [(explained_as or label[0]) + label[1:] for label in (texts[0][0], texts[-1][0])]
        texts = [("", _ELSEWHERE.format(*ends))]
        most_lines = 3
    columns = 1 if len(texts) == 1 else _columns_on(frame, most_lines)
    inner = frame.page - 2 * MARGIN - (columns - 1) * _COLUMN_GAP
    width = inner / columns
    tag = max(width_of(label, SMALL, bold=True) + 1.2 if label else 0.0 for label, _ in texts)
    wrapped = [
        (label, clamp_lines(words, width - tag, most_lines, SMALL)) for label, words in texts
    ]
    split = _columns([_height(lines) for _, lines in wrapped], columns)
    height = max(sum(_height(lines) for _, lines in wrapped[a:b]) for a, b in split)

    def draw(sheet: Sheet, top: float) -> None:
        for number, (first, last) in enumerate(split):
            x, y = MARGIN + number * (width + _COLUMN_GAP), top + 1.0
            for label, lines in wrapped[first:last]:
                sheet.words(x, y, label, size=SMALL, bold=True)
                sheet.lines_of_words(x + tag, y, lines, size=SMALL)
                y += _height(lines)

    return Panel(height + 1.0, draw, gap=0.0) if elsewhere else Panel(height + 2.0, draw)


def _columns_on(frame: Frame, most_lines: int) -> int:
    """Three, two where the page is narrow; one more for short entries on a whole page."""
    if frame.narrow:
        return 2
    return 4 if most_lines == 1 and frame.page >= _FOUR else 3


def _height(lines: Sequence[str]) -> float:
    return len(lines) * pitch(SMALL) + _LEADING


def _columns(heights: Sequence[float], columns: int) -> list[tuple[int, int]]:
    """Where each column begins and ends, so that the tallest is as low as it can be."""
    trials = sorted(
        {sum(heights[a:b]) for a in range(len(heights)) for b in range(a + 1, len(heights) + 1)}
    )
    for limit in trials:
        split = _filled(heights, limit)
        if split is not None and len(split) <= columns:
            return split
    return [(0, len(heights))]


def _filled(heights: Sequence[float], limit: float) -> list[tuple[int, int]] | None:
    split: list[tuple[int, int]] = []
    first, used = 0, 0.0
    for number, height in enumerate(heights):
        if height > limit:
            return None
        if used + height > limit + 1e-9:
            split.append((first, number))
            first, used = number, 0.0
        used += height
    return [*split, (first, len(heights))]
