"""Delimited text tables as hospitals export them: the one door to the csv module.

Comma, semicolon or tab; UTF-8 with or without a byte-order mark, else Windows-1252; any line
ends; quoted cells; blank lines; footnotes after the table. What cannot be read one way only is
refused by name.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from residua.errors import Fault, InputError

SEPARATORS = (",", ";", "\t")
LEFT_OUT = frozenset({"", "na", "n/a", "not stated"})
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_SAVE = "save it as CSV in UTF-8"


@dataclass(frozen=True)
class TableRow:
    """One row: the line that it starts on (from 1) and its cells that are not left out.

    `typed` names the columns whose cells were numbers or dates already (in a workbook).
    """

    line: int
    cells: Mapping[str, str]
    typed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Table:
    """The rows of one file; `faults` holds what was refused, `notes` what is unusual."""

    name: str
    columns: tuple[str, ...] = ()
    rows: tuple[TableRow, ...] = ()
    header_line: int = 1
    separator: str = ","
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True)
class _Line:
    line: int
    cells: tuple[str, ...]
    after_blank: bool

    @property
    def width(self) -> int:
        """Cells up to the last that is not empty."""
        for place in range(len(self.cells), 0, -1):
            if self.cells[place - 1]:
                return place
        return 0


def read_table(raw: bytes, *, name: str, known: Collection[str] = ()) -> Table:
    """The table in the bytes `raw`; `known` column names help to tell the separator.

    Cells are trimmed; empty ones, ``NA`` and ``not stated`` are left out. Never raises: what is
    wrong stands in ``faults``, each with its line.
    """
    text, notes, problem = _decode(raw)
    if problem:
        fault = Fault(name, "the text", "UTF-8 or Windows-1252 text", problem, _SAVE)
        return Table(name, faults=(fault,))
    separator, text, skipped = _separator(text, known)
    try:
        lines = list(_lines(text, separator, skipped))
    except csv.Error as error:
        return Table(name, faults=(_csv_fault(name, error),))
    if not lines:
        fault = Fault(
            name, "the header", "a row of column names", "an empty file",
            "add the header row or delete the file", 1,
        )  # fmt: skip
        return Table(name, faults=(fault,))
    return _table(name, lines, separator, notes, known)


def _decode(raw: bytes) -> tuple[str, tuple[str, ...], str]:
    """The text, a note on its encoding, and what makes it unreadable (or nothing)."""
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "", (), "UTF-16 text"
    if b"\0" in raw:
        return "", (), "bytes that are no text (or UTF-16 text)"
    try:
        return raw.decode("utf-8-sig"), (), ""
    except UnicodeDecodeError:
        note = "not UTF-8: read as Windows-1252 (Latin-1)"
    try:
        return raw.decode("cp1252"), (note,), ""
    except UnicodeDecodeError:
        return raw.decode("latin-1"), (note,), ""


def _separator(text: str, known: Collection[str]) -> tuple[str, str, int]:
    """The separator, the text after a ``sep=;`` line, and how many lines that took."""
    named = _SEPARATOR_LINE.match(text)
    if named and named[1] in SEPARATORS:
        return named[1], text[named.end() :], 1

    def fitness(separator: str) -> tuple[int, int]:
        first = next((line for line in io.StringIO(text) if line.strip()), "")
        cells = [cell.strip().strip('"').strip() for cell in first.split(separator)]
        return sum(cell in known for cell in cells), len(cells)

    return max(SEPARATORS, key=fitness), text, 0


def _lines(text: str, separator: str, skipped: int) -> Iterator[_Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    starts, after_blank = skipped + 1, False
    for cells in reader:
        line, starts = starts, skipped + reader.line_num + 1
        trimmed = tuple(map(str.strip, cells))
        if any(trimmed):
            yield _Line(line, trimmed, after_blank)
            after_blank = False
        else:
            after_blank = True


def cells_of(text: str, separator: str, *, name: str) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Every line that is not empty, with its number and its trimmed cells.

    Raises `InputError` for quotes that do not end.
    """
    try:
        return tuple((line.line, line.cells) for line in _lines(text, separator, 0))
    except csv.Error as error:
        raise InputError(_csv_fault(name, error)) from error


def _csv_fault(name: str, error: csv.Error) -> Fault:
    unclosed = "end of data" in str(error)
    received = "a quotation mark that is never closed" if unclosed else "broken quotation marks"
    return Fault(name, "the cells", "quoted cells that end", received, "close or remove the quotes")


def _table(
    name: str, lines: list[_Line], separator: str, notes: tuple[str, ...], known: Collection[str]
) -> Table:
    header, body = lines[0], lines[1:]
    columns = header.cells[: header.width]
    faults = list(_header_faults(name, header.line, columns, known))
    footnotes = _footnotes(body, columns)
    rows = []
    for place, line in enumerate(body):
        if place in footnotes:
            continue
        fault = _row_fault(name, line, columns)
        if fault:
            faults.append(fault)
        else:
            filled = {
                column: cell
                for column, cell in zip(columns, line.cells, strict=False)
                if column and cell.lower() not in LEFT_OUT
            }
            rows.append(TableRow(line.line, filled))
    if footnotes:
        places = ", ".join(str(body[place].line) for place in sorted(footnotes))
        notes = (*notes, f"footnotes left out: line {places}")
    return Table(name, columns, tuple(rows), header.line, separator, notes, tuple(faults))


def _header_faults(
    name: str, line: int, columns: tuple[str, ...], known: Collection[str]
) -> Iterator[Fault]:
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        called = f"column {column!r}" if column in known else "a column"
        yield Fault(
            name, "the header", "every column once", f"{called} twice",
            "rename or delete one", line,
        )  # fmt: skip


def _only_first(line: _Line) -> bool:
    """Prose in the first cell and nothing in the others."""
    if line.width != 1:
        return False
    first = line.cells[0]
    prose = re.search(r"[^\W\d]", first) and (re.search(r"\s", first) or not first[0].isalnum())
    return bool(prose)


def _footnotes(body: list[_Line], columns: tuple[str, ...]) -> set[int]:
    """Positions of the footnotes: at the end of the file, or after a blank line."""
    if len(columns) < 2:
        return set()
    found = {place for place, line in enumerate(body) if line.after_blank and _only_first(line)}
    for place in range(len(body) - 1, -1, -1):
        if not _only_first(body[place]):
            break
        found.add(place)
    return found


def _row_fault(name: str, line: _Line, columns: tuple[str, ...]) -> Fault | None:
    if len(columns) > 1 and _only_first(line):
        return Fault(
            name, "the row", "a row of the table", "text in the first cell only",
            "move footnotes to the end of the file or delete them", line.line,
        )  # fmt: skip
    width = line.width
    if width > len(columns) or len(line.cells) < len(columns):
        found = max(width, 1) if width > len(columns) else len(line.cells)
        return Fault(
            name, "the row", f"{len(columns)} cells as in the header", f"{found} cells",
            "quote cells that hold the separator, and fill up missing ones", line.line,
        )  # fmt: skip
    if "" in columns and any(
        cell and not column for cell, column in zip(line.cells, columns, strict=False)
    ):
        return Fault(
            name, "the row", "cells under named columns", "a cell under a column without a name",
            "name the column or delete the cell", line.line,
        )  # fmt: skip
    return None
