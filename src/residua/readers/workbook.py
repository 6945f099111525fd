"""Spreadsheets (xlsx) as tables: the one door to calamine.

Dates and numbers of the sheet are real ones, so no date format or decimal mark applies to them.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from residua.errors import Fault, InputError, system_words
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.tables import LEFT_OUT, Table, TableRow

GROWTH = 100


def read_workbook(path: Path, *, name: str, sheet: str | None = None) -> Table:
    """The rows of one sheet (the only one, or the one named `sheet`); lines are sheet rows.

    `TableRow.typed` names the cells that were numbers or dates; dates come as ISO 8601. Raises
    `InputError` for a file that is no workbook, grows more than 100-fold, or has several sheets
    of which none is named.
    """
    rows = _rows(_bytes(path, name), sheet, name, "set sheet in the map to one of")
    if not rows:
        fault = Fault(
            name, "the sheet", "a row of column names", "an empty sheet", "choose another"
        )
        raise InputError(fault)
    header_line, header = rows[0]
    columns = tuple(_text(cell) for cell in header)
    faults = tuple(_header_faults(name, header_line, columns))
    body = tuple(_row(line, columns, row) for line, row in rows[1:])
    return Table(name, columns, body, header_line, "", faults=faults)


def workbook_cells(
    raw: bytes, *, name: str, sheet: str | None = None
) -> tuple[tuple[int, tuple[str, ...]], ...]:
    """Every row of one sheet that is not empty, with its number and its cells as text.

    Raises `InputError` as `read_workbook` does.
    """
    rows = _rows(_checked(raw, name), sheet, name, "name one of them")
    return tuple((line, tuple(_text(cell) for cell in row)) for line, row in rows)


def _rows(raw: bytes, sheet: str | None, name: str, how: str) -> list[tuple[int, list[object]]]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(raw)) as book:
            chosen = _sheet(book.sheet_names, sheet, name, how)
            cells = book.get_sheet_by_name(chosen).to_python(skip_empty_area=False)
    except CalamineError as error:
        raise _not_a_workbook(name) from error
    rows = ((line, list[object](row)) for line, row in enumerate(cells, 1))
    return [(line, row) for line, row in rows if any(_text(cell) for cell in row)]


def _bytes(path: Path, name: str) -> bytes:
    """The file, once it is known not to unpack to more than 100 times its size."""
    try:
        raw = ordinary_bytes(path)
    except OSError as error:
        reason = system_words(error)
        fault = Fault(name, "the file", "a readable workbook", reason, "check the path")
        raise InputError(fault) from error
    return _checked(raw, name)


def _checked(raw: bytes, name: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except zipfile.BadZipFile as error:
        raise _not_a_workbook(name) from error
    if unpacked > GROWTH * len(raw):
        limit, do = f"one that grows at most {GROWTH}-fold", "save it again, or as CSV"
        raise InputError(Fault(name, "the archive", limit, "one that grows more", do))
    return raw


def _not_a_workbook(name: str) -> InputError:
    do = "save the table as xlsx or CSV"
    return InputError(Fault(name, "the file", "an xlsx workbook", "another kind of file", do))


def _sheet(names: list[str], wanted: str | None, name: str, how: str) -> str:
    if wanted in names:
        return str(wanted)
    if wanted is None and len(names) == 1:
        return names[0]
    listed = ", ".join(repr(sheet) for sheet in names)
    received = f"{len(names)} sheets" if wanted is None else "a sheet that it lacks"
    do = f"{how}: {listed}"
    raise InputError(Fault(name, "the sheet", "the sheet to read", received, do))


def _header_faults(name: str, line: int, columns: tuple[str, ...]) -> Iterator[Fault]:
    for column in sorted({column for column in columns if column and columns.count(column) > 1}):
        received, do = f"column {column!r} twice", "rename or delete one"
        yield Fault(name, "the header", "every column once", received, do, line)


def _row(line: int, columns: tuple[str, ...], row: Sequence[object]) -> TableRow:
    filled, typed = {}, set()
    for column, cell in zip(columns, row, strict=False):
        text = _text(cell)
        if not column or text.lower() in LEFT_OUT:
            continue
        filled[column] = text
        if not isinstance(cell, str):
            typed.add(column)
    return TableRow(line, filled, frozenset(typed))


def _text(cell: object) -> str:
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        midnight = cell.time() == dt.time()
        return cell.date().isoformat() if midnight else cell.isoformat("T", "seconds")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return cell.isoformat("seconds")
    return str(cell).strip()
