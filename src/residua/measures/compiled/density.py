"""Counting events into a square of bins, one pass, no copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

import numpy as np
from numba import njit
from numpy.typing import NDArray

Column = NDArray[np.floating]
Counts = NDArray[np.uint32]
Loop = TypeVar("Loop", bound=Callable[..., None])
_compiled = cast("Callable[[Loop], Loop]", njit(cache=True, nogil=True))


@_compiled
def count_all(x: Column, y: Column, ends: NDArray[np.float64], counts: Counts) -> None:
    """Add every event to `counts` (rows y, columns x); `ends` are x low, high, y low, high."""
    rows, columns = counts.shape
    low_x, low_y = ends[0], ends[2]
    per_x, per_y = columns / (ends[1] - low_x), rows / (ends[3] - low_y)
    for event in range(x.shape[0]):
        across, up = (x[event] - low_x) * per_x, (y[event] - low_y) * per_y
        if np.isnan(across) or np.isnan(up):
            continue
        column = int(min(max(across, 0.0), columns - 1.0))
        row = int(min(max(up, 0.0), rows - 1.0))
        counts[row, column] += np.uint32(1)


@_compiled
def count_held(
    x: Column, y: Column, held: NDArray[np.bool_], ends: NDArray[np.float64], counts: Counts
) -> None:
    """As `count_all`, for the events that `held` marks."""
    rows, columns = counts.shape
    low_x, low_y = ends[0], ends[2]
    per_x, per_y = columns / (ends[1] - low_x), rows / (ends[3] - low_y)
    for event in range(x.shape[0]):
        if not held[event]:
            continue
        across, up = (x[event] - low_x) * per_x, (y[event] - low_y) * per_y
        if np.isnan(across) or np.isnan(up):
            continue
        column = int(min(max(across, 0.0), columns - 1.0))
        row = int(min(max(up, 0.0), rows - 1.0))
        counts[row, column] += np.uint32(1)
