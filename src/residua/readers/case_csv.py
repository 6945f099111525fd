"""The CSV tables of a case folder: labs, vitals, mrd, transgene, cytokines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from residua.errors import Fault, ValueFault, nearest
from residua.facts.case import CSV_TABLES
from residua.readers.case_rows import Place, Row, columns_of, make_row
from residua.readers.case_toml import made_id
from residua.readers.decimal_marks import decimal_marks, with_point
from residua.readers.tables import Table, TableRow, read_table

NUMBERS = frozenset(
    {"value", "lower", "upper", "lloq", "uloq", "lod", "fraction", "numerator", "denominator"}
)


@dataclass(frozen=True)
class CaseCsv:
    """The rows of one CSV with its faults and notes."""

    rows: tuple[Row, ...] = ()
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()


def read_case_csv(
    raw: bytes, *, file: str, name: str, first: int = 1, simulated: bool = False
) -> CaseCsv:
    """The rows of the CSV `file` (a key of CSV_TABLES); `name` is how faults call it.

    `first` is the number of its first row in made ids. Never raises for bad input.
    """
    table = CSV_TABLES[file]
    known = columns_of(table)
    content = read_table(raw, name=name, known=known)
    faults = [*content.faults, *_column_faults(content, known)]
    notes = tuple(f"{name}: {note}" for note in content.notes)
    if faults and not set(content.columns) & set(known):
        return CaseCsv(faults=tuple(faults), notes=notes)
    rows: list[Row] = []
    numeric = [column for column in content.columns if column in NUMBERS]
    marks = decimal_marks(
        row.cells[column] for row in content.rows for column in numeric if column in row.cells
    )
    for number, row in enumerate(content.rows, first):
        place = Place(name, row.line)
        cells, problems = _cells(row, known, marks)
        faults.extend(place.fault((column,), problem) for column, problem in problems)
        made, origin = made_id(table, number), f"{file}:{row.line}"
        result, found = make_row(
            table, cells, place, made_id=made, source=origin, simulated=simulated
        )
        rows.append(result)
        faults.extend(found)
    return CaseCsv(tuple(rows), tuple(faults), notes)


def _column_faults(content: Table, known: tuple[str, ...]) -> Iterator[Fault]:
    place = Place(content.name, content.header_line, "the header")
    if content.columns and not set(content.columns) & set(known):
        do = f"begin with a row of column names: {', '.join(known)}"
        yield place.fault((), ValueFault("a row of column names", "no known column", do))
        return
    for column in content.columns:
        if column and column not in known:
            problem = ValueFault("a known column", f"column {column!r}", nearest(column, known))
            yield place.fault((), problem)


def _cells(
    row: TableRow, known: tuple[str, ...], marks: frozenset[str]
) -> tuple[Mapping[str, str], list[tuple[str, ValueFault]]]:
    """The cells with decimal points, and those numbers that cannot be read one way."""
    cells: dict[str, str] = {}
    problems: list[tuple[str, ValueFault]] = []
    for column, cell in row.cells.items():
        if column not in known:
            continue
        try:
            cells[column] = with_point(cell, marks) if column in NUMBERS else cell
        except ValueFault as problem:
            problems.append((column, problem))
    return cells, problems
