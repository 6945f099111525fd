"""CD19 and CD22 of the blasts: percent with interval, at diagnosis, and the change since."""

from __future__ import annotations

from residua.facts.antigen_expression import AntigenExpression
from residua.facts.interval import Interval
from residua.measures.laip.change import AntigenChange
from residua.views.automatic.shown import Shown
from residua.views.panels.panel import MARGIN, Frame, Panel, draw_header
from residua.views.sheet import Sheet
from residua.views.style import GREY, LETTER, RULE, SMALL, TEXT
from residua.views.typeset import pitch, wrap
from residua.views.wording import interval_words

Cells = tuple[str, ...]
HEAD: Cells = ("antigen", "blasts positive (95 % interval)", "at diagnosis", "change of the median")
_PARTS = (0.10, 0.25, 0.22, 0.43)  # of the width
_GAP = 2.0


def antigen_rows(shown: Shown) -> tuple[Cells, ...]:
    """A row for each antigen: its name, percent now, percent at diagnosis, change in decades."""
    before = {one.marker: one for one in shown.before}
    changes = {one.marker: one for one in shown.changes}
    return tuple(
        (
            one.marker,
            _percent(one),
            _percent(before[one.marker]) if one.marker in before else "not known",
            _change(changes.get(one.marker)),
        )
        for one in shown.antigens
    )


def plan_antigens(shown: Shown, frame: Frame, *, letter: str) -> Panel | None:
    """The table with the flags of each antigen below; None where no antigen was measured."""
    rows = antigen_rows(shown)
    if not rows:
        return None
    width = frame.page - 2 * MARGIN
    widths = [part * width - _GAP for part in _PARTS]
    lines = [
        [wrap(text, room, TEXT) for text, room in zip(row, widths, strict=True)] for row in rows
    ]
    said = [f"{one.marker}: {flag}" for one in shown.antigens for flag in _beside(one)]
    notes = [line for text in said for line in wrap(text, width, SMALL)]
    heights = [max(map(len, row)) * pitch(TEXT) + 1.2 for row in lines]
    head = pitch(LETTER) + 1.0 + pitch(SMALL) + 1.2
    lefts = [MARGIN + sum(_PARTS[:n]) * width for n in range(len(_PARTS))]

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), frame.page - 2 * MARGIN, (letter, "Target antigens"))
        y = top + pitch(LETTER) + 1.0
        for x, text in zip(lefts, HEAD, strict=True):
            sheet.words(x, y, text, size=SMALL, colour=GREY)
        y = top + head
        sheet.line([MARGIN, MARGIN + width], [y - 0.7] * 2, color=RULE, linewidth=0.5)
        for row, height in zip(lines, heights, strict=True):
            for place, (x, cell) in enumerate(zip(lefts, row, strict=True)):
                sheet.lines_of_words(x, y, cell, size=TEXT, bold=place == 0)
            y += height
        sheet.lines_of_words(MARGIN, y, notes, size=SMALL, colour=GREY)

    return Panel(head + sum(heights) + len(notes) * pitch(SMALL), draw)


def _percent(one: AntigenExpression) -> str:
    if one.percent is None:
        return one.flags[0] if one.flags else "not known"
    return f"{one.percent:.3g} %{_interval(one.interval)}"


def _beside(one: AntigenExpression) -> tuple[str, ...]:
    """Its flags, without the one that stands for its percentage."""
    return one.flags[1:] if one.percent is None else one.flags


def _interval(interval: Interval | None) -> str:
    return "" if interval is None else f" ({interval_words((interval.low, interval.high))})"


def _change(one: AntigenChange | None) -> str:
    if one is None:
        return "not known"
    return (
        f"{_signed(one.decades)} decades ({_signed(one.low)} to {_signed(one.high)}): "
        f"{10**one.decades:.2g} times the light"
    )


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
