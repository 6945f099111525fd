"""Results of a plate as cyclers export them, as the table that Residua reads.

Applied Biosystems (StepOne, 7500, QuantStudio): the table of results, of which `Task` is the
role. Bio-Rad CFX: the Cq results, of which `Content` is the role.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from residua.errors import Fault, InputError
from residua.readers.grids import Grid, GridRow, grids_of
from residua.readers.tables import LEFT_OUT, Table, TableRow

_NAMES = {
    "well": ("wellposition", "well"),
    "sample": ("samplename", "sample"),
    "target": ("targetname", "target"),
    "role": ("task", "content"),
    "quantity": ("quantity", "startingquantitysq"),
    "ct": ("ct", "cq"),
    "omit": ("omit",),
}
_NEEDED = ("well", "sample", "target", "role", "ct")
_ROLES = {
    "standard": "standard", "std": "standard", "unknown": "unknown", "unkn": "unknown",
    "ntc": "ntc",
}  # fmt: skip
_PLACE = re.compile(r"[A-Za-z]{1,2}\d{1,2}|\d+")
_NUMBERED = re.compile(r"[-\s]*\d+$")
_THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+\.\d+")
_OMITTED = "wells that the file omits are left out"
_OTHER = "samples that are neither standard, unknown nor no-template control are not quantified"
_ENDED = "what follows the table of results is not read"


def exported_table(raw: bytes, *, name: str, columns: tuple[str, ...]) -> Table | None:
    """The wells under `columns`, or None where the text is no such export.

    Raises `InputError` for bytes that are no text, and for a row of the results without a well.
    """
    cut = grids_of(raw, name=name)
    for grid in cut.grids:
        for at, row in enumerate(grid):
            if places := _places(row):
                notes: dict[str, None] = dict.fromkeys(cut.notes)
                rows = tuple(_rows(grid[at + 1 :], places, name, notes))
                return Table(name, columns, rows, row.line, notes=tuple(notes))
    return None


def _places(row: GridRow) -> Mapping[str, int] | None:
    """Where our columns stand; None where the row is not the header of an export."""
    plain = [_plain(cell) for cell in row.cells]
    if "task" not in plain and "content" not in plain:
        return None
    found = {
        column: plain.index(spelt)
        for column, spellings in _NAMES.items()
        for spelt in reversed(spellings)
        if spelt in plain
    }
    return found if all(column in found for column in _NEEDED) else None


def _plain(text: str) -> str:
    """Letters and digits only; some versions write the t of Ct as the Cyrillic letter."""
    return re.sub(r"[^0-9a-z]", "", text.casefold().replace("\N{CYRILLIC SMALL LETTER TE}", "t"))


def _rows(
    grid: Grid, places: Mapping[str, int], name: str, notes: dict[str, None]
) -> Iterator[TableRow]:
    for row in grid:
        if len(row.filled) <= 2 or row.cell(0).startswith("["):
            notes[_ENDED] = None
            return
        cells = {column: row.cell(place) for column, place in places.items()}
        if not _PLACE.fullmatch(cells["well"]):
            do = "export the results again, or delete the row"
            raise InputError(Fault(name, "well", "a well such as A1", "another", do, row.line))
        if kept := _kept(cells, notes):
            yield TableRow(row.line, kept)


def _kept(cells: dict[str, str], notes: dict[str, None]) -> dict[str, str] | None:
    """The cells of a well that counts: a quantity of standards only, the others are computed."""
    content = cells["role"]
    role = _ROLES.get(_NUMBERED.sub("", content).lower())
    if cells.pop("omit", "").lower() in ("true", "yes", "1"):
        notes[_OMITTED] = None
        return None
    if role is None:
        if content or cells["sample"]:
            notes[_OTHER] = None
        return None
    quantity = cells.pop("quantity", "")
    if role == "standard":
        cells["quantity"] = (
            quantity.replace(",", "") if _THOUSANDS.fullmatch(quantity) else quantity
        )
    cells["role"] = role
    cells["sample"] = cells["sample"] or content
    return {column: text for column, text in cells.items() if text.lower() not in LEFT_OUT}
