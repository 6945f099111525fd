"""The middle and the width of a distribution by medians, which few far values leave as they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
SD_OF_MAD = 1.4826  # the standard deviation of a Gaussian per median absolute deviation


def median_and_spread(values: NDArray[np.floating]) -> tuple[Values, Values]:
    """The median (...) of `values` (n, ...) and their robust standard deviation, in their units."""
    middle = np.median(values, axis=0)
    spread = SD_OF_MAD * np.median(np.abs(values - middle), axis=0)
    return np.asarray(middle, np.float64), np.asarray(spread, np.float64)
