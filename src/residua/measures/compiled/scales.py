"""Loops that look scaled values up in a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled
from residua.measures.scale_table import ONE, SHIFT

_PART = (1 << SHIFT) - 1
_STEP = 1.0 / (1 << SHIFT)
_BLOCK = 256  # rows at a time: all columns of a block stay in the first cache


@compiled
def look_up(values: Any, shape: Any, nodes: Any) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    scaled = np.empty(values.size)
    side = nodes.shape[1]
    _scale(values, values.size, shape, nodes.ravel(), (0, side), scaled)
    return scaled


@compiled
def _scale(  # noqa: PLR0917
    values: Any, count: int, shape: Any, nodes: Any, begins: Any, scaled: Any
) -> int:  # pragma: no cover - compiled
    """Fill `scaled`; returns how many values lie beyond the table."""
    steepness, top, lowest, highest = shape[0], shape[1], shape[2], shape[3]
    above, below = begins[0], begins[1]
    beyond = 0
    for place in range(count):
        value = values[place]
        u = abs(value) * steepness + 1.0
        known = u < top
        bits = np.float64(u if known else 1.0).view(np.int64) - ONE
        node = (below if value < 0 else above) + (bits >> SHIFT)
        left = nodes[node]
        found = left + (bits & _PART) * _STEP * (nodes[node + 1] - left)
        found = min(max(found, lowest), highest)
        scaled[place] = found if known else np.nan
        beyond += not known
    return beyond


@compiled
def planes(  # noqa: PLR0917
    events: Any,
    starts: Any,
    columns: Any,
    weights: Any,
    shapes: Any,
    begins: Any,
    nodes: Any,
    out: Any,
    first: int,
) -> int:  # pragma: no cover - compiled
    """See `Kernels`; the fields of a `PlanePlan` one by one."""
    block = np.empty((events.shape[1], _BLOCK))
    values, scaled = np.empty(_BLOCK), np.empty(_BLOCK)
    beyond = 0
    for begin in range(0, events.shape[0], _BLOCK):
        size = min(_BLOCK, events.shape[0] - begin)
        for row in range(size):
            for column in range(events.shape[1]):
                block[column, row] = events[begin + row, column]
        for place in range(starts.size - 1):
            _unmix(block, columns, weights, starts[place], starts[place + 1], values)
            if shapes[place, 0] > 0:
                beyond += _scale(values, size, shapes[place], nodes, begins[place], scaled)
                for row in range(size):
                    out[place, first + begin + row] = scaled[row]
            else:
                for row in range(size):
                    out[place, first + begin + row] = values[row]
    return beyond


@compiled
def _unmix(  # noqa: PLR0917
    block: Any, columns: Any, weights: Any, start: int, stop: int, values: Any
) -> None:  # pragma: no cover - compiled
    """The sum of columns times weights, one column after the other."""
    for row in range(_BLOCK):
        values[row] = 0.0
    for j in range(start, stop):
        column, weight = columns[j], weights[j]
        for row in range(_BLOCK):
            values[row] += block[column, row] * weight
