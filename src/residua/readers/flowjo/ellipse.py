"""FlowJo's ellipses: two foci and four points of the edge, in the 256 steps of its display.

The first two points of the edge end the long axis and the last two the short one, rounded to
whole steps; so the long axis is taken from the farther pair, the short one follows from the foci.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from residua.facts.gates import EllipsoidGate
from residua.readers.flowjo.attributes import Wrong, child, number
from residua.readers.flowjo.transforms import DISPLAY, Axis
from residua.readers.xml_tree import Element

Point = tuple[float, float]


def read_ellipse(
    shape: Element, axes: tuple[Axis, ...], names: tuple[str, ...], head: dict[str, Any]
) -> EllipsoidGate:
    """The ellipse in units of the two scales; raises `Wrong` where the points form none."""
    first, second = _points(child(shape, "foci"), 2)
    edge = _points(child(shape, "edge"), 4)
    long = max(math.dist(*edge[:2]), math.dist(*edge[2:])) / 2
    focal = math.dist(first, second) / 2
    if not long > focal:
        raise Wrong(shape, "foci within the long axis", "others", "draw it in FlowJo again")
    angle = math.atan2(second[1] - first[1], second[0] - first[0])
    turn = np.array(((math.cos(angle), -math.sin(angle)), (math.sin(angle), math.cos(angle))))
    short2 = (long - focal) * (long + focal)
    spread = turn @ np.diag((long * long, short2)) @ turn.T
    low = np.array([axis.shown[0] for axis in axes])
    step = np.array([(axis.shown[1] - axis.shown[0]) / DISPLAY for axis in axes])
    center = low + step * (np.array(first) + np.array(second)) / 2
    covariance = spread * np.outer(step, step)
    (xx, xy), (_, yy) = covariance.tolist()
    return EllipsoidGate(
        dimensions=names,
        center=tuple(center.tolist()),
        covariance=((xx, xy), (xy, yy)),
        distance2=1.0,
        **head,
    )


def _points(element: Element, count: int) -> list[Point]:
    found = [vertex.all("coordinate") for vertex in element.all("vertex")]
    if len(found) != count or any(len(pair) != 2 for pair in found):
        received = f"{len(found)}"
        raise Wrong(element, f"{count} points of two coordinates", received, "correct them")
    return [(number(x, "value"), number(y, "value")) for x, y in found]
