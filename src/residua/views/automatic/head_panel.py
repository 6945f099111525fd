"""The head of a page: what was read, in words; and a list of flags."""

from __future__ import annotations

from collections.abc import Sequence

from residua.views.automatic.shown import Shown
from residua.views.automatic.words import level_line, limits_line
from residua.views.panels.panel import MARGIN, Frame, Panel, draw_header
from residua.views.sheet import Sheet
from residua.views.style import ACCENT, LETTER, SMALL, TEXT, TITLE
from residua.views.typeset import pitch, width_of, wrap

_SIMULATED = "simulated data"
_ALIKE = 1.15  # of the pitch: between the title and what follows


def plan_head(shown: Shown, frame: Frame, *, title: str) -> Panel:
    """Title, level with status, and limits."""
    width = frame.page - 2 * MARGIN
    beside = width_of(_SIMULATED, SMALL, bold=True) + 3 if shown.simulated else 0.0
    named = ". ".join(part for part in (title, shown.title) if part)
    heads = wrap(named, width - beside, TITLE, bold=True)
    levels = wrap(level_line(shown.level), width, TITLE)
    limits = wrap(limits_line(shown.level), width, TEXT)
    opened = _after_words(shown)
    after = wrap(opened, width, TEXT) if opened else ()
    height = (len(heads) + len(levels)) * pitch(TITLE) * _ALIKE
    height += (len(limits) + len(after)) * pitch(TEXT)

    def draw(sheet: Sheet, top: float) -> None:
        y = top
        if shown.simulated:
            sheet.words(
                frame.page - MARGIN, y + 0.2, _SIMULATED, size=SMALL, side="right", bold=True
            )
        for lines, bold in ((heads, True), (levels, False)):
            sheet.lines_of_words(MARGIN, y, lines, size=TITLE, bold=bold)
            y += len(lines) * pitch(TITLE) * _ALIKE
        sheet.lines_of_words(MARGIN, y, (*limits, *after), size=TEXT)

    return Panel(height, draw)


def plan_flags(flags: Sequence[str], frame: Frame, *, letter: str) -> Panel | None:
    """Every flag on lines of its own; None where there are none."""
    if not flags:
        return None
    width = frame.page - 2 * MARGIN - 4.0
    told = [wrap(flag, width, TEXT) for flag in dict.fromkeys(flags)]
    head = pitch(LETTER) + 1.0

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), frame.page - 2 * MARGIN, (letter, "Flags"))
        y = top + head
        for lines in told:
            sheet.marker(MARGIN + 1.2, y + pitch(TEXT) / 2, "s", markersize=2.2, color=ACCENT)
            sheet.lines_of_words(MARGIN + 4.0, y, lines, size=TEXT)
            y += len(lines) * pitch(TEXT) + 0.5

    return Panel(head + sum(len(lines) * pitch(TEXT) + 0.5 for lines in told), draw)


def _after_words(shown: Shown) -> str:
    if not shown.after:
        return ""
    return f"After therapy against {' and '.join(shown.after)}: blasts without it count too."
