"""Luminex xPONENT: concentrations are the block ``Result``, else ``Avg Result``.

The blocks ``Units``, ``Count``, ``Standard Expected Concentration`` and ``Dilution Factor`` say
more of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from residua.errors import Fault, InputError, ValueFault
from residua.facts.cytokine_names import canonical_cytokine, is_known_cytokine
from residua.facts.cytokine_table import CytokinePlate, CytokineWell
from residua.readers.cytokine_cells import marks_of, read_cell, unit_of
from residua.readers.cytokine_columns import spoken_column
from residua.readers.cytokine_controls import is_control
from residua.readers.grids import Grid, GridRow
from residua.readers.xponent_blocks import (
    BEGINS,
    NO_ANALYTE,
    STANDARDS,
    Block,
    bead_counts,
    dilution_factors,
    listed_controls,
    read_blocks,
    standard_ranges,
    well_of,
)

_COUNT = re.compile(r"[0-9]{1,6}")
_RESULTS = ("result", "avg result")
_NO_UNIT = "give it with --unit, or unit in beads.toml"


@dataclass(frozen=True)
class _Results:
    """The block of concentrations with what the other blocks say of its wells."""

    name: str
    block: Block
    units: Mapping[str, str]
    marks: frozenset[str]
    controls: frozenset[str]
    beads: Mapping[tuple[str, str], int]
    dilutions: Mapping[str, Decimal]

    def left_out(self, sample: str) -> bool:
        """Whether a name is that of a standard, blank or control."""
        return sample.lower() in self.controls or is_control(sample)


def is_xponent(grid: Grid) -> bool:
    """Whether any row begins a block."""
    return any(row.cell(0).lower() == BEGINS and len(row.filled) > 1 for row in grid)


def xponent_plate(grid: Grid, *, name: str, unit: str | None = None) -> CytokinePlate:
    """The wells of the samples; `unit` stands where the file names none.

    Raises `InputError` with every fault of the file.
    """
    blocks = read_blocks(grid, name)
    block = _results(blocks, name)
    faults = [*_header_faults(block, name), *_short_rows(block, grid, name)]
    if faults:
        raise InputError(faults)
    cells = (row.cell(place) for row in block.rows for place in block.analytes.values())
    results = _Results(
        name, block, _units(blocks.get("units"), block, unit, name), marks_of(cells),
        listed_controls(blocks), bead_counts(blocks.get("count")),
        dilution_factors(blocks.get("dilution factor")),
    )  # fmt: skip
    named = block.place("sample") or 0
    wells: list[CytokineWell] = []
    left_out: dict[str, None] = {}
    for row in block.rows:
        sample = row.cell(named)
        if results.left_out(sample):
            left_out[sample] = None
        elif sample:
            wells += _wells(row, sample, results, faults)
        else:
            do = "name the sample in the batch"
            faults.append(Fault(name, block.name, "a name", "an empty cell", do, row.line))
    if faults:
        raise InputError(faults)
    ranges = MappingProxyType(standard_ranges(blocks.get(STANDARDS)))
    return CytokinePlate(name, "xPONENT", tuple(wells), ranges, tuple(left_out))


def _results(blocks: Mapping[str, Block], name: str) -> Block:
    for key in _RESULTS:
        if key in blocks:
            return blocks[key]
    received = "fluorescence only" if {"median", "net mfi"} & set(blocks) else "none"
    do = "export Result with the batch, after its analysis by the standards"
    raise InputError(Fault(name, "the blocks", "a block of concentrations, Result", received, do))


def _header_faults(block: Block, name: str) -> Iterator[Fault]:
    if block.place("sample") is None:
        do = "export the block with its column names"
        yield Fault(name, block.name, "a column Sample", "none", do, block.header.line)
    seen: set[str] = set()
    for place, analyte in enumerate(block.header.filled):
        if analyte.lower() in NO_ANALYTE:
            continue
        known = canonical_cytokine(analyte)
        if known in seen:
            do = "delete one of its columns"
            called = known if is_known_cytokine(known) else f"column {place + 1}"
            yield Fault(name, called, "each analyte once", "one again", do, block.header.line)
        seen.add(known)
    if not seen:
        yield Fault(name, block.name, "analytes", "none", "export them", block.header.line)


def _short_rows(block: Block, grid: Grid, name: str) -> Iterator[Fault]:
    """Rows that end before the last analyte, and fewer rows than the header promises."""
    do = "export the file again: it breaks off"
    last = max(block.analytes.values(), default=0)
    for row in block.rows:
        if len(row.cells) <= last:
            expected, received = f"{last + 1} cells", f"{len(row.cells)}"
            yield Fault(name, block.name, expected, received, do, row.line)
    for row in grid:
        told = row.cell(1)
        if row.cell(0).lower() == "samples" and _COUNT.fullmatch(told) and block.name == "Result":
            if len(block.rows) < int(told):
                received = f"{len(block.rows)}"
                yield Fault(name, block.name, f"{told} samples", received, do, block.line)
            return


def _units(block: Block | None, results: Block, unit: str | None, name: str) -> dict[str, str]:
    """The unit of each analyte; raises for unknown and missing ones."""
    told: dict[str, str] = {}
    rows = () if block is None else block.rows
    row = next((row for row in rows if row.cell(0).lower().startswith("units")), None)
    if block is not None and row is not None:
        told = {a: row.cell(p) for p, a in enumerate(block.header.cells) if p and row.cell(p)}
    units, faults = {}, []
    for analyte, place in results.analytes.items():
        try:
            if analyte not in told and unit is None:
                raise ValueFault("the unit of the analyte", "none", _NO_UNIT)
            units[analyte] = unit_of(told[analyte]) if analyte in told else str(unit)
        except ValueFault as fault:
            where = f"Units, {spoken_column(analyte, place)}"
            faults.append(fault.at(name, where, row.line if row else None))
    if faults:
        raise InputError(faults)
    return units


def _wells(
    row: GridRow, sample: str, results: _Results, faults: list[Fault]
) -> Iterator[CytokineWell]:
    located = results.block.place("location")
    location = "" if located is None else row.cell(located)
    for analyte, place in results.block.analytes.items():
        unit = results.units[analyte]
        try:
            reading, said = read_cell(row.cell(place), results.marks)
            if said not in (None, unit):
                raise ValueFault(f"{unit}, as its other values", "another unit", "convert it")
        except ValueFault as fault:
            where = f"{results.block.name}, {spoken_column(analyte, place)}"
            faults.append(fault.at(results.name, where, row.line))
            continue
        yield CytokineWell(
            sample, canonical_cytokine(analyte), unit, reading, well_of(location),
            results.beads.get((location, analyte)), results.dilutions.get(location), row.line,
        )  # fmt: skip
