"""The gate of a population: rectangle, polygon, ellipse or a combination of other populations.

FlowJo keeps limits and corners as linear values and the edges between corners straight on its
display, so corners become units of the scale. Ellipses it keeps in steps of the display. A gate
that keeps what lies outside becomes two: its shape, and what of the parent lies outside that.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from residua.errors import ValueFault
from residua.facts.gates import BooleanGate, Gate, Limit, PolygonGate, RectangleGate
from residua.readers.flowjo.attributes import Wrong, child, limit, number, number_or, text
from residua.readers.flowjo.ellipse import read_ellipse
from residua.readers.flowjo.populations import OPERATIONS, Node, Path, find_path
from residua.readers.flowjo.sample import Parameter
from residua.readers.xml_tree import Element

INSIDE = " (inside)"
Drawn = dict[str, Any]  # what every gate has: name, parent, tube


@dataclass(frozen=True, eq=False)
class Population:
    """One population: where it stands, its gate's element (None: a combination), what it sees."""

    node: Node
    shape: Element | None
    parameters: tuple[Parameter, ...]


@dataclass(frozen=True, eq=False)
class Naming:
    """The names in a strategy of a sample's populations and of its gates' parameters."""

    tube: str
    gates: Mapping[Path, str]
    dimensions: Mapping[str, str]

    def head(self, node: Node) -> Drawn:
        """The name, parent and tube of a population's gate."""
        parent = self.gates[node.path[:-1]] if len(node.path) > 1 else None
        return {"name": self.gates[node.path], "parent": parent, "tube": self.tube}


def shape_of(node: Node) -> Element | None:
    """The element of a population's gate, or None for a combination of others."""
    if node.element.name in OPERATIONS:
        return None
    held = child(node.element, "Gate")
    if len(held.children) != 1:
        raise Wrong(held, "one gate", f"{len(held.children)}", "draw it in FlowJo again")
    return held.children[0]


def read_gates(population: Population, naming: Naming) -> tuple[Gate, ...]:
    """The gate of a population, or two for what lies outside a shape.

    Raises `ValueFault` for what is not a gate.
    """
    shape, parameters = population.shape, population.parameters
    head = naming.head(population.node)
    if shape is None:
        return (_combination(population.node, naming, head),)
    reader = _READERS.get(shape.name)
    if reader is None:
        known = f"one of the gates {', '.join(_READERS)}"
        raise Wrong(shape, known, f"{shape.name!r}", "draw it as one of those in FlowJo")
    kept = number_or(shape, "eventsInside", 1)
    if kept not in (0, 1):
        raise Wrong(shape, "eventsInside of 0 or 1", "another number", "correct it")
    names = tuple(naming.dimensions[one.name] for one in parameters)
    if kept == 1:
        return (reader(shape, parameters, names, head),)
    inside = head | {"name": head["name"] + INSIDE}
    outside = BooleanGate(operation="not", of=(inside["name"],), **head)
    return (reader(shape, parameters, names, inside), outside)


def _rectangle(
    shape: Element, parameters: tuple[Parameter, ...], names: tuple[str, ...], head: Drawn
) -> Gate:
    dimensions = shape.all("dimension")
    limits = []
    for dimension, parameter, name in zip(dimensions, parameters, names, strict=True):
        low = limit(dimension, "min", -math.inf)
        high = limit(dimension, "max", math.inf)
        if not low < high:
            raise Wrong(dimension, "min < max", "limits turned round or equal", "correct them")
        limits.append(Limit(name, *parameter.axis.limits(low, high)))
    return RectangleGate(limits=tuple(limits), **head)


def _polygon(
    shape: Element, parameters: tuple[Parameter, ...], names: tuple[str, ...], head: Drawn
) -> Gate:
    x, y = _two(shape, names)
    points = []
    for vertex in shape.all("vertex"):
        found = vertex.all("coordinate")
        if len(found) != 2:
            raise Wrong(vertex, "two coordinates", f"{len(found)}", "correct the corner")
        values = (number(one, "value") for one in found)
        placed = [one.axis.position(value) for value, one in zip(values, parameters, strict=True)]
        points.append((placed[0], placed[1]))
    return PolygonGate(x=x, y=y, points=tuple(points), **head)


def _ellipse(
    shape: Element, parameters: tuple[Parameter, ...], names: tuple[str, ...], head: Drawn
) -> Gate:
    _two(shape, names)
    return read_ellipse(shape, tuple(one.axis for one in parameters), names, head)


def _two(shape: Element, names: tuple[str, ...]) -> tuple[str, str]:
    if len(names) != 2:
        raise Wrong(shape, "two dimensions", f"{len(names)}", "draw the gate in FlowJo again")
    return names[0], names[1]


def _combination(node: Node, naming: Naming, head: Drawn) -> Gate:
    members = []
    for one in child(node.element, "Dependents").all("Dependent"):
        written = text(one, "name")
        path = find_path(written, naming.gates)
        if path is None:
            expected = "the path of one other population"
            raise Wrong(one, expected, f"{written!r}", "combine them in FlowJo again")
        members.append(naming.gates[path])
    operation: Any = OPERATIONS[node.element.name]
    try:
        return BooleanGate(operation=operation, of=tuple(members), **head)
    except ValueFault as fault:
        raise Wrong(node.element, fault.expected, fault.received, fault.do) from fault


_READERS: Mapping[str, Callable[[Element, tuple[Parameter, ...], tuple[str, ...], Drawn], Gate]] = {
    "RectangleGate": _rectangle,
    "PolygonGate": _polygon,
    "EllipsoidGate": _ellipse,
}
