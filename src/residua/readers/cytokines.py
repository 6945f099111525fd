"""Opens a table of cytokine concentrations, whichever form it has, told apart by content."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from residua.errors import Fault, InputError
from residua.facts.cytokine_table import CytokinePlate
from residua.readers.cba import NAMED as CBA
from residua.readers.cba import cba_plate
from residua.readers.cytokine_columns import Header, find_header
from residua.readers.grids import Grid, Grids, read_grids
from residua.readers.legendplex import NAMED as LEGENDPLEX
from residua.readers.legendplex import is_legendplex, legendplex_plate
from residua.readers.xponent import is_xponent, xponent_plate

_FORMS = (
    "an xPONENT export (DataType: blocks), or a table with a column of samples "
    "and columns named by cytokine (CBA, LEGENDplex)"
)


def read_cytokines(
    path: Path | str, *, unit: str | None = None, sheet: str | None = None, name: str | None = None
) -> CytokinePlate:
    """The wells of a table: text (comma, semicolon, tab; UTF-8, UTF-16) or xlsx.

    `unit` of the table of units stands where the file names none, `sheet` for a workbook with
    several. Raises `InputError` with every fault of the file, or where no form is recognised.
    """
    called = name or Path(path).name
    file = read_grids(path, name=called, sheet=sheet)
    plate = _plate(file, unit)
    if not plate.wells:
        do = "export the samples too"
        raise InputError(Fault(called, "the table", "at least one sample", "controls only", do))
    return replace(plate, notes=(*file.notes, *plate.notes))


def _plate(file: Grids, unit: str | None) -> CytokinePlate:
    for grid in file.grids:
        if is_xponent(grid):
            return xponent_plate(grid, name=file.name, unit=unit)
    for grid in file.grids:
        header = find_header(grid)
        if header is not None:
            return _sample_rows(grid, header, file.name, unit)
    if file.faults:
        raise InputError(file.faults)
    do = "export the concentrations as CSV, or write them in cytokines.csv"
    raise InputError(Fault(file.name, "the table", _FORMS, "none of these", do))


def _sample_rows(grid: Grid, header: Header, name: str, unit: str | None) -> CytokinePlate:
    words = " ".join(cell for row in grid[: header.at + 1] for cell in row.filled)
    cba = CBA.search(words) is not None
    if LEGENDPLEX.search(words) or (is_legendplex(header) and not cba):
        return legendplex_plate(grid, header, name=name, unit=unit)
    return cba_plate(grid, header, name=name, unit=unit, named=cba)
