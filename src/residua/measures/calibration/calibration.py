"""Blanks and pseudo-spikes of one patient's model: all that its limits follow from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibration:
    """What the model said of m normals, each by a model that has not seen it.

    `blanks` (m,) fractions of all cells read in normals without blasts; `exposures` (m,) the
    fraction of their cells inside the box; `cells` (m,) how many they were. `levels` (l,) are the
    fractions of blasts mixed in, `responses` (m, l) the fractions read, drift and loss included.
    `separability` is the expected posterior of a drifted blast at 1e-4: 1 where nothing normal
    looks like it. `misfits` (m,) are the indices of the normals' alignments. `flags` say what was
    unusual about the calibration itself.
    """

    blanks: Values
    exposures: Values
    cells: Values
    levels: Values
    responses: Values
    separability: float
    misfits: Values
    flags: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        m, levels = len(self.blanks), self.levels
        normals = {len(v) for v in (self.exposures, self.cells, self.misfits, self.responses)}
        if m < 2 or normals != {m} or self.responses.shape != (m, len(levels)):
            raise ValueFault("blanks and spikes of the same normals", "others", "calibrate anew")
        if not len(levels) or levels[0] <= 0 or (np.diff(levels) <= 0).any():
            raise ValueFault("levels above 0 in rising order", "others", "calibrate anew")

    @property
    def rates(self) -> Values:
        """(m,) what was read in each blank over its cells inside the box; 0 where none is."""
        inside = self.exposures > 0
        return np.divide(self.blanks, self.exposures, where=inside, out=np.zeros(len(inside)))
