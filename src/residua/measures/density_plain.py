"""Counting events into a square of bins in plain NumPy: what the compiled loops must equal."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Column = NDArray[np.floating]
Counts = NDArray[np.uint32]
Ends = NDArray[np.float64]


def count_all(x: Column, y: Column, ends: Ends, counts: Counts) -> None:
    """Add every event to `counts` (rows of y, columns of x).

    `ends` are x low, x high, y low, y high. Bin n of an axis holds the values with
    n <= (value - low) * bins / (high - low) < n + 1, the first and the last one also what lies
    beyond; what is not a number is in none.
    """
    rows, columns = counts.shape
    across = (x.astype(np.float64) - ends[0]) * (columns / (ends[1] - ends[0]))
    up = (y.astype(np.float64) - ends[2]) * (rows / (ends[3] - ends[2]))
    known = ~(np.isnan(across) | np.isnan(up))
    column = np.clip(across[known], 0.0, columns - 1.0).astype(np.intp)
    row = np.clip(up[known], 0.0, rows - 1.0).astype(np.intp)
    found = np.bincount(row * columns + column, minlength=counts.size)
    counts += found.reshape(counts.shape).astype(np.uint32)


def count_held(x: Column, y: Column, held: NDArray[np.bool_], ends: Ends, counts: Counts) -> None:
    """As `count_all`, for the events that `held` marks."""
    count_all(x[held], y[held], ends, counts)
