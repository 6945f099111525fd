"""Blanks and pseudo-spikes of one patient's model: all that its limits follow from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.standards.automatic_mrd import automatic_rules

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
        """(m,) what was read in each blank over its cells inside the box; 0 where none are.

        A stray cell comes from all cells, not from those of the box: among seventy, as after
        therapy, it would be a rate that no box with thousands has. So where a box holds fewer than
        the median and shows more than every fuller one, its first two cells, which any blank is
        conceded, count over the median.
        """
        reads, inside = self.blanks * self.cells, self.exposures * self.cells
        own, usual = _over(reads, inside), np.maximum(inside, np.median(inside))
        stray = np.minimum(reads, automatic_rules().blank_events)
        conceded = _over(stray, usual) + _over(reads - stray, inside)
        fuller = float(own[inside >= np.median(inside)].max())
        return np.asarray(np.minimum(own, np.maximum(conceded, fuller)))


def _over(counts: Values, cells: Values) -> Values:
    return np.divide(counts, cells, where=cells > 0, out=np.zeros(len(cells)))
