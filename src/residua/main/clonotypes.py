"""`residua clonotypes`: the clonotypes of sequenced samples, or one of them through all."""

from __future__ import annotations

from pathlib import Path

from residua.errors import UsageError
from residua.facts.clonotype import CloneCells
from residua.facts.molecular import MolecularLevel
from residua.facts.qpcr import USUAL
from residua.measures.clone_levels import clone_levels
from residua.measures.followed_clones import FollowedSample, follow_clones
from residua.readers.clone_cells import clone_cells, is_clone_cells
from residua.readers.clonotypes import read_clonotypes
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.tables import read_table
from residua.standards.rulebook import load


def follow_clonotypes(
    path: Path | str, *, clone: str | None = None, cells: float | None = None
) -> tuple[FollowedSample, ...]:
    """All clones of all samples of the file at `path`, or `clone` in every sample.

    Raises `InputError` for the file, `UsageError` for a clone that no sample holds or
    impossible cells.
    """
    if cells is not None and not USUAL[0] <= cells <= USUAL[1]:
        raise UsageError("--cells is a number above 0, of usual size")
    samples = read_clonotypes(path)
    if clone is not None and not any(c.id == clone for s in samples for c in s.clones):
        raise UsageError("--clone names no clone of the file; without it all are listed")
    return follow_clones(samples, load("clonotypes"), clone=clone, cells=cells)


def cell_levels(path: Path | str) -> tuple[MolecularLevel, ...] | None:
    """The levels of a table of clonal cells; None where the file is no such table.

    Raises `InputError` for its faults.
    """
    rows = cell_rows(path, name=Path(path).name)
    return None if rows is None else clone_levels(rows, load("clonotypes"))


def cell_rows(path: Path | str, *, name: str) -> tuple[CloneCells, ...] | None:
    """The rows of a table of clonal cells; None where the file is no such table."""
    try:
        raw = ordinary_bytes(path)
    except OSError:
        return None  # whoever reads it next says so
    if not is_clone_cells(read_table(raw, name=name).columns):
        return None
    return clone_cells(raw, name=name)
