"""Loops that read the rows of an event matrix."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled


@compiled
def select(
    events: Any, columns: Any, weights: Any, limits: Any, rows: Any
) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    low, high = limits
    kept = np.empty(rows.size, np.intp)
    count = 0
    for place in range(rows.size):
        row, value = rows[place], 0.0
        for j in range(columns.size):
            value += np.float64(events[row, columns[j]]) * weights[j]
        kept[count] = row
        count += (value >= low) & (value < high)
    return kept[:count]


@compiled
def unmix(events: Any, columns: Any, weights: Any, rows: Any) -> Any:  # pragma: no cover
    """See `Kernels`."""
    values = np.empty(rows.size)
    for place in range(rows.size):
        row, value = rows[place], 0.0
        for j in range(columns.size):
            value += np.float64(events[row, columns[j]]) * weights[j]
        values[place] = value
    return values
