"""Which cytokine values belong to which infusion of CAR-T cells, and what follows from them.

Ferritin and CRP, which the laboratory reports, stand beside them. Without such an infusion there
is no curve: no other day of a course is a day 0 that peaks and folds could be counted from.
"""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, Range
from residua.course.cytokine_curve import CytokineCurve, LeftOut
from residua.course.lab_series import days_after, of_blood
from residua.course.placing import Placed
from residua.facts.laboratory import Cytokine, Lab
from residua.facts.quantity import Quantity
from residua.facts.treatment import CellInfusion, Treatment
from residua.measures.analyte_value import AnalyteValue, analyte_value
from residua.measures.cytokine_kinetics import measure_cytokine
from residua.standards.rulebook import load

LABORATORY = {"ferritin": "ug/L", "crp": "mg/L"}
"""Analytes of the laboratory that stand beside cytokines, in their usual units."""
_UNITS = {
    "mass concentration": "pg/mL",
    "molar concentration": "pmol/L",
    "international units concentration": "[IU]/mL",
}
_AGAINST_EFFECTS = {
    "tocilizumab", "siltuximab", "anakinra", "dexamethasone", "methylprednisolone", "prednisone",
    "prednisolone", "hydrocortisone",
}  # fmt: skip
NO_DATE = "its day since the infusion is not known"
OUTSIDE = "its day may lie outside of the window or after the next therapy"


@dataclass(frozen=True)
class _Window:
    """Days since the infusion that count; values from `until` on are those of the therapy `by`."""

    first: int
    last: int
    until: int | None
    by: str


@dataclass(frozen=True)
class _Group:
    """Values of one analyte in units of one kind."""

    analyte: str
    unit: str
    rows: tuple[tuple[Placed, Cytokine | Lab], ...]


def cytokine_curves(course: Course) -> tuple[CytokineCurve, ...]:
    """A curve for each CAR-T infusion, analyte and kind of unit, in the order of the course.

    A cytokine whose every value is left out has a curve without values, which says so.
    """
    groups = _groups(course)
    infusions = [item.id for item, fact in course.of(CellInfusion) if fact.kind == "car-t"]
    found = (_curve(course, name, group) for name in infusions for group in groups)
    return tuple(curve for curve in found if curve is not None)


def _groups(course: Course) -> tuple[_Group, ...]:
    """Cytokines by name and kind of unit, the laboratory's analytes last.

    Amounts and activities of one cytokine stand apart: nothing converts one into the other.
    """
    rows: dict[tuple[str, str], list[tuple[Placed, Cytokine | Lab]]] = {}
    for item, fact in course.of(Cytokine, Lab):
        if not isinstance(fact, (Cytokine, Lab)) or fact.value is None:
            continue
        key = fact.analyte
        if isinstance(fact, Lab) and (key not in LABORATORY or not of_blood(course, fact)):
            continue
        unit = LABORATORY.get(key) or _UNITS[fact.value.kind]
        if key in LABORATORY and fact.value.kind != "mass concentration":
            unit = _UNITS[fact.value.kind]
        rows.setdefault((key, unit), []).append((item, fact))
    ordered = sorted(rows, key=lambda pair: pair[0] in LABORATORY)
    return tuple(_Group(key, unit, tuple(rows[key, unit])) for key, unit in ordered)


def _curve(course: Course, infusion: str, group: _Group) -> CytokineCurve | None:
    window = _window(course, infusion)
    found: list[tuple[str, AnalyteValue]] = []
    left_out: list[LeftOut] = []
    for item, fact in group.rows:
        said = _said(fact, days_after(course, infusion, item.id), window, group.unit)
        if isinstance(said, AnalyteValue):
            found.append((item.id, said))
        elif said:
            left_out.append(LeftOut(item.id, said))
    if not found and (group.analyte in LABORATORY or not left_out):
        return None
    values = tuple(value for _, value in found)
    facts = tuple(name for name, _ in found)
    marked = any(course.by_id[name].fact.simulated for name in (infusion, *facts))
    return CytokineCurve(
        infusion, group.analyte, facts, course.case.simulated or marked, values,
        measure_cytokine(values, unit=group.unit, baseline_window=-window.first),
        group.analyte in LABORATORY, window.until, window.by, tuple(left_out),
    )  # fmt: skip


def _said(
    fact: Cytokine | Lab, days: Range, window: _Window, unit: str
) -> AnalyteValue | str | None:
    """The value on its days, why it is left out, or None where it is not of this infusion."""
    low, high = days.shortest, days.longest
    if low is None or high is None:
        return NO_DATE
    last = window.last if window.until is None else min(window.last, window.until - 1)
    if high < window.first or low > last:
        return None
    if low < window.first or high > last:
        return OUTSIDE
    assert isinstance(fact.value, Quantity)  # rows without a value are no rows of a group
    lloq, uloq = (fact.lloq, fact.uloq) if isinstance(fact, Cytokine) else (None, None)
    return analyte_value(
        fact.value, low, high, unit=unit, lloq=lloq, uloq=uloq, clock=_hours(fact.time)
    )


def _hours(clock: str | None) -> float | None:
    """Hours since midnight of ``08:30`` or ``08:30:15``."""
    if clock is None:
        return None
    parts = [int(part) for part in clock.split(":")]
    return sum(part / float(60**place) for place, part in enumerate(parts))


def _window(course: Course, infusion: str) -> _Window:
    """Up to the next therapy that surely begins after the infusion, or to the stated day."""
    book = load("conventions")
    first, last = (
        int(Quantity.parse(book[rule].limit).value)
        for rule in ("cytokine-baseline-window", "cytokine-window")
    )
    later: list[tuple[int, str]] = []
    for item in course.therapies:
        begins = days_after(course, infusion, item.id).shortest
        if begins is not None and begins > 0 and not _against_effects(item):
            later.append((begins, item.id))
    until, by = min(later, default=(None, ""))
    return _Window(-first, last, until, by)


def _against_effects(item: Placed) -> bool:
    """Whether a treatment holds nothing but drugs that are given against CRS and ICANS."""
    if not isinstance(item.fact, Treatment):
        return False
    names = {drug.name.lower() for drug in item.fact.drugs} or {item.fact.regimen.lower()}
    return all(name.removesuffix("-crs") in _AGAINST_EFFECTS for name in names)
