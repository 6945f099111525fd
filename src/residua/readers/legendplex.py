"""BioLegend LEGENDplex: one sample a row, analytes with their bead, ``IL-6 (B4)``.

Beads lie in two groups by size, A and B. Standards are C0 to C7.
"""

from __future__ import annotations

import re

from residua.facts.cytokine_table import CytokinePlate
from residua.readers.cytokine_columns import Header
from residua.readers.cytokine_rows import plate_of_rows
from residua.readers.grids import Grid

NAMED = re.compile(r"legendplex|biolegend|qognit", re.IGNORECASE)
_BEAD = re.compile(r"[AB]\d{1,2}\Z")
_STANDARD = re.compile(r"C[0-7]\Z")


def is_legendplex(header: Header) -> bool:
    """Whether analytes carry beads, all of the groups A and B."""
    beads = [column.bead for column in header.columns if column.bead]
    return bool(beads) and all(map(_BEAD.match, beads))


def legendplex_plate(
    grid: Grid, header: Header, *, name: str, unit: str | None = None
) -> CytokinePlate:
    """The wells of the samples; C0 to C7 are standards where C0 is among the names.

    Raises `InputError` with every fault of the table.
    """
    names = {row.cell(header.sample) for row in grid[header.at + 1 :]}
    standards = {sample for sample in names if _STANDARD.match(sample)} if "C0" in names else ()
    return plate_of_rows(grid, header, name=name, form="LEGENDplex", unit=unit, standards=standards)
