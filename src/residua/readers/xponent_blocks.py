"""The blocks of an xPONENT file: each begins with ``DataType:`` and holds one kind of value."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from residua.errors import Fault, InputError, ValueFault
from residua.facts.cytokine_names import canonical_cytokine
from residua.readers.cytokine_cells import marks_of, number_of
from residua.readers.grids import Grid, GridRow

BEGINS = "datatype:"
_ENDS = "-- crc --"
STANDARDS = "standard expected concentration"
_REAGENTS = (STANDARDS, "control expected concentration", "control range - low",
             "control range - high")  # fmt: skip
NO_ANALYTE = frozenset({"", "location", "sample", "reagent", "total events", "notes"})


@dataclass(frozen=True)
class Block:
    """One kind of value: its name, the row of column names and the rows below."""

    name: str
    line: int
    header: GridRow
    rows: tuple[GridRow, ...]

    @property
    def analytes(self) -> dict[str, int]:
        """Name as in the file -> place, in order."""
        names = self.header.filled
        return {n: p for p, n in enumerate(names) if n.lower() not in NO_ANALYTE}

    def place(self, column: str) -> int | None:
        """The place of a column by its name."""
        names = [name.lower() for name in self.header.cells]
        return names.index(column) if column in names else None


def read_blocks(grid: Grid, name: str) -> dict[str, Block]:
    """The blocks by their name in lower case; raises for one that stands twice."""
    starts = [n for n, row in enumerate(grid) if row.cell(0).lower() == BEGINS]
    ends = [n for n, row in enumerate(grid) if row.cell(0).lower() == _ENDS]
    stop = min((n for n in ends if starts and n > starts[-1]), default=len(grid))
    found: dict[str, Block] = {}
    for start, end in zip(starts, [*starts[1:], stop], strict=True):
        row, below = grid[start], grid[start + 1 : end]
        if row.cell(1).lower() in found:
            do = "export one batch a file"
            fault = Fault(name, row.cell(1), "each block once", "one again", do, row.line)
            raise InputError(fault)
        if below:
            found[row.cell(1).lower()] = Block(row.cell(1), row.line, below[0], below[1:])
    return found


def listed_controls(blocks: Mapping[str, Block]) -> frozenset[str]:
    """The names of standards and controls that the file lists itself, in lower case."""
    listed = (blocks[key] for key in _REAGENTS if key in blocks)
    return frozenset(row.cell(0).lower() for block in listed for row in block.rows if row.cell(0))


def standard_ranges(block: Block | None) -> dict[str, tuple[Decimal, Decimal]]:
    """The lowest and highest standard above zero of each analyte."""
    if block is None:
        return {}
    marks = marks_of(cell for row in block.rows for cell in row.cells[1:])
    found = {}
    for analyte, place in block.analytes.items():
        numbers = [n for row in block.rows if (n := _positive(row.cell(place), marks)) is not None]
        if len(numbers) > 1:
            found[canonical_cytokine(analyte)] = (min(numbers), max(numbers))
    return found


def _positive(text: str, marks: frozenset[str]) -> Decimal | None:
    try:
        number = number_of(re.sub(r"[^\d.,eE+-].*", "", text.strip()), marks)
    except ValueFault:
        return None
    return number if number.is_finite() and number > 0 else None


def well_of(location: str) -> str:
    """``A1`` of ``3(1,A1)``."""
    found = re.search(r"([A-P]\d{1,2})\)?\Z", location)
    return found[1] if found else location


def bead_counts(block: Block | None) -> dict[tuple[str, str], int]:
    """(location, analyte) -> beads counted; nothing where the block names no locations."""
    located = block.place("location") if block else None
    if block is None or located is None:
        return {}
    return {
        (row.cell(located), analyte): int(float(row.cell(place)))
        for row in block.rows
        for analyte, place in block.analytes.items()
        if re.fullmatch(r"\d{1,9}(\.0+)?", row.cell(place))
    }


def dilution_factors(block: Block | None) -> dict[str, Decimal]:
    """Location -> the factor by which the sample was diluted, as the file names it."""
    located = block.place("location") if block else None
    factor = block.place("dilution factor") if block else None
    if block is None or located is None or factor is None:
        return {}
    told = {row.cell(located): _positive(row.cell(factor), frozenset()) for row in block.rows}
    return {location: number for location, number in told.items() if number is not None}
