"""Which markers every event of a gate must carry, by the gates that it builds on."""

from __future__ import annotations

import math
from collections.abc import Mapping

from residua.facts.gates import BooleanGate, Gate, RectangleGate


def needed_dimensions(name: str, gates: Mapping[str, Gate]) -> frozenset[str]:
    """The dimensions by which an event can fail to be in the gate `name` on every way into it.

    Of a union only those that all of its members need; of a complement those of the parent
    alone; of a rectangle those with a lower limit, as events below an upper limit are in it.
    """
    gate = gates[name]
    above = frozenset[str]() if gate.parent is None else needed_dimensions(gate.parent, gates)
    return above | _own(gate, gates)


def _own(gate: Gate, gates: Mapping[str, Gate]) -> frozenset[str]:
    if isinstance(gate, RectangleGate):
        return frozenset(one.dimension for one in gate.limits if one.low > -math.inf)
    if not isinstance(gate, BooleanGate):
        return frozenset(gate.dimensions)
    if gate.operation == "not":
        return frozenset()
    members = [
        frozenset[str]() if negated else needed_dimensions(member, gates)
        for member, negated in gate.members
    ]
    if gate.operation == "all":
        return frozenset.union(*members)
    return frozenset.intersection(*members)
