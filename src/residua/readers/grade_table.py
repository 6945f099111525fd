"""A table of values to grade: one row a value, with its limits; other columns are carried."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.readers.decimal_marks import decimal_marks, with_point
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("standard", "version", "term", "value", "unit", "lln", "uln", "baseline")
ADDED = ("grade", "outcome", "reason")
_NUMBERS = ("value", "lln", "uln", "baseline")
_NEEDED = ("standard", "version", "term", "value", "unit")


@dataclass(frozen=True)
class GradeRow:
    """One row: its line, its cells as they stand, and those to grade with decimal points."""

    line: int
    carried: tuple[str, ...]
    cells: Mapping[str, str]


@dataclass(frozen=True)
class GradeTable:
    """The rows of one CSV; ``faults`` holds what was refused, ``notes`` what is unusual."""

    name: str
    columns: tuple[str, ...]
    separator: str
    rows: tuple[GradeRow, ...]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_grade_table(path: Path, given: tuple[str, ...] = ()) -> GradeTable:
    """The rows of `path`; `given` names columns that it may lack.

    Raises `InputError` where the file cannot be opened or lacks a column.
    """
    name = path.name
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or "an error of the file system").lower()
        fault = Fault(name, "the file", "a CSV file", reason, "name a file that can be read")
        raise InputError(fault) from error
    table = read_table(raw, name=name, known=COLUMNS)
    faults = [*table.faults, *_column_faults(table, given)]
    if faults:
        raise InputError(faults)
    numbers = [row.cells[c] for row in table.rows for c in _NUMBERS if c in row.cells]
    marks = decimal_marks(numbers)
    rows = [_row(table, row, marks, faults) for row in table.rows]
    return GradeTable(name, table.columns, table.separator, tuple(rows), table.notes, tuple(faults))


def _column_faults(table: Table, given: tuple[str, ...]) -> Iterator[Fault]:
    def fault(expected: str, received: str, do: str) -> Fault:
        return Fault(table.name, "the header", expected, received, do, table.header_line)

    for column in table.columns:
        if column in ADDED:
            yield fault("columns to grade", f"column {column!r}", "rename or delete it")
        elif column not in COLUMNS:
            close = difflib.get_close_matches(column.lower(), COLUMNS, n=1, cutoff=0.8)
            if close:
                yield fault("a known column", "a misspelt one", f"write {close[0]!r}")
    if not table.faults:
        for column in _NEEDED:
            if column not in table.columns and column not in given:
                yield fault(f"column {column!r}", "none", f"add it: {', '.join(COLUMNS)}")


def _row(table: Table, row: TableRow, marks: frozenset[str], faults: list[Fault]) -> GradeRow:
    cells: dict[str, str] = {}
    for column in COLUMNS:
        if column not in row.cells:
            continue
        cell = row.cells[column]
        try:
            cells[column] = with_point(cell, marks) if column in _NUMBERS else cell
        except ValueFault as fault:
            faults.append(fault.at(table.name, column, row.line))
    return GradeRow(row.line, tuple(row.cells.get(c, "") for c in table.columns), cells)
