"""The strip below panel B: B cells on the days on which they were measured, nothing between."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from residua.course.b_cell_course import BCellCourse, BCellValue
from residua.facts.quantity import Quantity
from residua.standards.rulebook import Rule
from residua.views.boxes import Box
from residua.views.panels.copies_scale import draw_strip_edge
from residua.views.panels.dated_marks import span_bar
from residua.views.panels.day_axis import DayAxis
from residua.views.panels.legend import Entry
from residua.views.panels.panel import MARGIN, RIM, Frame
from residua.views.sheet import Sheet
from residua.views.style import GREY, INK, PAPER, SMALL, TEXT
from residua.views.transgene_labels import BCellLabel
from residua.views.typeset import pitch, shorten, width_of
from residua.views.wording import quantity_words

IMMUNOGLOBULIN = "immunoglobulin given"
NOT_MEASURED = "not measured after the infusion"
_HALF = 0.74  # mm, of a square
_UNSURE = {
    frozenset({"unverified"}): "not verified",
    frozenset({"secondary"}): "from a secondary source",
}
_EITHER = "secondary or not verified"
_SURE = ("read", "computed", "abstract")
_FILLS = {"aplasia": "none", "some": "bottom", "present": "full"}


@dataclass(frozen=True)
class BCellStrip:
    """One strip of `height` mm for each infusion."""

    labels: tuple[BCellLabel, ...]

    @property
    def row(self) -> float:
        """Height of one strip."""
        given = any(one.b_cells.immunoglobulin for one in self.labels)
        return (3 if given else 2) * pitch() + 0.9

    @property
    def height(self) -> float:
        """Height of all."""
        return self.row * len(self.labels)

    def draw(self, sheet: Sheet, axis: DayAxis, frame: Frame, top: float) -> None:
        """From `top` down, with names in the margin."""
        for number, one in enumerate(self.labels):
            y = top + number * self.row
            draw_strip_edge(sheet, frame, y)
            sheet.words(MARGIN, y + 0.4, one.label, bold=True)
            if len(self.labels) > 1:
                left = MARGIN + width_of(one.label, TEXT, bold=True) + 1.0
                room = frame.left - RIM - left - 0.6
                sheet.words(left, y + 0.45, shorten(one.infusion, room, SMALL), size=SMALL)
            sheet.words(MARGIN, y + 0.4 + pitch(), "B cells", size=TEXT)
            self._draw_values(sheet, axis, frame, y, one.b_cells)

    def _draw_values(
        self, sheet: Sheet, axis: DayAxis, frame: Frame, top: float, found: BCellCourse
    ) -> None:  # fmt: skip
        middle = top + pitch() + 0.45
        placed = [(place_of(axis, frame, v.days), state_of(v)) for v in found.values]
        for (_, ends), _ in placed:
            if ends:
                span_bar(sheet, *ends, middle)
        for run in runs_of([(x, state) for (x, _), state in placed]):
            draw_run(sheet, run, middle)
        if not found.values:
            words = shorten(NOT_MEASURED, frame.width, SMALL)
            room = Box(frame.left, middle - 1.3, frame.left + width_of(words, SMALL), middle + 1.3)
            sheet.box(room, facecolor=PAPER, edgecolor="none", zorder=1)
            sheet.words(frame.left, middle - pitch(SMALL) / 2, words, size=SMALL, colour=GREY)
        if found.immunoglobulin:
            sheet.words(MARGIN, top + 0.4 + 2 * pitch(), "Ig", size=TEXT)
        for _, days in found.immunoglobulin:
            draw_immunoglobulin(sheet, place_of(axis, frame, days)[0], top + 2.5 * pitch() + 0.4)


def place_of(
    axis: DayAxis, frame: Frame, days: tuple[float, float]
) -> tuple[float, tuple[float, float] | None]:
    """x of the middle of the days, and both ends where the day is not known."""
    low, high = (frame.left + axis.x(day) for day in days)
    return (low + high) / 2, None if days[0] == days[1] else (low, high)


def state_of(value: BCellValue) -> str:
    """Aplasia by all that could be asked, by some, by none, or not to be told."""
    if value.holds:
        return "some" if value.fails or value.open else "aplasia"
    return "not told" if value.open or not value.fails else "present"


@dataclass(frozen=True)
class Run:
    """Neighbouring values of one state whose squares would cover each other."""

    state: str
    left: float
    right: float


def runs_of(values: Sequence[tuple[float, str]]) -> tuple[Run, ...]:
    """The values (x in mm, state) from left to right, those that touch as one."""
    runs: list[Run] = []
    for x, state in sorted(values):
        last = runs[-1] if runs else None
        if last and last.state == state in _FILLS and x - last.right < 2 * _HALF:
            runs[-1] = Run(state, last.left, x)
        else:
            runs.append(Run(state, x, x))
    return tuple(runs)


def draw_run(sheet: Sheet, run: Run, y: float) -> None:
    """A symbol, drawn out from its first to its last value."""
    if run.left == run.right:
        draw_state(sheet, run.left, y, run.state)
        return
    box = Box(run.left - _HALF, y - _HALF, run.right + _HALF, y + _HALF)
    full = run.state == "present"
    sheet.box(box, facecolor=INK if full else PAPER, linewidth=0.8, zorder=5)
    if run.state == "some":
        sheet.box(replace(box, top=y), facecolor=INK, linewidth=0.0, zorder=5)


def draw_state(sheet: Sheet, x: float, y: float, state: str) -> None:
    """A square: full where B cells are there, open in aplasia, half where definitions differ."""
    if state == "not told":
        sheet.marker(x, y, "x", markersize=3.6, markeredgecolor=INK)
        return
    fill = _FILLS[state]
    style: dict[str, Any] = {"markeredgecolor": INK, "markersize": 4.2, "markeredgewidth": 0.8}
    if fill == "none":
        sheet.marker(x, y, "s", markerfacecolor=PAPER, **style)
    else:
        style |= {"markerfacecolor": INK, "markerfacecoloralt": PAPER}
        sheet.marker(x, y, "s", fillstyle=fill, **style)


def draw_immunoglobulin(sheet: Sheet, x: float, y: float) -> None:
    """A small filled diamond."""
    sheet.marker(x, y, "d", markersize=3.6, markerfacecolor=GREY, markeredgecolor=GREY)


def strip_entries(labels: Sequence[BCellLabel]) -> Iterator[Entry]:
    """What the marks mean: by which definition, in the order of first appearance."""
    told: dict[str, dict[str, None]] = {}
    unsure, first = set[str](), frozenset[str]()
    for one in labels:
        rules = {by.rule.id: by.rule for by in one.b_cells.by}
        for value in one.b_cells.values:
            asked = frozenset((*value.holds, *value.fails))
            again = bool(told) and asked == first and not value.open
            first = first if told else asked
            words = _same_asked(value, rules) if again else f"B cells: {state_words(value, rules)}"
            state = told.setdefault(state_of(value), {})
            if not (again and state):
                state[words] = None
            unsure |= {rules[name].provenance for name in asked} - set(_SURE)
    for name, said in told.items():
        yield Entry("; or ".join(said), partial(_state_picture, state=name))
    if any(one.b_cells.immunoglobulin for one in labels):
        yield Entry(IMMUNOGLOBULIN, draw_immunoglobulin)
    causes = [words for one in labels if one.b_cells.values for words in _other_causes(one.b_cells)]
    if causes:
        yield Entry(f"also lower B cells: {', '.join(dict.fromkeys(causes))}", None)
    if unsure:
        yield Entry(f"‡ {_UNSURE.get(frozenset(unsure), _EITHER)}", None)


def _other_causes(found: BCellCourse) -> Iterator[str]:
    """Therapy after the infusion, with its day where that is known; what came before it is left."""
    for cause in found.other_causes:
        if not cause.before:
            first = cause.days[0] if cause.days else None
            when = "" if first is None else f" from day {first:g}"
            yield f"{cause.words}{when}"


def _state_picture(sheet: Sheet, x: float, y: float, *, state: str) -> None:
    draw_state(sheet, x, y, state)


def state_words(value: BCellValue, rules: dict[str, Rule]) -> str:
    """``aplasia by <50/µL, not by <20/µL``."""
    holds, fails, unknown = (
        ", ".join(limit_words(rules[name]) for name in names)
        for names in (value.holds, value.fails, value.open)
    )
    parts = [f"aplasia by {holds}" if holds else "", f"not by {fails}" if fails and holds else ""]
    if fails and not holds:
        parts.append(f"no aplasia by {fails}")
    if unknown:
        parts.append(f"not told by {unknown}")
    return ", ".join(part for part in parts if part)


def _same_asked(value: BCellValue, rules: dict[str, Rule]) -> str:
    """As `state_words` beside an entry that names the definitions asked: ``no aplasia``."""
    if not value.holds:
        return "no aplasia"
    limits = ", ".join(limit_words(rules[name]) for name in value.holds)
    return f"aplasia by {limits} only" if value.fails else "aplasia"


def limit_words(rule: Rule) -> str:
    """``<20/µL‡``."""
    limit = quantity_words(rule.limit) if isinstance(rule.limit, Quantity) else rule.text
    return f"<{limit}{'' if rule.provenance in _SURE else '‡'}"
