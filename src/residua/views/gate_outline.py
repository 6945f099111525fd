"""The outline of a gate in the plane of two dimensions."""

from __future__ import annotations

import numpy as np

from residua.facts.gates import EllipsoidGate, Gate, PolygonGate, RectangleGate
from residua.views.flow_sample import Points

_EVERYWHERE = (-np.inf, np.inf)
_STEPS = 180


def outline_of(gate: Gate, x: str, y: str) -> Points | None:
    """Corners in scale units, infinite where the gate is open; None for a gate of another plane.

    A gate with further dimensions is shown by its shadow: where it has events at all.
    """
    if isinstance(gate, RectangleGate):
        limits = {limit.dimension: (limit.low, limit.high) for limit in gate.limits}
        if not {x, y} & set(limits):
            return None
        (left, right), (low, high) = (limits.get(name, _EVERYWHERE) for name in (x, y))
        return ((left, low), (right, low), (right, high), (left, high))
    if isinstance(gate, PolygonGate) and {gate.x, gate.y} == {x, y}:
        return _turned(gate.points, turn=gate.x != x)
    if isinstance(gate, EllipsoidGate) and {x, y} <= set(gate.dimensions):
        across, up = gate.dimensions.index(x), gate.dimensions.index(y)
        found = _ellipse(gate, sorted((across, up)))
        return found and _turned(found, turn=across > up)
    return None


def _ellipse(gate: EllipsoidGate, axes: list[int]) -> Points | None:
    """The ellipse, None where the gate has no end; of more dimensions its shadow.

    Only the symmetric part of the inverse matters to the distance; the shadow has that part of
    the covariance which belongs to the two dimensions.
    """
    inverse = np.linalg.inv(np.array(gate.covariance))
    even = (inverse + inverse.T) / 2
    if not np.linalg.eigvalsh(even).min() > 0:
        return None
    angle = np.linspace(0, 2 * np.pi, _STEPS, endpoint=False)
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(gate.distance2)
    root = np.linalg.cholesky(np.linalg.inv(even)[np.ix_(axes, axes)])
    corners = circle @ root.T + np.array(gate.center)[axes]
    return tuple((float(a), float(b)) for a, b in corners)


def _turned(points: Points, *, turn: bool) -> Points:
    return tuple((b, a) for a, b in points) if turn else points
