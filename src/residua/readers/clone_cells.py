"""A table of clonal cells by sequencing with a spike-in: cells of the clone of so many in all.

The columns are Residua's own: no form that a laboratory exports is public. Each row is one
sequence that is followed in one sample.
"""

from __future__ import annotations

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.clonotype import CloneCells
from residua.readers.decimal_marks import decimal_marks, with_point
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("sample", "date", "clone", "locus", "cells", "total_cells")
_NEEDED = ("sample", "clone", "cells", "total_cells")


def is_clone_cells(columns: tuple[str, ...]) -> bool:
    """Whether a table with these columns is one of clonal cells."""
    return "total_cells" in {column.strip().lower() for column in columns}


def clone_cells(raw: bytes, *, name: str) -> tuple[CloneCells, ...]:
    """The rows of the table; raises `InputError` with every fault."""
    table = read_table(raw, name=name, known=COLUMNS)
    faults = [*table.faults] or _header_faults(table)
    if faults:
        raise InputError(faults)
    numbers = ("cells", "total_cells")
    marks = decimal_marks(row.cells[c] for row in table.rows for c in numbers if c in row.cells)
    found: dict[tuple[str, str], CloneCells] = {}
    for row in table.rows:
        try:
            one = _row(row, marks)
            if (one.sample, one.clone) in found:
                expected, do = "each sample and clone once", "delete the second row"
                raise ValueFault(expected, "one twice", do, field="clone")
            found[one.sample, one.clone] = one
        except ValueFault as fault:
            faults.append(fault.at(name, fault.field or "the row", row.line))
    if not faults and not found:
        faults = [Fault(name, "the table", "at least one sample", "none", "add the samples")]
    if faults:
        raise InputError(faults)
    return tuple(found.values())


def _header_faults(table: Table) -> list[Fault]:
    def fault(expected: str, received: str, do: str) -> Fault:
        return Fault(table.name, "the header", expected, received, do, table.header_line)

    return [
        *(
            fault("known columns", "another one", nearest(c, COLUMNS))
            for c in table.columns
            if c and c not in COLUMNS
        ),
        *(
            fault(f"column {c!r}", "none", f"add it: {', '.join(COLUMNS)}")
            for c in _NEEDED
            if c not in table.columns
        ),
    ]


def _row(row: TableRow, marks: frozenset[str]) -> CloneCells:
    cells = row.cells
    for column in ("sample", "clone"):
        if column not in cells:
            raise ValueFault("a text", "an empty cell", "fill it in", field=column)
    return CloneCells(
        cells["sample"], cells.get("date", ""), cells["clone"], cells.get("locus", ""),
        _number(row, "cells", marks), _number(row, "total_cells", marks),
    )  # fmt: skip


def _number(row: TableRow, column: str, marks: frozenset[str]) -> float:
    text = row.cells.get(column)
    if text is None:
        raise ValueFault("a number of cells", "an empty cell", "fill it in", field=column)
    try:
        return float(with_point(text, marks))
    except ValueError:
        raise ValueFault("a number of cells", "a text", "correct it", field=column) from None
