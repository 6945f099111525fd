"""A table of single cells by mass cytometry: a sample's name and ion counts by marker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError
from residua.readers.tables import cells_of

SAMPLE = "sample_name"


def read_mass_cells(
    path: Path, *, markers: tuple[str, ...]
) -> tuple[tuple[str, ...], NDArray[np.float64]]:
    """The sample of each cell (n,) and its counts (n, d) of `markers`, as the file has them.

    Raises `InputError` for a missing column or a cell that is no number.
    """
    try:
        lines = cells_of(path.read_text(encoding="utf-8-sig"), ",", name=path.name)
    except (OSError, UnicodeDecodeError):
        raise _fault(path, "the file", "a CSV in UTF-8", "a file that is none") from None
    names = [cell.strip().lower() for cell in lines[0][1]] if lines else []
    for column in (SAMPLE, *markers):
        if column.lower() not in names:
            raise _fault(path, "the header", f"column {column!r}", "none")
    places = [names.index(marker.lower()) for marker in markers]
    counts = np.empty((len(lines) - 1, len(markers)))
    for row, (line, cells) in enumerate(lines[1:]):
        try:
            counts[row] = [float(cells[place]) for place in places]
        except (ValueError, IndexError):
            raise _fault(path, "the row", "a number for every marker", "another", line) from None
    return tuple(cells[names.index(SAMPLE)] for _, cells in lines[1:]), counts


def _fault(
    path: Path, where: str, expected: str, received: str, line: int | None = None
) -> InputError:
    do = "give the table as it was published"
    return InputError(Fault(path.name, where, expected, received, do, line))
