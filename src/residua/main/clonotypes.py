"""`residua clonotypes`: the clonotypes of sequenced samples, or one of them through all."""

from __future__ import annotations

import math
from pathlib import Path

from residua.errors import UsageError
from residua.measures.followed_clones import FollowedSample, follow_clones
from residua.readers.clonotypes import read_clonotypes
from residua.standards.rulebook import load


def follow_clonotypes(
    path: Path | str, *, clone: str | None = None, cells: float | None = None
) -> tuple[FollowedSample, ...]:
    """All clones of all samples of the file at `path`, or `clone` in every sample.

    Raises `InputError` for the file, `UsageError` for a clone that no sample holds or
    impossible cells.
    """
    if cells is not None and not (math.isfinite(cells) and cells > 0):
        raise UsageError("--cells is a number above 0")
    samples = read_clonotypes(path)
    if clone is not None and not any(c.id == clone for s in samples for c in s.clones):
        raise UsageError("--clone names no clone of the file; without it all are listed")
    return follow_clones(samples, load("clonotypes"), clone=clone, cells=cells)
