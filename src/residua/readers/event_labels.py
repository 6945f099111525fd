"""Labels of the events of an FCS file, as somebody's gates gave them: a CSV, one row per event."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError
from residua.readers.tables import cells_of

_YES, _NO = frozenset({"1", "1.0", "true"}), frozenset({"0", "0.0", "false", ""})


def read_event_labels(path: Path, *, column: str = "blast") -> NDArray[np.bool_]:
    """The column (n,) of 0 and 1 or true and false; other columns are other gates.

    Raises `InputError` for a file without it and for a cell that is neither.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise _fault(
            path, "the file", "a CSV in UTF-8", "a file that is none", do="export it anew"
        ) from None
    lines = cells_of(text, ",", name=path.name)
    names = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    if column not in names:
        raise _fault(path, "the header", f"column {column!r}", "none", do="export the gate too")
    place, labels = names.index(column), np.zeros(len(lines) - 1, bool)
    for row, (line, cells) in enumerate(lines[1:]):
        word = cells[place].strip().lower() if place < len(cells) else ""
        if word not in _YES | _NO:
            raise _fault(path, column, "0 or 1", "another value", do="correct it", line=line)
        labels[row] = word in _YES
    return labels


def _fault(
    path: Path, where: str, expected: str, received: str, *, do: str, line: int | None = None
) -> InputError:
    return InputError(Fault(path.name, where, expected, received, do, line))
