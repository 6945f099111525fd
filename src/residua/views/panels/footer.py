"""The foot of every figure: notice, software, source, and whether anything is simulated."""

from __future__ import annotations

from residua import NOTICE, __version__
from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import GREY, RULE, SMALL
from residua.views.typeset import pitch, width_of, wrap


def plan_footer(frame: Frame, *, title: str, reference: str, simulated: bool) -> Panel:
    """The lines below the last panel."""
    width = frame.page - 2 * MARGIN
    warning = ["Contains simulated data."] if simulated else []
    named = ". ".join(part for part in (title.rstrip("."), reference) if part)
    case = f"Case: {named}" if named else ""
    whole = f"{NOTICE}. Residua {__version__}. {case}".rstrip()
    plain = [f"{NOTICE}. Residua {__version__}.", case]
    if width_of(whole, SMALL) <= width:
        plain = [whole]
    bold = tuple(line for text in warning for line in wrap(text, width, SMALL, bold=True))
    lines = tuple(line for text in plain if text for line in wrap(text, width, SMALL))

    def draw(sheet: Sheet, top: float) -> None:
        sheet.line([MARGIN, frame.page - MARGIN], [top + 0.8] * 2, color=RULE, linewidth=0.5)
        sheet.lines_of_words(MARGIN, top + 1.6, bold, size=SMALL, bold=True)
        below = top + 1.6 + len(bold) * pitch(SMALL)
        sheet.lines_of_words(MARGIN, below, lines, size=SMALL, colour=GREY)

    return Panel(1.6 + (len(bold) + len(lines)) * pitch(SMALL) + 1.0, draw)
