"""The limits of a reading and the reading itself, one above the other on a log axis."""

from __future__ import annotations

import math
from dataclasses import dataclass

from residua.facts.interval import Interval
from residua.measures.automatic_level import AutomaticLevel
from residua.views.automatic.words import interval_text, short
from residua.views.panels.panel import MARGIN, Frame, Panel, draw_header
from residua.views.powers import power_of_ten
from residua.views.sheet import Sheet
from residua.views.style import (
    BAR,
    BAR_CERTAIN,
    BLAST,
    FAINT,
    GREY,
    GUIDE,
    INK,
    LETTER,
    SMALL,
    TEXT,
)
from residua.views.typeset import pitch

_LEFT, _RIGHT = 48.0, 44.0  # mm for names and numbers
_ROW = 5.2
_NEGATIVE = 1e-4  # what a negative must reach
_LOWEST = 1e-7


@dataclass(frozen=True)
class Rung:
    """A limit at `at`, or the interval of the reading; `bold` is the
    reading, `total` an interval that covers more than counting."""

    name: str
    at: float | None = None
    interval: Interval | None = None
    bold: bool = False
    total: bool = False

    @property
    def words(self) -> str:
        """Its numbers."""
        if self.interval is not None:
            return interval_text(self.interval)
        return "none" if self.at is None else short(self.at)


def rungs_of(found: AutomaticLevel) -> tuple[Rung, ...]:
    """The limits that are known, then the reading with both intervals."""
    level = found.level
    limits = (
        ("limit of blank", found.limit_of_blank),
        ("LoD of the counting policy", level.lod),
        ("level detected with 95 % (counting)", level.lod95),
        ("LoD predicted for these blasts", found.predicted_lod),
        ("LLOQ", level.lloq),
    )
    rungs = [Rung(name, at if at < 1 else None) for name, at in limits if at is not None]
    if level.interval is not None:
        rungs.append(Rung("reading", level.fraction, bold=True))
        rungs.append(Rung("95 % interval, counting alone", interval=level.interval))
    if found.total_interval is not None:
        rungs.append(Rung("95 % interval, total", interval=found.total_interval, total=True))
    return tuple(rungs)


def plan_ladder(found: AutomaticLevel, frame: Frame, *, letter: str) -> Panel | None:
    """The rungs on an axis of fractions; None where nothing is known."""
    rungs = rungs_of(found)
    if not rungs:
        return None
    axis = _Axis(*_span(rungs), MARGIN + _LEFT, frame.page - MARGIN - _RIGHT)
    head = pitch(LETTER) + 1.0
    height = head + len(rungs) * _ROW + 2 * pitch(SMALL) + 3.0

    def draw(sheet: Sheet, top: float) -> None:
        draw_header(sheet, (MARGIN, top), frame.page - 2 * MARGIN, (letter, "Limits and reading"))
        above, below = top + head, top + head + len(rungs) * _ROW
        _draw_axis(sheet, axis, above, below)
        for place, rung in enumerate(rungs):
            _draw_rung(sheet, axis, above + (place + 0.5) * _ROW, rung)

    return Panel(height, draw)


@dataclass(frozen=True)
class _Axis:
    """Powers of ten from `low` to `high` between two places on the page, in mm."""

    low: int
    high: int
    left: float
    right: float

    def at(self, value: float) -> float:
        """A fraction's place, at the ends where beyond."""
        power = math.log10(max(value, 10.0**self.low))
        share = (power - self.low) / (self.high - self.low)
        return self.left + min(max(share, 0.0), 1.0) * (self.right - self.left)


def _span(rungs: tuple[Rung, ...]) -> tuple[int, int]:
    known = [rung.at for rung in rungs if rung.at]
    for rung in rungs:
        if rung.interval is not None:
            known += [end for end in (rung.interval.low, rung.interval.high) if end > 0]
    known = [max(one, _LOWEST) for one in known] + [_NEGATIVE]
    return math.floor(math.log10(min(known)) - 0.05), math.ceil(math.log10(max(known)) + 0.05)


def _draw_axis(sheet: Sheet, axis: _Axis, above: float, below: float) -> None:
    for power in range(axis.low, axis.high + 1):
        x = axis.at(10.0**power)
        sheet.line([x, x], [above, below], color=GUIDE, linewidth=0.6)
        sheet.words(x, below + 0.9, power_of_ten(power), size=SMALL, side="center")
    x = axis.at(_NEGATIVE)
    sheet.line([x, x], [above, below], color=FAINT, linewidth=0.8, linestyle=(0, (4, 3)))
    sheet.line([axis.left, axis.right], [below, below], linewidth=0.6)
    words = "fraction of nucleated cells; dashed: a negative must reach 10⁻⁴"
    middle = (axis.left + axis.right) / 2
    sheet.words(middle, below + 1.1 + pitch(SMALL), words, size=SMALL, side="center", colour=GREY)


def _draw_rung(sheet: Sheet, axis: _Axis, y: float, rung: Rung) -> None:
    top = y - pitch(TEXT) / 2
    sheet.words(axis.left - 2.0, top, rung.name, side="right", bold=rung.bold)
    sheet.words(axis.right + 2.5, top, rung.words, bold=rung.bold)
    if rung.interval is not None:
        _draw_interval(sheet, axis, y, rung.interval, colour=BAR if rung.total else BAR_CERTAIN)
    elif rung.at is not None and rung.at > 0:
        shape = "D" if rung.bold else "|"
        colour = BLAST if rung.bold else INK
        size, edge = (5.0, 0.8) if rung.bold else (8.0, 1.4)
        sheet.marker(
            axis.at(rung.at), y, shape, color=colour, markersize=size, markeredgewidth=edge
        )


def _draw_interval(sheet: Sheet, axis: _Axis, y: float, interval: Interval, *, colour: str) -> None:
    """A bar; where it reaches down to 0, one without a lower end."""
    left, right = axis.at(interval.low), axis.at(interval.high)
    sheet.line([left, right], [y, y], color=colour, linewidth=3.4)
    ends = [right] if interval.low <= 0 else [left, right]
    for x in ends:
        sheet.line([x, x], [y - 1.3, y + 1.3], color=INK, linewidth=0.8)
    if interval.low <= 0:
        sheet.marker(left, y, "<", color=INK, markersize=3.4)
