"""`residua grade`: one value or one set of findings, or a whole table of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, UsageError, ValueFault
from residua.facts.quantity import Quantity
from residua.main.graders import grader_of
from residua.readers.grade_table import GradeTable, read_grade_table
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

NUMBERS = ("value", "lln", "uln", "baseline")
_NAMES = frozenset({"standard", "version", "term", "finding"})


@dataclass(frozen=True)
class GradedTable:
    """A table with the grade of each of its rows, in order."""

    table: GradeTable
    gradings: tuple[Grading, ...]


def grade_row(cells: Mapping[str, str], findings: Mapping[str, str] | None = None) -> Grading:
    """Grade one row: standard, version, term, value, unit, lln, uln, baseline, all as written.

    Limits stand in the unit of the value unless they name their own. Raises ValueFault.
    """
    grader = grader_of(cells.get("standard", ""), cells.get("version", ""))
    unit = cells.get("unit")
    numbers = {name: _quantity(name, cells[name], unit) for name in NUMBERS if cells.get(name)}
    return grader(cells.get("term", ""), GradeInputs(**numbers, findings=dict(findings or {})))


def _quantity(name: str, raw: str, unit: str | None) -> Quantity:
    try:
        return Quantity.parse(raw, default_unit=unit)
    except ValueFault as fault:
        field = "unit" if fault.expected.startswith("a unit") else name
        raise ValueFault(fault.expected, fault.received, fault.do, field=field) from fault


def grade_value(cells: Mapping[str, str], findings: Mapping[str, str]) -> Grading:
    """Grade what the command line gives.

    Raises `UsageError` for a standard, version, term or finding that is not known, and
    `InputError` for a value or unit that cannot be graded.
    """
    try:
        return grade_row(cells, findings)
    except ValueFault as fault:
        if fault.field in _NAMES:
            raise UsageError(str(fault)) from fault
        raise InputError(fault.at("the command line", f"--{fault.field or 'value'}")) from fault


def grade_table(path: Path, defaults: Mapping[str, str] | None = None) -> GradedTable:
    """Grade every row of a CSV; `defaults` serve columns that it lacks.

    Raises `InputError` with every fault of the table, and no grade, where it has any.
    """
    table = read_grade_table(path, tuple(defaults or {}))
    faults, gradings = list(table.faults), []
    for row in table.rows:
        try:
            gradings.append(grade_row({**(defaults or {}), **row.cells}))
        except ValueFault as fault:
            faults.append(_fault(table, fault, row.line))
    if faults:
        raise InputError(faults)
    return GradedTable(table, tuple(gradings))


def _fault(table: GradeTable, fault: ValueFault, line: int) -> Fault:
    return fault.at(table.name, fault.field or "the row", line)
