"""Where the parts of a strategy stand in its flow.toml, for faults that only a raw file shows.

Gates of other programs are named instead: what they stand in has no lines to correct by hand.
"""

from __future__ import annotations

from typing import Any

from residua.errors import InputError
from residua.facts.gates import Gate, PolygonGate, RectangleGate
from residua.main.flow.plan import Plan
from residua.readers.toml_places import PathOf, Places, read_toml


def gate_place(plan: Plan, gate: Gate, dimension: str) -> tuple[str, int | None]:
    """(where, line) of a dimension of a gate."""
    data, places = _read(plan)
    for number, table in enumerate(data.get("gate", [])):
        if (table.get("name"), table.get("tube")) == (gate.name, gate.tube):
            path: PathOf = ("gate", number, *_key(gate, dimension))
            return f"gate {number + 1}, {dimension}", places.line(path)
    return f"gate {gate.name!r}, {dimension}", None


def line_of(plan: Plan, path: PathOf) -> int | None:
    """The line of a path of flow.toml, or None where the strategy is no flow.toml."""
    data, places = _read(plan)
    return places.line(path) if data else None


def _read(plan: Plan) -> tuple[dict[str, Any], Places]:
    """The flow.toml that was read before; nothing where the strategy is a file of another kind."""
    try:
        return read_toml(plan.gates, name=plan.strategy.path)
    except InputError:
        return {}, Places({})


def _key(gate: Gate, dimension: str) -> tuple[str, ...]:
    if isinstance(gate, RectangleGate):
        return ("limits", dimension)
    if isinstance(gate, PolygonGate) or len(gate.dimensions) == 2:
        return ("xy"[gate.dimensions.index(dimension)],)
    return ("dimensions",)
