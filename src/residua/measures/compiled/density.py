"""Counting events into a square of bins, one pass, no copies."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled


@compiled
def count(x: Any, y: Any, held: Any, ends: Any, counts: Any) -> None:  # pragma: no cover - compiled
    """See `Kernels`."""
    rows, columns = counts.shape
    low_x, low_y = ends[0], ends[2]
    per_x, per_y = columns / (ends[1] - low_x), rows / (ends[3] - low_y)
    every = held.size == 0
    for event in range(x.shape[0]):
        if every or held[event]:
            across, up = (x[event] - low_x) * per_x, (y[event] - low_y) * per_y
            if not (np.isnan(across) or np.isnan(up)):
                column = int(min(max(across, 0.0), columns - 1.0))
                row = int(min(max(up, 0.0), rows - 1.0))
                counts[row, column] += np.uint32(1)
