"""Panels A and B: one alone over the whole width, or both side by side on one base line."""

from __future__ import annotations

from collections.abc import Sequence

from residua.views.figure_content import FigureContent
from residua.views.panels.column import Column
from residua.views.panels.cytokines import plan_cytokines
from residua.views.panels.panel import COLUMN_GAP, MARGIN, Frame, Panel
from residua.views.panels.transgene import plan_transgene
from residua.views.sheet import Sheet


def plan_curves(
    content: FigureContent, letters: Sequence[str], frame: Frame, height: float
) -> Panel | None:
    """The panels of one row, their plots `height` mm high; the axes of both stand on one line.

    A panel alone has its plot where those on the time axis have theirs.
    """
    columns = _columns(len(letters), frame)
    pairs = list(zip(letters, columns, strict=True))
    panels = [_planned(content, letter, column, height) for letter, column in pairs]
    lowest = max((panel.base for panel in panels if panel), default=0.0)
    for number, ((letter, column), panel) in enumerate(zip(pairs, panels, strict=True)):
        if panel is not None and panel.base < lowest:
            grown = _planned(content, letter, column, height + lowest - panel.base)
            if grown is not None and grown.base <= lowest + 0.1:
                panels[number] = grown
    return _beside([panel for panel in panels if panel is not None])


def _columns(count: int, frame: Frame) -> list[Column]:
    whole = frame.page - 2 * MARGIN
    if count == 1:
        return [Column(MARGIN, whole, frame.left - MARGIN)]
    width = (whole - (count - 1) * COLUMN_GAP) / count
    return [Column(MARGIN + n * (width + COLUMN_GAP), width) for n in range(count)]


def _planned(content: FigureContent, letter: str, column: Column, height: float) -> Panel | None:
    curves, printed, simulated = content.curves, content.letter(letter), content.marks(letter)
    if letter == "A":
        return plan_cytokines(
            curves.cytokines, content.episodes, column, letter=printed, height=height,
            simulated=simulated,
        )  # fmt: skip
    return plan_transgene(
        curves.transgene, column, letter=printed, height=height, simulated=simulated
    )


def _beside(panels: Sequence[Panel]) -> Panel | None:
    if not panels:
        return None

    def draw(sheet: Sheet, top: float) -> None:
        for panel in panels:
            panel.draw(sheet, top)

    return Panel(max(panel.height for panel in panels), draw)
