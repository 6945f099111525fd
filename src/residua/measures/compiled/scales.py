"""Loops that look scaled values up in a table."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled
from residua.measures.scale_table import ONE, SHIFT

_PART = (1 << SHIFT) - 1
_STEP = 1.0 / (1 << SHIFT)
_NEXT = np.uint64(1)
_BLOCK = 256  # rows at a time: all columns of a block stay in the first cache


@compiled
def look_up(values: Any, shape: Any, nodes: Any) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    size = values.size
    scaled, node, part = np.empty(size), np.empty(size, np.uint64), np.empty(size)
    _find(values, size, shape, (0, nodes.shape[1]), node, part)
    _between(nodes.ravel(), node, part, shape, scaled, size)
    return scaled


@compiled
def _find(  # noqa: PLR0917
    values: Any, count: int, shape: Any, begins: Any, node: Any, part: Any
) -> int:  # pragma: no cover - compiled
    """The node below each value and how far it lies behind; returns how many lie beyond all.

    Apart from `_between`, as a processor does this for several values at a time.
    """
    steepness, top = shape[0], shape[1]
    above, below = begins[0], begins[1]
    beyond = 0
    for place in range(count):
        u = abs(values[place]) * steepness + 1.0
        known = u < top
        bits = np.float64(u if known else 1.0).view(np.int64) - ONE
        node[place] = (below if values[place] < 0 else above) + (bits >> SHIFT)
        behind = np.float64(bits & _PART) * _STEP
        part[place] = behind if known else np.nan
        beyond += 0 if known else 1
    return beyond


@compiled
def _between(  # noqa: PLR0917
    nodes: Any, node: Any, part: Any, shape: Any, scaled: Any, count: int
) -> None:  # pragma: no cover - compiled
    lowest, highest = shape[2], shape[3]
    for place in range(count):
        left = nodes[node[place]]
        found = left + part[place] * (nodes[node[place] + _NEXT] - left)
        found = lowest if found < lowest else found
        scaled[place] = highest if found > highest else found


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
    values, scaled, part = np.empty(_BLOCK), np.empty(_BLOCK), np.empty(_BLOCK)
    node = np.empty(_BLOCK, np.uint64)
    beyond = 0
    for begin in range(0, events.shape[0], _BLOCK):
        size = min(_BLOCK, events.shape[0] - begin)
        for row in range(size):
            for column in range(events.shape[1]):
                block[column, row] = events[begin + row, column]
        for place in range(starts.size - 1):
            _unmix(block, columns, weights, starts[place], starts[place + 1], values)
            if shapes[place, 0] > 0:
                beyond += _find(values, size, shapes[place], begins[place], node, part)
                _between(nodes, node, part, shapes[place], scaled, size)
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
