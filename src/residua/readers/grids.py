"""A file of instrument software as rows of cells, before anybody knows which form it has.

Text in UTF-8 or UTF-16 (as Windows writes it), else Windows-1252; comma, semicolon or tab; or an
xlsx workbook. Which separator it is shows when a form is recognised under it.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from residua.errors import Fault, InputError
from residua.readers.ordinary_file import table_bytes
from residua.readers.tables import SEPARATORS, cells_of
from residua.readers.workbook import workbook_cells

_ZIP = b"PK\x03\x04"
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_NAMED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)


@dataclass(frozen=True)
class GridRow:
    """One line that is not empty: its number (from 1) and its trimmed cells."""

    line: int
    cells: tuple[str, ...]

    @property
    def filled(self) -> tuple[str, ...]:
        """The cells up to the last that is not empty."""
        place = max((n for n, cell in enumerate(self.cells, 1) if cell), default=0)
        return self.cells[:place]

    def cell(self, place: int) -> str:
        """The cell at a place, empty beyond the end."""
        return self.cells[place] if place < len(self.cells) else ""


Grid = tuple[GridRow, ...]


@dataclass(frozen=True)
class Grids:
    """The file as each separator would cut it; `notes` on its encoding, `faults` of cutting it."""

    name: str
    grids: tuple[Grid, ...]
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


def read_grids(path: Path | str, *, name: str, sheet: str | None = None) -> Grids:
    """The grids of a file; `sheet` names the sheet of a workbook with several.

    Raises `InputError` for a file that cannot be opened, is empty, or is neither text nor xlsx.
    """
    raw = table_bytes(path, name=name)
    if raw.startswith(_ZIP):
        rows = workbook_cells(raw, name=name, sheet=sheet)
        return Grids(name, (tuple(GridRow(line, cells) for line, cells in rows),))
    return grids_of(raw, name=name)


def grids_of(raw: bytes, *, name: str) -> Grids:
    """The grids of the bytes of a text. Raises `InputError` where they are none, or nothing."""
    text, notes = _decoded(raw, name)
    if not text.strip():
        do = "export the table again"
        raise InputError(Fault(name, "the file", "a table", "an empty file", do))
    grids: list[Grid] = []
    faults: list[Fault] = []
    for grid in _cut(text, name):
        if isinstance(grid, InputError):
            faults.extend(grid.faults)
        else:
            grids.append(grid)
    return Grids(name, tuple(grids), notes, tuple(dict.fromkeys(faults)))


def _cut(text: str, name: str) -> Iterator[Grid | InputError]:
    named = _NAMED.match(text)
    skipped = 1 if named else 0
    body = text[named.end() :] if named else text
    separators = (named[1],) if named and named[1] in SEPARATORS else SEPARATORS
    for separator in separators:
        try:
            cut = cells_of(body, separator, name=name)
        except InputError as error:
            yield error
            continue
        yield tuple(GridRow(line + skipped, cells) for line, cells in cut)


def _decoded(raw: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    if raw.startswith(_UTF16):
        return _utf16(raw, "utf-16", name), ("UTF-16",)
    if b"\0" in raw:  # UTF-16 without its mark; anything else with zeros is no text
        little = raw[1:2] == b"\0"
        return _utf16(raw, "utf-16-le" if little else "utf-16-be", name), ("UTF-16, no mark",)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        note = ("not UTF-8: read as Windows-1252 (Latin-1)",)
    try:
        return raw.decode("cp1252"), note
    except UnicodeDecodeError:
        return raw.decode("latin-1"), note


def _utf16(raw: bytes, encoding: str, name: str) -> str:
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        do = "save the table as CSV in UTF-8"
        received = "another kind of file, or text that breaks off"
        raise InputError(Fault(name, "the text", "UTF-8 or UTF-16 text, or xlsx", received, do))
    return text
