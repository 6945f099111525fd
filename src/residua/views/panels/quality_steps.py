"""A panel of the quality steps: the events before each, those removed, and why."""

from __future__ import annotations

from collections.abc import Sequence

from residua.facts.quality import QualityStep
from residua.views.boxes import Box
from residua.views.panels.panel import MARGIN, Frame, Panel, draw_header, header_height
from residua.views.sheet import Sheet
from residua.views.style import ACCENT, BAR, FAINT, GREY, RULE, SMALL, TEXT
from residua.views.typeset import pitch, wrap

TITLE = "Quality steps: events left (light) and removed (dark, hatched)"
_BAR = 62.0  # mm for all events
_GAP = 3.0
_THICK = 3.4


def plan_quality_steps(
    steps: Sequence[QualityStep], frame: Frame, *, letter: str, removed_before_counting: bool
) -> Panel:
    """One bar per step, its length the events before it; the reason stands beside."""
    width = frame.page - 2 * MARGIN
    head = header_height(TITLE, width)
    left = frame.left + _BAR + _GAP
    words = [wrap(_words(step), frame.page - MARGIN - left, SMALL) for step in steps]
    heights = [max(_THICK, pitch(TEXT), len(lines) * pitch(SMALL)) + 1.4 for lines in words]
    closing = wrap(_closing(removed_before_counting), width, SMALL)
    most = max((step.before for step in steps), default=0)

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), width, (letter, TITLE))
        y = top + head
        for step, lines, height in zip(steps, words, heights, strict=True):
            sheet.words(MARGIN, y, step.step)
            _draw_bar(sheet, (frame.left, y), step, most)
            colour = GREY if step.assessed else FAINT
            sheet.lines_of_words(left, y, lines, size=SMALL, colour=colour)
            y += height
        sheet.lines_of_words(MARGIN, y, closing, size=SMALL, colour=GREY)

    return Panel(head + sum(heights) + len(closing) * pitch(SMALL) + 0.6, draw)


def _draw_bar(sheet: Sheet, corner: tuple[float, float], step: QualityStep, most: int) -> None:
    left, top = corner
    if not most:
        return
    end, kept = (left + _BAR * count / most for count in (step.before, step.left))
    if not step.assessed:
        box = Box(left, top, end, top + _THICK)
        sheet.box(box, edgecolor=RULE, linestyle=(0, (3, 2)))
        return
    sheet.box(Box(left, top, kept, top + _THICK), facecolor=BAR, linewidth=0.3)
    if step.removed:
        sheet.box(Box(kept, top, end, top + _THICK), facecolor=ACCENT, hatch="////", linewidth=0.3)


def _words(step: QualityStep) -> str:
    if not step.assessed:
        return f"not assessable: {step.reason}"
    before, removed = (f"{count:,}".replace(",", "\u202f") for count in (step.before, step.removed))
    part = f"{step.status}: " if step.partly else ""
    return f"{part}{removed} of {before} removed: {step.reason}"


def _closing(removed: bool) -> str:
    if removed:
        return "The steps named in flow.toml were removed before counting."
    return "The counts are those of the gates: no event was removed before counting."
