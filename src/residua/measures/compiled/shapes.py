"""Loops that judge points: in, out, or too near an edge to tell from values with an error."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled
from residua.measures.kernels.contract import IN_DOUBT, INSIDE, OUTSIDE, ROUNDING


@compiled
def polygon(
    x: Any, y: Any, corners: Any, x_error: float, y_error: float
) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    left, right, low, high = np.inf, -np.inf, np.inf, -np.inf
    for place in range(corners.shape[0]):
        left, right = min(left, corners[place, 0]), max(right, corners[place, 0])
        low, high = min(low, corners[place, 1]), max(high, corners[place, 1])
    left, right, low, high = left - x_error, right + x_error, low - y_error, high + y_error
    verdicts = np.zeros(x.size, np.uint8)
    for place in range(x.size):
        px, py = x[place], y[place]
        if px >= left and px <= right and py >= low and py <= high:
            verdicts[place] = _point(px, py, corners, x_error, y_error)
    return verdicts


@compiled
def _point(
    px: float, py: float, corners: Any, x_error: float, y_error: float
) -> int:  # pragma: no cover - compiled
    odd = False
    exact = x_error == 0 and y_error == 0
    for place in range(corners.shape[0] - 1):
        x1, y1 = corners[place, 0], corners[place, 1]
        x2, y2 = corners[place + 1, 0], corners[place + 1, 1]
        wide, tall = x2 - x1, y2 - y1
        side = wide * (py - y1) - tall * (px - x1)
        slack = 0.0
        if not exact:
            slack = abs(wide) * y_error + abs(tall) * x_error
            slack = slack + ROUNDING * (abs(wide) * abs(py - y1) + abs(tall) * abs(px - x1))
            if y_error > 0 and abs(py - y1) <= y_error:
                return IN_DOUBT
        if (
            abs(side) <= slack
            and px >= min(x1, x2) - x_error
            and px <= max(x1, x2) + x_error
            and py >= min(y1, y2) - y_error
            and py <= max(y1, y2) + y_error
        ):
            return INSIDE if exact else IN_DOUBT
        if (y1 > py) != (y2 > py) and (side > 0) == (y2 > y1):
            odd = not odd
    return INSIDE if odd else OUTSIDE


@compiled
def ellipsoid(
    values: Any, center: Any, inverse: Any, distance2: float, errors: Any
) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    size, count = values.shape
    offset = np.empty(size)
    verdicts = np.zeros(count, np.uint8)
    exact = not errors.any()
    for place in range(count):
        for i in range(size):
            offset[i] = values[i, place] - center[i]
        distance = slack = 0.0
        for i in range(size):
            row = column = largest = 0.0
            for j in range(size):
                term = offset[i] * inverse[i, j] * offset[j]
                distance += term
                row += inverse[i, j] * offset[j]
                column += inverse[j, i] * offset[j]
                largest += ROUNDING * 8 * abs(term) + abs(inverse[i, j]) * errors[i] * errors[j]
            slack += (abs(row) + abs(column)) * errors[i] + largest
        verdicts[place] = INSIDE if distance <= distance2 else OUTSIDE
        if not exact and abs(distance - distance2) <= slack:
            verdicts[place] = IN_DOUBT
    return verdicts
