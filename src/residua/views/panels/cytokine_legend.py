"""The legend of panel A: only what this figure shows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from residua.course.cytokine_curve import CytokineCurve
from residua.measures.analyte_value import AnalyteValue
from residua.views.boxes import Box
from residua.views.cytokine_lines import CytokineLine
from residua.views.effector_episodes import Episode
from residua.views.panels.cytokine_drawing import GIVEN_DASHES
from residua.views.panels.cytokine_marks import DASHES, Style
from residua.views.panels.dated_marks import MONTH_WORDS, span_bar
from residua.views.panels.legend import Entry, Picture
from residua.views.sheet import Sheet
from residua.views.style import BAND, FAINT, GREY, INK, RULE

_GREY_NAMED = 12


def cytokine_entries(
    lines: Sequence[CytokineLine], episodes: Sequence[Episode], letter: str
) -> list[Entry]:
    """How to read bounds, lines, bands and ticks."""
    values = [v for line in lines if line.role != "not drawn" for v in line.curve.values]
    entries = []
    if any(v.below for v in values):
        entries.append(Entry("below LLOQ, drawn at it", _bound(below=True)))
    if any(v.high is None for v in values):
        entries.append(Entry("above ULOQ, drawn at it", _bound(below=False)))
    partly = "" if all(v.dated for v in values) else " or a partial date"
    if any(_dashed(line.curve.values) for line in lines):
        entries.append(Entry(f"dashed: to or from a bound{partly}", _dashes))
    if any(not v.dated for v in values):
        entries.append(Entry(MONTH_WORDS, lambda s, x, y: span_bar(s, x - 3, x + 3, y)))
    entries += _times(episodes)
    greys = _named(lines, "grey", letter)
    if greys:
        entries.append(Entry(greys, _grey))
    return entries


def _times(episodes: Sequence[Episode]) -> list[Entry]:
    found = [Entry("days of CRS", _band)] if any(e.kind == "crs" for e in episodes) else []
    if any(e.kind == "tocilizumab" and e.first.single is not None for e in episodes):
        found.append(Entry("tocilizumab", _given))
    shown = [e for e in episodes if e.syndrome]
    if any(not e.ended for e in shown):
        found.append(Entry("end not stated", _pointed))
    if any(e.first.single is None or (e.ended and e.last.single is None) for e in shown):
        found.append(Entry("pale: perhaps (date partial)", _pale))
    return found


def _dashed(values: Sequence[AnalyteValue]) -> bool:
    ordered = sorted(values, key=lambda v: v.first + v.last)
    return any(
        (a.quantified or b.quantified) and not all(v.quantified and v.dated for v in (a, b))
        for a, b in pairwise(ordered)
    )


def cytokine_notes(
    lines: Sequence[CytokineLine], curves: Sequence[CytokineCurve], letter: str
) -> list[str]:
    """Which curves are left out, and other infusions, in words."""
    notes = []
    if any(line.role == "other unit" for line in lines) and any(
        line.role == "main" for line in lines
    ):
        notes.append("Lower plot: each analyte in the unit of its label.")
    left_out = _named(lines, "not drawn", letter)
    if left_out:
        notes.append(f"Not drawn, in other units: {left_out}.")
    drawn = lines[0].curve.infusion
    others = dict.fromkeys(c.infusion for c in curves if c.values and c.infusion != drawn)
    if others:
        notes.append(f"Drawn: {drawn}; also measured around {', '.join(others)}, in the report.")
    return notes


def _named(lines: Sequence[CytokineLine], role: str, letter: str) -> str:
    """The labels and names of the lines of a role."""
    rows = [f"{letter}{line.number} {line.name}" for line in lines if line.role == role]
    more = f" and {len(rows) - _GREY_NAMED} more" if len(rows) > _GREY_NAMED else ""
    return ", ".join(rows[:_GREY_NAMED]) + more


def _bound(*, below: bool) -> Picture:
    return lambda sheet, x, y: Style("", INK).draw_bound(sheet, x, y, below=below)


def _dashes(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x - 3, x + 3], [y, y], linestyle=DASHES, linewidth=0.9)


def _grey(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x - 3, x + 3], [y, y], color=RULE, linewidth=0.5)


def _band(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Box(x - 3, y - 1.1, x + 3, y + 1.1), facecolor=BAND, edgecolor="none")


def _given(sheet: Sheet, x: float, y: float) -> None:
    sheet.line([x, x], [y - 1.2, y + 1.2], color=FAINT, linewidth=0.7, linestyle=GIVEN_DASHES)


def _pointed(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Box(x - 3, y - 0.9, x + 1, y + 0.9), facecolor=GREY, edgecolor="none")
    tip = [(x + 1, y - 0.9), (x + 2.4, y), (x + 1, y + 0.9)]
    sheet.area(tip, facecolor=GREY, edgecolor="none", linewidth=0.0)


def _pale(sheet: Sheet, x: float, y: float) -> None:
    sheet.box(Box(x - 3, y - 0.9, x + 3, y + 0.9), facecolor=RULE, edgecolor="none")
