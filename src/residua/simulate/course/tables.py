"""The CSV files of a made-up patient."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from residua.simulate.assumptions import assumed
from residua.simulate.course.calendar import Calendar
from residua.simulate.course.counts import LabValue
from residua.simulate.course.crs import Crs, vital_rows
from residua.simulate.course.mrd_results import MrdResult
from residua.simulate.course.person import Person
from residua.simulate.course.samples import specimen_of

_WEIGHED = ("08:00",)


def _csv(header: str, rows: Iterable[Sequence[object]]) -> str:
    lines = [",".join("" if cell is None else str(cell) for cell in row) for row in rows]
    return "\n".join((header, *lines, ""))


def labs_csv(when: Calendar, values: Sequence[LabValue]) -> str:
    """labs.csv."""
    return _csv(
        "date,analyte,value,unit,lower,upper",
        ((when.date(v.day), v.analyte, v.text, v.unit, *v.limits) for v in values),
    )


def vitals_csv(when: Calendar, person: Person, crs: Crs, random: np.random.Generator) -> str:
    """vitals.csv: size before each course that is dosed by it, and the days around the cells."""
    later = person.weight * (1 - assumed("person", "weight_lost"))
    sizes: list[tuple[int, str, str, str, str]] = []
    for day, weight in (
        (0, person.weight), (when.transplant - 7, person.weight - 1), (when.car_t - 6, later),
        (when.ino - 1, later - 0.6),
    ):  # fmt: skip
        sizes.append((day, *_WEIGHED, "weight", f"{weight:.1f}", "kg"))
        sizes.append((day, *_WEIGHED, "height", f"{person.height:.0f}", "cm"))
    around = [(when.car_t + row[0], *row[1:]) for row in vital_rows(crs, random)]
    rows = sorted([*sizes, *around], key=lambda row: (row[0], row[1]))
    return _csv("date,time,item,value,unit", ((when.date(row[0]), *row[1:]) for row in rows))


def mrd_csv(when: Calendar, results: Iterable[MrdResult]) -> str:
    """mrd.csv: what was reported as numbers; raw flow files are measured besides."""
    return _csv(
        "date,specimen,assessment,tissue,method,target,status,fraction,numerator,denominator,"
        "denominator_kind,lod,lloq",
        (_mrd_row(when, result) for result in results),
    )


def _mrd_row(when: Calendar, result: MrdResult) -> Sequence[object]:
    sample = result.sample
    fraction = None if result.fraction is None else f"{result.fraction:.2e}"
    return (
        when.date(sample.day), specimen_of(sample), sample.id if sample.assessed else None,
        sample.tissue, result.method, result.target, result.status, fraction, result.numerator,
        result.denominator, result.denominator_kind, f"{result.lod:.3g}", f"{result.lloq:.3g}",
    )  # fmt: skip
