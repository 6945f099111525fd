"""Gates by their definition, on exactly scaled values of all events: slow, and the oracle.

Edges count as in Gating-ML 2.0 (section 5): low <= value < high for rectangles; the edges of
polygons (even-odd rule) and ellipsoids belong to the gate. A value that is not finite is in no
gate.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from residua.facts.gates import BooleanGate, EllipsoidGate, Gate, PolygonGate, RectangleGate
from residua.measures.kernels.blocks import native
from residua.measures.kernels.contract import INSIDE, Kernels, Values
from residua.measures.kernels.plain import PLAIN
from residua.measures.readout import Readout

Mask = NDArray[np.bool_]


def plain_masks(readout: Readout, *, tube: str | None = None) -> dict[str, Mask]:
    """Which events (n,) lie in each gate of `tube`, parents included."""
    gates = {gate.name: gate for gate in readout.strategy.gates_of(tube)}
    masks: dict[str, Mask] = {}
    while len(masks) < len(gates):  # gates stand in any order; none builds on itself
        for name, gate in gates.items():
            if name not in masks and needed(gate) <= masks.keys():
                masks[name] = _mask(gate, readout, masks)
    return {name: masks[name] for name in gates}


def needed(gate: Gate) -> set[str]:
    """The names of the gates that a gate builds on."""
    members = set(gate.of) if isinstance(gate, BooleanGate) else set()
    return members | ({gate.parent} if gate.parent is not None else set())


def _mask(gate: Gate, readout: Readout, masks: Mapping[str, Mask]) -> Mask:
    parent = masks[gate.parent] if gate.parent is not None else np.bool_(True)
    if isinstance(gate, BooleanGate):
        return combined(gate, masks) & parent
    values = [_exact(readout, name) for name in gate.dimensions]
    if isinstance(gate, RectangleGate):
        within = [
            (scaled >= limit.low) & (scaled < limit.high) & ~np.isnan(scaled)
            for limit, scaled in zip(gate.limits, values, strict=True)
        ]
        every: Mask = np.logical_and.reduce(within)
        return every & parent
    inside: Mask = verdicts_of(gate, PLAIN, values) == INSIDE
    return inside & parent


def _exact(readout: Readout, name: str) -> Values:
    events, seen = native(readout.acquisition.events), readout.seen(name)
    return seen.exact(seen.counted(seen.linear(PLAIN, events, np.arange(len(events)))))


def combined(gate: BooleanGate, masks: Mapping[str, Mask]) -> Mask:
    """All, any or none of the members of a boolean gate."""
    parts = [~masks[name] if outside else masks[name] for name, outside in gate.members]
    if gate.operation == "all":
        every: Mask = np.logical_and.reduce(parts)
        return every
    either: Mask = np.logical_or.reduce(parts)
    return ~either if gate.operation == "not" else either


def verdicts_of(
    gate: PolygonGate | EllipsoidGate,
    kernels: Kernels,
    values: list[Values],
    errors: list[float] | None = None,
) -> NDArray[np.uint8]:
    """A verdict per event, from scaled values that may be off by `errors` (none: exact)."""
    off = errors or [0.0] * len(values)
    if isinstance(gate, PolygonGate):
        corners = np.array((*gate.points, gate.points[0]), dtype=np.float64)
        return kernels.polygon(values[0], values[1], corners, *off)
    return kernels.ellipsoid(
        np.stack(values),
        np.array(gate.center, dtype=np.float64),
        np.ascontiguousarray(_inverse(gate)),
        float(gate.distance2),
        np.array(off),
    )


def _inverse(gate: EllipsoidGate) -> Values:
    if len(gate.center) == 2:  # without the rounding of a general inverse, points on the edge count
        (a, b), (c, d) = gate.covariance
        return np.array(((d, -b), (-c, a))) / (a * d - b * c)
    return np.asarray(np.linalg.inv(np.array(gate.covariance, dtype=np.float64)))
