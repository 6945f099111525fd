"""A spillover matrix from a CSV or TSV file: channel names in the first row, one row per dye."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Spillover


def read_spillover_table(path: Path | str, *, name: str | None = None) -> Spillover:
    """The matrix; a first column of row names is allowed. Raises `InputError` by line."""
    called = name or str(path)
    try:
        text = Path(path).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        received = "one that cannot be read as UTF-8 text"
        fault = Fault(called, "the file", "a spillover table", received, "check the path")
        raise InputError(fault) from error
    rows = [row for row in csv.reader(text.splitlines(), delimiter=_delimiter(text)) if any(row)]
    try:
        return _spillover(rows)
    except ValueFault as fault:
        raise InputError(fault.at(called, "the matrix")) from fault


def _delimiter(text: str) -> str:
    first = text.splitlines()[0] if text else ""
    return max(",\t;", key=first.count)


def _spillover(rows: list[list[str]]) -> Spillover:
    if len(rows) < 2:
        raise ValueFault("a row of names and one row per dye", "fewer rows", "correct the file")
    names = tuple(cell.strip("# ") for cell in rows[0] if cell.strip("# "))
    body = [row[-len(names) :] for row in rows[1:]]
    try:
        matrix = np.array([[float(cell) for cell in row] for row in body])
    except ValueError as error:
        raise ValueFault("numbers", "another text", "correct the file") from error
    return Spillover(names, matrix)
