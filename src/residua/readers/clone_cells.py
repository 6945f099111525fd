"""A table of clonal cells by sequencing with a spike-in: cells of the clone of so many in all.

The columns are Residua's own: no form that a laboratory exports is public. Each row is one
sequence that is followed in one sample.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from residua.errors import Fault, InputError
from residua.facts.clonotype import CloneCells
from residua.readers.own_columns import each_row, filled, header_faults, needed_number
from residua.readers.tables import Table, TableRow, read_table

COLUMNS = ("sample", "date", "clone", "locus", "cells", "total_cells")
_NEEDED = ("sample", "clone", "cells", "total_cells")


def is_clone_cells(columns: tuple[str, ...]) -> bool:
    """Whether a table with these columns is one of clonal cells."""
    return "total_cells" in {column.strip().lower() for column in columns}


def clone_cells(raw: bytes, *, name: str) -> tuple[CloneCells, ...]:
    """The rows of the table; raises `InputError` with every fault."""
    table = read_table(raw, name=name, known=COLUMNS)
    faults = header_faults(table, COLUMNS, _NEEDED)
    if faults:
        raise InputError(faults)
    rows, faults = each_row(table, _row, numbers=("cells", "total_cells"), thing="sample")
    if faults or (faults := list(_doubles(table, rows))):
        raise InputError(faults)
    return tuple(rows)


def _row(row: TableRow, marks: frozenset[str]) -> CloneCells:
    cells = row.cells
    filled(cells, ("sample", "clone"))
    return CloneCells(
        cells["sample"], cells.get("date", ""), cells["clone"], cells.get("locus", ""),
        needed_number(cells, "cells", marks, expected="a number of cells"),
        needed_number(cells, "total_cells", marks, expected="a number of cells"),
    )  # fmt: skip


def _doubles(table: Table, rows: Sequence[CloneCells]) -> Iterator[Fault]:
    seen: set[tuple[str, str]] = set()
    for row, one in zip(table.rows, rows, strict=True):
        if (one.sample, one.clone) in seen:
            expected, do = "each sample and clone once", "delete the second row"
            yield Fault(table.name, "clone", expected, "one twice", do, row.line)
        seen.add((one.sample, one.clone))
