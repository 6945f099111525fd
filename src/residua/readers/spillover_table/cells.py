"""The cells of a spillover table as programs write them, each row with its line."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.readers.decimal_marks import decimal_marks, with_point

_SEPARATORS = ("\t", ";", ",")
_MOST_BYTES = 1 << 24  # a matrix of 1000 dyes; more is another kind of file


@dataclass(frozen=True)
class Row:
    """One row that is not blank: its line (from 1), its label ("" without) and its cells."""

    line: int
    label: str
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """The columns of a table, at `line`, and its rows; `marks` are the decimal marks it uses."""

    line: int
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    marks: frozenset[str]

    @property
    def labelled(self) -> bool:
        """Whether the rows have names of their own."""
        return any(row.label for row in self.rows)


def read_grid(raw: bytes) -> Grid:
    """The table in `raw`: comma, semicolon or tab, byte-order mark or not, a ``# `` before names.

    Raises `ValueFault` for what is no table of a row of names and rows of numbers.
    """
    lines = _lines(_text(raw))
    if len(lines) < 2:
        raise ValueFault("a row of names and one row per dye", "fewer rows", "correct the file")
    (line, header), body = lines[0], lines[1:]
    header = [header[0].removeprefix("#").strip(), *header[1:]]
    wide = max(len(cells) for _, cells in body)
    named = not header[0] or wide == len(header) + 1 or _has_labels(body)
    columns = header if wide == len(header) + 1 or not named else header[1:]
    rows = tuple(
        Row(number, cells[0] if named else "", tuple(cells[1:] if named else cells))
        for number, cells in body
    )
    marks = decimal_marks(cell for row in rows for cell in row.cells)
    return Grid(line, tuple(columns), rows, marks)


def as_share(cell: str, marks: frozenset[str]) -> float:
    """The number of a cell, with a decimal point or comma; ``5 %`` is 0.05.

    Raises `ValueFault` for a text and for a number that can be read two ways.
    """
    text = with_point(cell.removesuffix("%").strip(), marks)
    try:
        value = float(text)
    except ValueError as error:
        raise ValueFault("a number", "a text" if cell else "nothing", "correct it") from error
    if not abs(value) < 1e6:
        raise ValueFault("a share of light", "another number", "correct it")
    return value / 100 if cell.endswith("%") else value


def _text(raw: bytes) -> str:
    if len(raw) > _MOST_BYTES or b"\0" in raw or raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ValueFault("a spillover table", "another kind of file", "save it as CSV in UTF-8")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("latin-1")  # older exports; names of channels are ASCII nearly always


def _lines(text: str) -> list[tuple[int, list[str]]]:
    """(line, cells) of every row that holds something, without empty cells at the end."""
    text, skipped = _after_sep(text)
    first = next((line for line in text.splitlines() if line.strip()), "")
    separator = max(_SEPARATORS, key=first.count)
    found = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    try:
        for cells in reader:
            trimmed = [cell.strip() for cell in cells]
            while trimmed and not trimmed[-1]:
                trimmed.pop()
            if trimmed:
                found.append((reader.line_num + skipped, trimmed))
    except csv.Error as error:
        raise ValueFault("cells in a row", "broken quotation marks", "correct them") from error
    return found


def _after_sep(text: str) -> tuple[str, int]:
    """The text after a first line ``sep=;``, which spreadsheets write, and the lines it took."""
    first, _, rest = text.partition("\n")
    return (rest, 1) if first.strip().lower().startswith("sep=") else (text, 0)


def _has_labels(body: list[tuple[int, list[str]]]) -> bool:
    """Whether no row begins with a number, so that the first column names the rows."""
    return all(not _is_number(cells[0]) for _, cells in body)


def _is_number(cell: str) -> bool:
    try:
        float(cell.removesuffix("%").strip().replace(",", "."))
    except ValueError:
        return False
    return True
