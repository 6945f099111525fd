"""Counting events into a square of bins, one pass, no copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled


@compiled
def count_all(x: Any, y: Any, ends: Any, counts: Any) -> None:  # pragma: no cover - compiled
    """See `residua.measures.density_plain`."""
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


@compiled
def count_held(
    x: Any, y: Any, held: Any, ends: Any, counts: Any
) -> None:  # pragma: no cover - compiled
    """See `residua.measures.density_plain`."""
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
