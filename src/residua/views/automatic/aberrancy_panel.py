"""What sets the blasts apart from normal precursors: a bar for every antigen, in SD units."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from residua.measures.laip.aberrancies import ABERRANT_SD, Aberrancy
from residua.views.boxes import Box
from residua.views.panels.panel import MARGIN, Frame, Panel
from residua.views.sheet import Sheet
from residua.views.style import BLAST, FAINT, GREY, GUIDE, INK, RULE, SMALL, TITLE
from residua.views.typeset import pitch, wrap

_LEFT, _RIGHT = 30.0, 40.0
_ROW, _BAR = 5.0, 2.6
_STEPS = (1, 2, 5, 10, 20, 50, 100)  # SD between ticks
_TICKS = 5  # on either side of 0
_FURTHEST = 1.25  # an axis reaches so many times as far as bars, for the ends of intervals


@dataclass(frozen=True)
class _Axis:
    """Standard deviations from -`reach` to `reach` between two places on the page, in mm."""

    reach: float
    left: float
    right: float

    def at(self, value: float) -> float:
        """A number's place, at the ends where beyond."""
        within = min(max(value, -self.reach), self.reach)
        return self.left + (within / self.reach + 1) / 2 * (self.right - self.left)


def plan_aberrancies(aberrancies: Sequence[Aberrancy], frame: Frame, *, title: str) -> Panel | None:
    """The bars, the most unlike first, with their intervals; None without any."""
    if not aberrancies:
        return None
    axis = _Axis(_reach(aberrancies), MARGIN + _LEFT, frame.page - MARGIN - _RIGHT)
    said = "Blasts at diagnosis against the nearest normal precursors"
    named = ". ".join(part for part in (title, said) if part)
    heads = wrap(named, frame.page - 2 * MARGIN, TITLE, bold=True)
    head = len(heads) * pitch(TITLE) + 1.6
    bottom = head + len(aberrancies) * _ROW

    def draw(sheet: Sheet, top: float) -> None:
        sheet.lines_of_words(MARGIN, top, heads, size=TITLE, bold=True)
        _draw_axis(sheet, axis, top + head, top + bottom)
        for place, one in enumerate(aberrancies):
            _draw_bar(sheet, one, axis, top + head + (place + 0.5) * _ROW)

    return Panel(bottom + 2 * pitch(SMALL) + 2.0, draw)


def _draw_axis(sheet: Sheet, axis: _Axis, above: float, below: float) -> None:
    step = next((one for one in _STEPS if axis.reach / one <= _TICKS), _STEPS[-1])
    most = int(axis.reach / step)
    for number in range(-most, most + 1):
        x = axis.at(number * step)
        sheet.line([x, x], [above, below], color=GUIDE, linewidth=0.6)
        words = f"{number * step:+d}".replace("-", "−") if number else "0"
        sheet.words(x, below + 0.9, words, size=SMALL, side="center")
    dashed = {"color": FAINT, "linestyle": (0, (4, 3))}
    for value, style in ((-ABERRANT_SD, dashed), (ABERRANT_SD, dashed), (0.0, {"color": INK})):
        sheet.line([axis.at(value)] * 2, [above, below], **{"linewidth": 0.7} | style)
    words = "standard deviations of normal precursors, with 95 % interval; dashed: 2"
    middle = (axis.left + axis.right) / 2
    sheet.words(middle, below + 1.1 + pitch(SMALL), words, size=SMALL, side="center", colour=GREY)


def _reach(aberrancies: Sequence[Aberrancy]) -> float:
    most = max(abs(one.sd_units) for one in aberrancies)
    ends = max(max(abs(one.low), abs(one.high)) for one in aberrancies)
    return max(math.ceil(min(ends * 1.02, most * _FURTHEST)), 2 * ABERRANT_SD)


def _draw_bar(sheet: Sheet, one: Aberrancy, axis: _Axis, y: float) -> None:
    top, ends = y - pitch(SMALL) / 2, sorted((axis.at(0.0), axis.at(one.sd_units)))
    box = Box(ends[0], y - _BAR / 2, ends[1], y + _BAR / 2)
    sheet.box(box, facecolor=BLAST if one.aberrant else RULE, edgecolor="none")
    sheet.line([axis.at(one.low), axis.at(one.high)], [y, y], linewidth=0.8, zorder=3)
    sheet.words(axis.left - 2.0, top, one.marker, size=SMALL, side="right", bold=one.aberrant)
    words = f"{one.sd_units:+.1f} SD, {one.decades:+.2f} decades".replace("-", "−")
    sheet.words(axis.right + 2.0, top, words, size=SMALL, bold=one.aberrant)
