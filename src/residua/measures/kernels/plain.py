"""The inner loops in plain NumPy: what the compiled ones must equal."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Events
from residua.measures.kernels.contract import (
    IN_DOUBT,
    INSIDE,
    ODD,
    ROUNDING,
    Column,
    Counts,
    CurvePlan,
    Kernels,
    Mask,
    Plane,
    PlanePlan,
    Rows,
    Values,
    Verdicts,
)
from residua.measures.scale_table import ONE, SHIFT


def select(
    events: Events, columns: Rows, weights: Values, limits: tuple[float, float], rows: Rows
) -> Rows:
    """See `Kernels`."""
    values = unmix(events, columns, weights, rows)
    return rows[(values >= limits[0]) & (values < limits[1])]


def unmix(events: Events, columns: Rows, weights: Values, rows: Rows) -> Values:
    """See `Kernels`."""
    values = np.zeros(len(rows))
    every = len(rows) == len(events) and bool((rows == np.arange(len(rows))).all())
    with np.errstate(invalid="ignore", over="ignore"):  # what is not finite is in no gate
        for column, weight in zip(columns, weights, strict=True):
            seen = events[:, column] if every else events[rows, column]
            values += seen.astype(np.float64) * weight
    return values


def look_up(values: Values, shape: Values, nodes: Values) -> Values:
    """See `Kernels`."""
    steepness, top, low, high = shape
    with np.errstate(invalid="ignore", over="ignore"):
        u = np.abs(values) * steepness + 1.0
        known = u < top
    bits = np.where(known, u, 1.0).view(np.int64) - ONE
    place, part = bits >> SHIFT, (bits & ((1 << SHIFT) - 1)) * (1.0 / (1 << SHIFT))
    side = (values < 0).astype(np.intp)
    left = nodes[side, place]
    found = left + part * (nodes[side, place + 1] - left)
    return np.where(known, np.minimum(np.maximum(found, low), high), np.nan)


def polygon(x: Values, y: Values, corners: Values, x_error: float, y_error: float) -> Verdicts:
    """See `Kernels`: the even-odd rule; the edges belong to the polygon."""
    (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero(
        (x >= left - x_error)
        & (x <= right + x_error)
        & (y >= low - y_error)
        & (y <= high + y_error)
    )
    verdicts = np.zeros(len(x), np.uint8)
    verdicts[near] = _crossings(x[near], y[near], corners, x_error, y_error)
    return verdicts


def _crossings(x: Values, y: Values, corners: Values, x_error: float, y_error: float) -> Verdicts:
    odd, edge = np.zeros(len(x), bool), np.zeros(len(x), bool)
    exact = x_error == 0 and y_error == 0
    for (x1, y1), (x2, y2) in pairwise(corners):
        wide, tall = x2 - x1, y2 - y1
        side = wide * (y - y1) - tall * (x - x1)
        odd ^= ((y1 > y) != (y2 > y)) & ((side > 0) == (y2 > y1))
        slack: Values | float = 0.0
        if not exact:
            slack = abs(wide) * y_error + abs(tall) * x_error
            slack = slack + ROUNDING * (abs(wide) * np.abs(y - y1) + abs(tall) * np.abs(x - x1))
        beside = _between(x, x1, x2, x_error) & _between(y, y1, y2, y_error)
        edge |= (np.abs(side) <= slack) & beside
        if y_error > 0:
            edge |= np.abs(y - y1) <= y_error
    inside = np.where(odd, INSIDE, 0)
    return np.where(edge, INSIDE if exact else IN_DOUBT, inside).astype(np.uint8)


def _between(values: Values, one: float, other: float, error: float) -> Mask:
    held: Mask = (values >= min(one, other) - error) & (values <= max(one, other) + error)
    return held


def ellipsoid(
    values: Values, center: Values, inverse: Values, distance2: float, errors: Values
) -> Verdicts:
    """See `Kernels`: within squared Mahalanobis distance `distance2`, the edge included."""
    size, count = values.shape
    distance, slack = np.zeros(count), np.zeros(count)
    with np.errstate(invalid="ignore", over="ignore"):
        offset = values - center[:, None]
        for i in range(size):
            row, column, largest = np.zeros(count), np.zeros(count), np.zeros(count)
            for j in range(size):
                term = offset[i] * inverse[i, j] * offset[j]
                distance += term
                row += inverse[i, j] * offset[j]
                column += inverse[j, i] * offset[j]
                largest += ROUNDING * 8 * np.abs(term) + abs(inverse[i, j]) * errors[i] * errors[j]
            slack += (np.abs(row) + np.abs(column)) * errors[i] + largest
        verdicts = np.where(distance <= distance2, INSIDE, 0).astype(np.uint8)
        if errors.any():
            verdicts[np.abs(distance - distance2) <= slack] = IN_DOUBT
    return verdicts


def planes(events: Events, plan: PlanePlan, out: NDArray[np.float32], first: int) -> int:
    """See `Kernels`."""
    rows, beyond = np.arange(len(events)), 0
    for place, (start, stop) in enumerate(pairwise(plan.starts)):
        values = unmix(events, plan.columns[start:stop], plan.weights[start:stop], rows)
        if plan.shapes[place, 0] > 0:
            above, below = plan.begins[place]
            nodes = plan.nodes[above : 2 * below - above].reshape(2, below - above)
            values = look_up(values, plan.shapes[place], nodes)
            beyond += int(np.count_nonzero(np.isnan(values)))
        with np.errstate(over="ignore"):
            out[place, first : first + len(events)] = values
    return beyond


def count(x: Column, y: Column, held: Mask, ends: Values, counts: Counts) -> None:
    """See `Kernels`."""
    if len(held):
        x, y = x[held], y[held]
    rows, columns = counts.shape
    across = (x.astype(np.float64) - ends[0]) * (columns / (ends[1] - ends[0]))
    up = (y.astype(np.float64) - ends[2]) * (rows / (ends[3] - ends[2]))
    known = ~(np.isnan(across) | np.isnan(up))
    column = np.clip(across[known], 0.0, columns - 1.0).astype(np.intp)
    row = np.clip(up[known], 0.0, rows - 1.0).astype(np.intp)
    found = np.bincount(row * columns + column, minlength=counts.size)
    counts += found.reshape(counts.shape).astype(np.uint32)


def follow(events: Plane, plan: CurvePlan, out: Plane) -> None:
    """See `Kernels`."""
    cells = plan.rise.shape[1]
    first = (np.arange(len(plan.rise)) * cells).astype(np.int32)
    place = (events - plan.low) * plan.per_step
    cell = np.clip(place, 0, cells - 1).astype(np.int32)
    place -= cell
    cell += first
    np.multiply(place, plan.rise.ravel()[cell], out=out)
    out += plan.base.ravel()[cell]
    if len(plan.dyes):
        mixed = np.zeros_like(out)
        for dye in plan.dyes:
            mixed += (events[:, dye : dye + 1] - plan.centre) * plan.mixing[dye]
        out += mixed


def within(events: Events, low: Values, high: Values) -> Rows:
    """See `Kernels`."""
    inside = np.ones(len(events), bool)
    for column, (least, most) in enumerate(zip(low, high, strict=True)):
        inside &= (events[:, column] >= least) & (events[:, column] <= most)
    return np.flatnonzero(inside)


def numbers(bits: Counts) -> Counts:
    """See `Kernels`."""
    number = np.zeros(len(bits), np.uint32)
    for column in range(bits.shape[1]):
        number ^= bits[:, column]
        number *= np.uint32(ODD)
        number ^= number >> np.uint32(15)
    number ^= number >> np.uint32(16)
    number *= np.uint32(0x85EBCA6B)
    number ^= number >> np.uint32(13)
    number *= np.uint32(0xC2B2AE35)
    number ^= number >> np.uint32(16)
    return number


PLAIN = Kernels(select, unmix, look_up, polygon, ellipsoid, planes, count, follow, within, numbers)
