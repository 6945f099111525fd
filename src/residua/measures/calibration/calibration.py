"""Blanks and pseudo-spikes of one patient's model: all that its limits follow from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Calibration:
    """What the model said of m normals, each by a model that has not seen it.

    `blanks` (m,) fractions of all cells read in normals without blasts; `exposures` (m,) the
    fraction of their cells inside the box; `cells` (m,) how many they were. `levels` (l,) are the
    fractions of blasts mixed in, `responses` (m, l) the fractions read, drift and loss included.
    `separability` is the expected posterior of a drifted blast at 1e-4: 1 where nothing normal
    looks like it. `misfits` (m,) are the indices of the normals' alignments.
    """

    blanks: Values
    exposures: Values
    cells: Values
    levels: Values
    responses: Values
    separability: float
    misfits: Values
