"""Tables whose columns are Residua's own: their header, their rows, the numbers in them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Protocol, TypeVar

from residua.errors import Fault, ValueFault, nearest
from residua.readers.decimal_marks import decimal_marks, with_point
from residua.readers.tables import Table, TableRow

Made = TypeVar("Made")


def header_faults(table: Table, columns: Sequence[str], needed: Collection[str]) -> list[Fault]:
    """What is wrong with the header: the table's own faults, else columns unknown or missing."""
    if table.faults:
        return list(table.faults)
    unknown = [column for column in table.columns if column and column not in columns]
    missing = [column for column in needed if column not in table.columns]
    do = f"add it: {', '.join(columns)}"
    return [
        *(
            header_fault(table, "known columns", "another one", nearest(c, columns))
            for c in unknown
        ),
        *(header_fault(table, f"column {c!r}", "none", do) for c in missing),
    ]


def header_fault(table: Table, expected: str, received: str, do: str) -> Fault:
    """A fault of the header, with its line."""
    return Fault(table.name, "the header", expected, received, do, table.header_line)


def each_row(
    table: Table,
    make: Callable[[TableRow, frozenset[str]], Made],
    *,
    numbers: Collection[str],
    thing: str,
) -> tuple[list[Made], list[Fault]]:
    """What `make` makes of every row and the decimal marks of the columns `numbers`; the faults.

    `thing` is what a row holds; a table without any is a fault.
    """
    cells = (row.cells[c] for row in table.rows for c in numbers if c in row.cells)
    marks = decimal_marks(cells)
    made: list[Made] = []
    faults: list[Fault] = []
    for row in table.rows:
        try:
            made.append(make(row, marks))
        except ValueFault as fault:
            faults.append(fault.at(table.name, fault.field or "the row", row.line))
    if not table.rows:
        faults = [
            Fault(table.name, "the table", f"at least one {thing}", "none", f"add the {thing}s")
        ]
    return made, faults


def filled(cells: Mapping[str, str], columns: Collection[str]) -> None:
    """Raises `ValueFault` unless every one of `columns` holds something."""
    for column in columns:
        if column not in cells:
            raise ValueFault("a text", "an empty cell", "fill it in", field=column)


def number_in(
    cells: Mapping[str, str], column: str, marks: frozenset[str], *, expected: str
) -> float | None:
    """The number in a cell, None where it is empty; `marks` as in `decimal_marks`.

    Raises `ValueFault` naming the column for what is no number, or could be read two ways.
    """
    text = cells.get(column)
    if text is None:
        return None
    try:
        return float(with_point(text, marks))
    except ValueFault as fault:
        raise ValueFault(fault.expected, fault.received, fault.do, field=column) from fault
    except ValueError:
        received = "a number with a unit or sign" if text[:1].isdigit() else "a text"
        raise ValueFault(expected, received, "write the number only", field=column) from None


def needed_number(
    cells: Mapping[str, str], column: str, marks: frozenset[str], *, expected: str
) -> float:
    """The number in a cell that must not be empty; raises as `number_in`."""
    number = number_in(cells, column, marks, expected=expected)
    if number is None:
        raise ValueFault(expected, "an empty cell", "fill it in", field=column)
    return number


class OfTarget(Protocol):
    """What a well of a plate with several targets says."""

    @property
    def well(self) -> str:
        """Its place on the plate."""

    @property
    def target(self) -> str:
        """What was measured in it."""


def each_well_once(table: Table, wells: Sequence[OfTarget]) -> Iterator[Fault]:
    """Faults of wells that state one target twice; `wells` are the rows of `table`, in order."""
    seen: set[tuple[str, str]] = set()
    for row, well in zip(table.rows, wells, strict=True):
        key = (well.well.upper(), well.target)
        if key in seen:
            expected, do = "each well and target once", "delete the second row"
            yield Fault(table.name, "well", expected, "one twice", do, row.line)
        seen.add(key)
