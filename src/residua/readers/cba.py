"""BD Cytometric Bead Array by FCAP Array, and tables like it: one sample a row, with units."""

from __future__ import annotations

import re

from residua.facts.cytokine_table import CytokinePlate, Form
from residua.readers.cytokine_columns import Header
from residua.readers.cytokine_rows import plate_of_rows
from residua.readers.grids import Grid

NAMED = re.compile(r"\bfcap\b|\bcba\b|cytometric bead array|flex set", re.IGNORECASE)


def cba_plate(
    grid: Grid, header: Header, *, name: str, unit: str | None = None, named: bool = True
) -> CytokinePlate:
    """The wells of the samples; without `named` the table does not say what wrote it.

    Raises `InputError` with every fault of the table.
    """
    form: Form = "CBA" if named else "sample rows"
    return plate_of_rows(grid, header, name=name, form=form, unit=unit)
