"""What the inner loops of scaling and gating must offer, plain or compiled.

Both kinds take the same arrays and give the same numbers, bit for bit: `kernels_plain` in
NumPy, the definition, and `compiled`. In all of them `events` is (n, c) float32 or float64, C
order and of the machine's byte order, and `rows` are row numbers of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Events

Rows = NDArray[np.intp]
Values = NDArray[np.float64]
Verdicts = NDArray[np.uint8]
Mask = NDArray[np.bool_]
Column = NDArray[np.floating]
Counts = NDArray[np.uint32]
Plane = NDArray[np.float32]
ODD = 0x9E3779B1  # the golden ratio of 2^32, as in Knuth, vol. 3, 6.4
OUTSIDE, INSIDE, IN_DOUBT = 0, 1, 2
ROUNDING = 1e-15  # relative, of one comparison with an edge


@dataclass(frozen=True, eq=False)
class PlanePlan:
    """How k channels are read from events and scaled, in flat arrays.

    Plane d is the sum of the events' `columns` times `weights` from ``starts[d]`` to
    ``starts[d + 1]``; where the first of its `shapes` (k, 4) is above 0 it is looked up in
    `nodes`: those for values above 0 from ``begins[d, 0]``, those for values below 0
    from ``begins[d, 1]``.
    """

    starts: Rows
    columns: Rows
    weights: Values
    shapes: Values
    begins: Rows
    nodes: Values


@dataclass(frozen=True, eq=False)
class CurvePlan:
    """How d channels follow curves, in float32: value x of channel j becomes

    ``base[j, c] + rise[j, c] * (p - c)``, p = (x - low) * per_step and c its whole part within
    `base` and `rise` (d, cells), plus the sum, in the order of `dyes` (m,), of what each value
    lies from `centre` times its row of `mixing` (d, d).
    """

    base: Plane
    rise: Plane
    mixing: Plane
    dyes: Rows
    low: np.float32
    per_step: np.float32
    centre: np.float32


@dataclass(frozen=True)
class Kernels:
    """The inner loops.

    `select(events, columns, weights, limits, rows)`: the rows with low <= value < high, the
    value being the sum of `columns` times `weights` in their order, as float64.
    `unmix(events, columns, weights, rows)`: those values.
    `look_up(values, shape, nodes)`: scaled values by the `shape` and `nodes` of a
    `ScaleTable`; nan beyond the table.
    `polygon(x, y, corners, x_error, y_error)`: a verdict per point; corners (m + 1, 2), the
    first again at the end. Where x and y may be off by an error, points near an edge are in
    doubt. `ellipsoid(values, center, inverse, distance2, errors)`: likewise for values (k, n).
    `planes(events, plan, out, first)`: fill ``out[:, first:first + n]`` (float32), nan where a
    table ends; returns how many values lie beyond their table.
    `count(x, y, held, ends, counts)`: add events (n,), of any stride, to `counts` (rows of y,
    columns of x, uint32): those that `held` (n,) marks, or all where it is empty. `ends` are x
    low, x high, y low, y high. Bin k of an axis holds k <= (value - low) * bins / (high - low)
    < k + 1, the first and the last one also what lies beyond; what is not a number is in none.
    `follow(events, plan, out)`: fill `out` (n, d), all float32, by a `CurvePlan`.
    `within(events, low, high)`: the rows of events whose d values lie in [low, high] (d,).
    `numbers(bits)`: a number (n,) for the bits (n, d), uint32, of an event's float32 values: the
    finaliser of MurmurHash3 (Appleby, public domain) over a product of them.
    """

    select: Callable[[Events, Rows, Values, tuple[float, float], Rows], Rows]
    unmix: Callable[[Events, Rows, Values, Rows], Values]
    look_up: Callable[[Values, Values, Values], Values]
    polygon: Callable[[Values, Values, Values, float, float], Verdicts]
    ellipsoid: Callable[[Values, Values, Values, float, Values], Verdicts]
    planes: Callable[[Events, PlanePlan, NDArray[np.float32], int], int]
    count: Callable[[Column, Column, Mask, Values, Counts], None]
    follow: Callable[[Plane, CurvePlan, Plane], None]
    within: Callable[[Events, Values, Values], Rows]
    numbers: Callable[[Counts], Counts]
