"""Hierarchical gates over the events of one acquisition.

A child looks only at the events of its parent, and a dimension is compensated and scaled only
for those. Edges count as in Gating-ML 2.0 (section 5): low <= value < high for rectangles;
the edges of polygons (even-odd rule) and ellipses belong to the gate.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Gate, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.measures.readout import Readout, Rows, Values, read_out

Mask = NDArray[np.bool_]


def apply_gates(
    acquisition: Acquisition,
    strategy: Strategy,
    *,
    tube: str | None = None,
    compensation: Spillover | Literal["file"] | None = "file",
) -> dict[str, Mask]:
    """Which events (n,) lie in each gate that holds for `tube`, parents included.

    `compensation` is the file's own matrix, another one, or None. Raises `ValueFault` where a
    gate names a dimension that the file lacks, or the matrix does not fit or cannot be read.
    """
    matrix = acquisition.to_compensate if compensation == "file" else compensation
    if compensation == "file" and acquisition.spillover_fault:
        received = "one that cannot be read"
        raise ValueFault("a compensation matrix in the file", received, "give one, or None")
    return gate_events(read_out(acquisition, strategy, compensation=matrix), tube=tube)


def gate_events(readout: Readout, *, tube: str | None = None) -> dict[str, Mask]:
    """As `apply_gates`, for an acquisition that is already read out."""
    gates = {gate.name: gate for gate in readout.strategy.gates_of(tube)}
    masks: dict[str, Mask] = {}
    for name in gates:
        _fill(name, gates, readout, masks)
    return {name: masks[name] for name in gates}


def _fill(name: str, gates: Mapping[str, Gate], readout: Readout, masks: dict[str, Mask]) -> None:
    """Put the mask of `name` into `masks`, and before it those it builds on."""
    if name in masks:
        return
    gate = gates[name]
    if gate.parent is not None:
        _fill(gate.parent, gates, readout, masks)
    if isinstance(gate, BooleanGate):
        for other in gate.of:
            _fill(other, gates, readout, masks)
    parent = None if gate.parent is None else masks[gate.parent]
    masks[name] = _mask(gate, readout, parent, masks)


def _mask(gate: Gate, readout: Readout, parent: Mask | None, masks: Mapping[str, Mask]) -> Mask:
    count = len(readout.acquisition.events)
    if isinstance(gate, BooleanGate):
        combined = _boolean(gate, masks)
        return combined if parent is None else combined & parent
    rows = None if parent is None else np.flatnonzero(parent)
    inside = np.zeros(count, dtype=bool)
    if isinstance(gate, RectangleGate):
        inside[_within_limits(gate, readout, rows)] = True
        return inside
    values = [readout.scaled(name, rows) for name in gate.dimensions]
    if isinstance(gate, PolygonGate):
        held = in_polygon(values[0], values[1], gate)
    else:
        held = in_ellipsoid(values, gate)
    inside[held if rows is None else rows[held]] = True
    return inside


def _boolean(gate: BooleanGate, masks: Mapping[str, Mask]) -> Mask:
    parts = [~masks[name] if outside else masks[name] for name, outside in gate.members]
    if gate.operation == "all":
        every: Mask = np.logical_and.reduce(parts)
        return every
    either: Mask = np.logical_or.reduce(parts)
    return ~either if gate.operation == "not" else either


def _within_limits(gate: RectangleGate, readout: Readout, rows: Rows | None) -> Rows | slice:
    """The rows inside every limit; each limit looks only at what the earlier ones left."""
    for limit in gate.limits:
        values = readout.scaled(limit.dimension, rows)
        held = np.flatnonzero((values >= limit.low) & (values < limit.high))
        rows = held if rows is None else rows[held]
    return slice(None) if rows is None else rows


def in_polygon(x: Values, y: Values, gate: PolygonGate) -> Mask:
    """Which points lie inside (even-odd rule) or on the edge of a polygon."""
    corners = np.array(gate.points)
    (left, low), (right, high) = corners.min(axis=0), corners.max(axis=0)
    near = np.flatnonzero((x >= left) & (x <= right) & (y >= low) & (y <= high))
    inside = np.zeros(len(x), dtype=bool)
    inside[near] = _crossings(x[near], y[near], gate)
    return inside


def _crossings(x: Values, y: Values, gate: PolygonGate) -> Mask:
    odd = np.zeros(len(x), dtype=bool)
    edge = np.zeros(len(x), dtype=bool)
    closed = (*gate.points, gate.points[0])
    for (x1, y1), (x2, y2) in pairwise(closed):
        side = (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        odd ^= ((y1 > y) != (y2 > y)) & ((side > 0) == (y2 > y1))
        edge |= (side == 0) & _between(x, x1, x2) & _between(y, y1, y2)
    return odd | edge


def _between(values: Values, one: float, other: float) -> Mask:
    held: Mask = (values >= min(one, other)) & (values <= max(one, other))
    return held


def in_ellipsoid(values: Sequence[Values], gate: EllipsoidGate) -> Mask:
    """Which points lie within squared Mahalanobis distance `distance2` of the centre."""
    inverse = np.linalg.inv(np.array(gate.covariance))
    if len(values) == 2:  # without the rounding of a general inverse, points on the edge count
        (a, b), (c, d) = gate.covariance
        inverse = np.array(((d, -b), (-c, a))) / (a * d - b * c)
    offset = np.column_stack(values) - np.array(gate.center)
    distance2 = np.einsum("ij,jk,ik->i", offset, inverse, offset)
    held: Mask = distance2 <= gate.distance2
    return held
