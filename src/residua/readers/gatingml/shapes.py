"""Rectangles, polygons, ellipsoids and the quadrants of a Gating-ML 2.0 document (section 5)."""

from __future__ import annotations

import math
from typing import Any

from residua.errors import ValueFault, nearest_of
from residua.facts.gates import EllipsoidGate, Gate, Limit, PolygonGate, RectangleGate
from residua.readers.gatingml.dimensions import ATTRIBUTES, Dimensions
from residua.readers.gatingml.node import Node, as_number, numbers_of

_AS_WRITTEN = "covariance neither symmetric nor positive definite, taken as written"
Common = dict[str, Any]


def read_rectangle(node: Node, dimensions: Dimensions, common: Common) -> Gate | None:
    """A ``RectangleGate``: min <= value < max, either left out where open."""
    node.holds("dimension")
    limits: dict[str, tuple[float, float]] = {}
    complete = True
    for child in node.all("dimension"):
        child.only(*ATTRIBUTES, "min", "max")
        child.holds("fcs-dimension", "new-dimension")
        name = dimensions.read(child)
        low, high = child.number("min", -math.inf), child.number("max", math.inf)
        if name is None or low is None or high is None:
            complete = False
        else:
            limits[name] = _within(limits.get(name), (low, high))
    return _rectangle(node, limits, common) if complete else None


def _within(one: tuple[float, float] | None, other: tuple[float, float]) -> tuple[float, float]:
    """What two pairs of limits on the same dimension have in common."""
    return other if one is None else (max(one[0], other[0]), min(one[1], other[1]))


def _rectangle(
    node: Node, limits: dict[str, tuple[float, float]], common: Common
) -> RectangleGate | None:
    def make() -> RectangleGate:
        made = tuple(Limit(name, *ends) for name, ends in limits.items())
        return RectangleGate(limits=made, **common)

    return node.made(make)


def read_polygon(node: Node, dimensions: Dimensions, common: Common) -> Gate | None:
    """A ``PolygonGate`` with its vertices in order."""
    node.holds("dimension", "vertex")
    names = _names(node, dimensions)
    points = []
    for vertex in node.all("vertex"):
        vertex.holds("coordinate")
        point = numbers_of(vertex.all("coordinate"))
        if point is not None and len(point) != 2:
            vertex.wrong(ValueFault("2 coordinates", f"{len(point)}", "correct it"))
            point = None
        points.append(point)
    if names is None or None in points:
        return None
    if len(names) != 2:
        node.wrong(ValueFault("2 dimensions", f"{len(names)}", "correct it"))
        return None
    corners = tuple((point[0], point[1]) for point in points if point is not None)
    return node.made(lambda: PolygonGate(x=names[0], y=names[1], points=corners, **common))


def read_ellipsoid(node: Node, dimensions: Dimensions, common: Common) -> Gate | None:
    """An ``EllipsoidGate`` of two dimensions or more, its matrix as it is written."""
    node.holds("dimension", "mean", "covarianceMatrix", "distanceSquare")
    names = _names(node, dimensions)
    mean, matrix = node.one("mean"), node.one("covarianceMatrix")
    distance = node.one("distanceSquare")
    if names is None or mean is None or matrix is None or distance is None:
        return None
    mean.holds("coordinate")
    matrix.holds("row")
    center = numbers_of(mean.all("coordinate"))
    rows = [numbers_of(row.all("entry")) for row in matrix.all("row")]
    distance2 = distance.number("value")
    if center is None or distance2 is None or None in rows:
        return None
    covariance = tuple(row for row in rows if row is not None)

    def make(reason: str, *, as_written: bool) -> EllipsoidGate:
        given: Common = common | {"reason": reason, "as_written": as_written}
        return EllipsoidGate(
            dimensions=names, center=center, covariance=covariance, distance2=distance2, **given
        )

    try:
        return make(common["reason"], as_written=False)
    except ValueFault:
        return node.made(lambda: make(common["reason"] or _AS_WRITTEN, as_written=True))


def _names(node: Node, dimensions: Dimensions) -> tuple[str, ...] | None:
    read = []
    for child in node.all("dimension"):
        child.only(*ATTRIBUTES)
        child.holds("fcs-dimension", "new-dimension")
        read.append(dimensions.read(child))
    return None if None in read else tuple(name for name in read if name is not None)


def read_quadrants(
    node: Node, dimensions: Dimensions, common: Common
) -> list[tuple[Node, Gate | None]]:
    """The quadrants of a ``QuadrantGate`` as rectangles, each named by its own id.

    A position lies in the cell between the two values of its divider around it: low <= value
    < high, open at the ends. A quadrant has the parent of the whole gate.
    """
    node.holds("divider", "Quadrant")
    dividers = {}
    for child in node.all("divider"):
        child.only(*ATTRIBUTES, "id")
        child.holds("fcs-dimension", "new-dimension", "value")
        name, own = child.word("id"), dimensions.read(child)
        values = [as_number(value, value.text) for value in child.all("value")]
        if name in dividers:
            child.wrong(ValueFault("each id once", "one again", "rename one divider"), "id")
        if name is not None:
            cuts = sorted(value for value in values if value is not None)
            dividers[name] = None if own is None or None in values else (own, cuts)
    found: list[tuple[Node, Gate | None]] = []
    for child in node.all("Quadrant"):
        name = child.word("id")
        limits = _cell(child, dividers)
        if name is not None:
            rest = common | {"name": name}
            gate = None if limits is None else _rectangle(child, limits, rest)
            found.append((child, gate))
    return found


def _cell(
    node: Node, dividers: dict[str, tuple[str, list[float]] | None]
) -> dict[str, tuple[float, float]] | None:
    node.holds("position")
    limits: dict[str, tuple[float, float]] = {}
    complete = True
    for child in node.all("position"):
        child.only("divider_ref", "location")
        ref, location = child.word("divider_ref"), child.number("location")
        if ref is not None and ref not in dividers:
            advice = nearest_of(ref, dividers, none="add it")
            child.wrong(ValueFault("the id of a divider", f"{ref!r}", advice), "divider_ref")
        divider = None if ref is None else dividers.get(ref)
        if divider is None or location is None:
            complete = False
            continue
        name, cuts = divider
        low = max((cut for cut in cuts if cut <= location), default=-math.inf)
        high = min((cut for cut in cuts if cut > location), default=math.inf)
        limits[name] = _within(limits.get(name), (low, high))
    return limits if complete else None
