"""The wells of a table with one sample a row, whichever software wrote it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from residua.errors import Fault, InputError, ValueFault
from residua.facts.cytokine_table import CytokinePlate, CytokineWell, Form
from residua.readers.cytokine_cells import marks_of, read_cell
from residua.readers.cytokine_columns import Column, Header, unit_in
from residua.readers.cytokine_controls import is_control
from residua.readers.grids import Grid, GridRow

_NO_UNIT = "give it with --unit, or unit in beads.toml"


@dataclass(frozen=True)
class _Body:
    header: Header
    columns: tuple[Column, ...]
    rows: tuple[GridRow, ...]
    notes: tuple[str, ...]


def plate_of_rows(
    grid: Grid, header: Header, *, name: str, form: Form, unit: str | None,
    standards: Collection[str] = (),
) -> CytokinePlate:  # fmt: skip
    """The wells below `header`; `standards` are names of standards besides the usual ones.

    The unit of a column is that of its name, else of the row of units below it, else of the
    lines above the table, else `unit`. Raises `InputError` with every fault.
    """
    body = _body(grid, header, unit)
    faults = [*_column_faults(body, name), *_row_faults(body, name)]
    if faults:
        raise InputError(faults)
    marks = marks_of(row.cell(c.place) for row in body.rows for c in body.columns)
    usual = {row.cell(header.sample) for row in body.rows}
    left_out = {s for s in usual if is_control(s) or s in standards}
    taken = [row for row in body.rows if row.cell(header.sample) not in left_out]
    wells = tuple(_wells(taken, body, marks, name, faults))
    if faults:
        raise InputError(faults)
    ordered = tuple(dict.fromkeys(row.cell(header.sample) for row in body.rows))
    out = tuple(sample for sample in ordered if sample in left_out)
    return CytokinePlate(name, form, wells, left_out=out, notes=body.notes)


def _body(grid: Grid, header: Header, unit: str | None) -> _Body:
    above = [cell for row in grid[: header.at] for cell in row.filled]
    told = next((found for cell in above if (found := unit_in(cell))), unit)
    below = grid[header.at + 1 :]
    columns, rest = header.columns, below
    if below and _is_units(below[0], header):
        row, rest = below[0], below[1:]
        columns = tuple(replace(c, unit=c.unit or unit_in(row.cell(c.place))) for c in columns)
    kept = tuple(column for column in columns if column.unit or column.sure)
    if not any(column.unit for column in columns):
        kept = tuple(replace(column, unit=told) for column in kept)
    rows = tuple(row for row in rest if any(row.cell(c.place) for c in kept))
    notes = []
    if len(rows) < len(rest):
        lines = ", ".join(str(row.line) for row in rest if row not in rows)
        notes.append(f"rows without values left out: line {lines}")
    unknown = [column.spoken for column in columns if not (column.unit or column.sure)]
    if unknown:
        notes.append(
            f"columns without a unit, a bead or a known name left out: {', '.join(unknown)}"
        )
    return _Body(header, kept, rows, tuple(notes))


def _is_units(row: GridRow, header: Header) -> bool:
    """Whether every filled cell under an analyte is a unit and nothing else."""
    cells = [row.cell(column.place) for column in header.columns]
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(unit_in(c) and not any(map(str.isdigit, c)) for c in filled)


def _column_faults(body: _Body, name: str) -> Iterator[Fault]:
    line = body.header.row.line
    seen: set[str] = set()
    unitless = [column for column in body.columns if column.unit is None]
    if len(unitless) == len(body.columns) > 1:
        yield Fault(name, "the analytes", "the unit of concentrations", "none", _NO_UNIT, line)
        unitless = []
    for column in body.columns:
        if column in unitless:
            yield Fault(name, column.spoken, "the unit of the analyte", "none", _NO_UNIT, line)
        if column.analyte in seen:
            do = "delete one of its columns"
            yield Fault(name, column.spoken, "each analyte once", "one again", do, line)
        seen.add(column.analyte)


def _row_faults(body: _Body, name: str) -> Iterator[Fault]:
    last = max((column.place for column in body.columns), default=0)
    if not body.rows:
        do = "export the samples"
        yield Fault(name, "the table", "at least one sample", "none", do, body.header.row.line)
    for row in body.rows:
        if not row.cell(body.header.sample):
            do = "name the sample, or delete the row"
            yield Fault(name, "the row", "the name of a sample", "an empty cell", do, row.line)
        if len(row.cells) <= last:
            do = "fill up missing cells, or export the file again: it breaks off"
            received = f"{len(row.cells)}"
            yield Fault(name, "the row", f"{last + 1} cells", received, do, row.line)


def _wells(
    rows: list[GridRow], body: _Body, marks: frozenset[str], name: str, faults: list[Fault]
) -> Iterator[CytokineWell]:
    for row in rows:
        for column in body.columns:
            try:
                reading, said = read_cell(row.cell(column.place), marks)
                if said not in (None, column.unit):
                    expected = f"{column.unit}, as its other values"
                    raise ValueFault(expected, "another unit", "convert it")
            except ValueFault as fault:
                faults.append(fault.at(name, column.spoken, row.line))
                continue
            sample = row.cell(body.header.sample)
            unit = column.unit or ""
            yield CytokineWell(sample, column.analyte, unit, reading, line=row.line)
