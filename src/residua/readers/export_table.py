"""A hospital's export, whatever its file: csv, tsv or xlsx."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError
from residua.readers.ordinary_file import table_bytes
from residua.readers.tables import Table, read_table
from residua.readers.workbook import read_workbook

_TEXT = (".csv", ".tsv", ".txt")


def read_export(path: Path, *, sheet: str | None = None) -> Table:
    """The rows of an export; `sheet` names the sheet of a workbook with several.

    Raises `InputError` with all faults that keep it from being read.
    """
    name, suffix = str(path), path.suffix.lower()
    if suffix == ".xlsx":
        table = read_workbook(path, name=name, sheet=sheet)
    elif suffix in _TEXT:
        table = read_table(table_bytes(path), name=name)
    else:
        received = f"a file of kind {suffix or 'unknown'!r}"
        fault = Fault(name, "the file", "a csv, tsv or xlsx table", received, "save it as CSV")
        raise InputError(fault)
    if table.faults:
        raise InputError(table.faults)
    return table
