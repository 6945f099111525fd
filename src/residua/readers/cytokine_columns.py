"""The column names of a table with one sample a row: ``IL-6 (B4)``, ``Human TNF (pg/mL)``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.facts.cytokine_names import canonical_cytokine, is_known_cytokine
from residua.readers.cytokine_cells import UNIT_WORD, unit_of
from residua.readers.grids import Grid, GridRow

SAMPLE_NAMES = (
    "sample name", "sample", "sample id", "samplename", "specimen name", "specimen", "tube name",
    "tube", "name", "file name", "filename", "fcs file", "file", "id",
)  # fmt: skip
"""Names of the column of samples, the better one first."""
OTHERS = frozenset(
    {*SAMPLE_NAMES, "", "well", "well id", "wells", "location", "plate", "dilution",
     "dilution factor", "group", "type", "sample type", "replicate", "date", "time", "operator",
     "notes", "note", "comment", "comments", "events", "total events", "no.", "#", "index",
     "population", "experiment", "barcode", "original id"}
)  # fmt: skip
_UNIT = re.compile(rf"[\s,;:-]*[\(\[]?\s*({UNIT_WORD})\s*[\)\]]?\s*\Z", re.IGNORECASE)
_WORD = re.compile(
    r"[\s,;:-]*\(?\bconc(?:entration|\.)?\)?\s*\Z|\Aconc(?:entration|\.)?\s+(?:of\s+)?",
    re.IGNORECASE,
)
_BEAD = re.compile(r"\(\s*([A-E]\d{1,2})\s*\)\s*\Z")
_SIGNAL = re.compile(
    r"\b(?:mfi|median|mean fluorescence|geomean|count|beads|%?cv)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Column:
    """One analyte: its place, its name, the bead and the unit that the column name gives."""

    place: int
    name: str
    bead: str = ""
    unit: str | None = None

    @property
    def analyte(self) -> str:
        """The name under which Residua knows it."""
        return canonical_cytokine(self.name)

    @property
    def spoken(self) -> str:
        """How messages call it: by its place where the name is none that Residua knows."""
        return self.analyte if is_known_cytokine(self.name) else f"column {self.place + 1}"

    @property
    def sure(self) -> bool:
        """Whether the column name alone shows that it holds a concentration."""
        return bool(self.unit or self.bead or is_known_cytokine(self.name))


@dataclass(frozen=True)
class Header:
    """The row of column names: where it stands in the grid, and where the samples are."""

    at: int
    row: GridRow
    sample: int
    columns: tuple[Column, ...]


def find_header(grid: Grid) -> Header | None:
    """The first row with a column of samples and a column that surely is an analyte's."""
    for at, row in enumerate(grid):
        place = _sample_place(row.cells)
        if place is None:
            continue
        columns = tuple(_columns(row, place))
        if any(column.sure for column in columns):
            return Header(at, row, place, columns)
    return None


def spoken_column(name: str, place: int) -> str:
    """A known analyte as written, else its place: a column's name may be that of a person."""
    return name if is_known_cytokine(name) else f"column {place + 1}"


def unit_in(text: str) -> str | None:
    """The unit that a text ends with; None without one."""
    found = _UNIT.search(text.strip())
    if found is None:
        return None
    try:
        return unit_of(found[1])
    except ValueFault:
        return None


def _sample_place(cells: Sequence[str]) -> int | None:
    names = [cell.lower() for cell in cells]
    return next((names.index(word) for word in SAMPLE_NAMES if word in names), None)


def _columns(row: GridRow, sample: int) -> Iterator[Column]:
    for place, cell in enumerate(row.filled):
        plain = _WORD.sub("", _UNIT.sub("", cell)).strip()
        if place == sample or plain.lower() in OTHERS or _SIGNAL.search(cell):
            continue
        bead = _BEAD.search(plain)
        yield Column(place, _BEAD.sub("", plain).strip(), bead[1] if bead else "", unit_in(cell))
