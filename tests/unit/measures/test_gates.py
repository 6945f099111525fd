"""Oracle: points placed by hand inside, on the edge and outside of shapes with known corners."""

import numpy as np
import pytest

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import FileEntry, Strategy
from residua.facts.scales import Arcsinh
from residua.measures.gates import apply_gates

SQUARE = ((0, 0), (4, 0), (4, 4), (0, 4))
BOW = ((0, 0), (4, 4), (4, 0), (0, 4))  # crosses itself at (2, 2)
TWICE = ((0, 0), (4, 0), (4, 4), (0, 4), (0, 0), (4, 0), (4, 4), (0, 4))


def held(gates, points, scales=()):
    """The masks of `gates` over points (x, y)."""
    events = np.array(points, np.float64).reshape(-1, 2)
    channels = (Channel("X", "CD1"), Channel("Y"))
    masks = apply_gates(
        Acquisition(events, channels, {}), Strategy(gates=tuple(gates), scales=scales)
    )
    return {name: mask.tolist() for name, mask in masks.items()}


def test_a_rectangle_keeps_its_low_edge_and_not_its_high_one():
    gate = RectangleGate(name="r", limits=(Limit("X", 1, 3), Limit("Y", 1, 3)))
    points = [(1, 1), (3, 2), (2, 3), (2.99, 2.99), (0.99, 2), (2, 0.99)]
    assert held([gate], points)["r"] == [True, False, False, True, False, False]


@pytest.mark.parametrize(
    ("corners", "point", "inside"),
    [
        (SQUARE, (2, 2), True),
        (SQUARE, (0, 0), True),
        (SQUARE, (4, 4), True),
        (SQUARE, (4, 1), True),
        (SQUARE, (2, 0), True),
        (SQUARE, (4.001, 1), False),
        (SQUARE, (-0.001, 0), False),
        (BOW, (1, 2), True),
        (BOW, (2, 1), False),
        (BOW, (2, 3), False),
        (BOW, (3.5, 2), True),
        (BOW, (3, 3), True),
        (BOW, (2, 2), True),
        (TWICE, (2, 2), False),
    ],
)
def test_polygons_hold_their_edges_and_count_even_and_odd(corners, point, inside):
    """The bow tie: a left and a right triangle, tips at (2, 2), nothing above and below."""
    gate = PolygonGate(name="p", x="X", y="Y", points=corners)
    assert held([gate], [point])["p"] == [inside]


@pytest.mark.parametrize(
    ("point", "inside"),
    [((7, 2), True), ((7.001, 2), False), ((3, 3), True), ((3, 3.001), False), ((3, 1), True)],
)
def test_an_ellipse_holds_its_edge(point, inside):
    """Centre (3, 2), variances 16 and 1, distance 1: half axes 4 along x and 1 along y."""
    gate = EllipsoidGate(
        name="e", dimensions=("X", "Y"), center=(3, 2), covariance=((16, 0), (0, 1)), distance2=1
    )
    assert held([gate], [point])["e"] == [inside]


def test_a_tilted_ellipse():
    """Variances 5 and 2, covariance 3 (determinant 1): (2, 1) has 2*4 - 2*3*2 + 5*1 = 1."""
    gate = EllipsoidGate(
        name="e", dimensions=("X", "Y"), center=(0, 0), covariance=((5, 3), (3, 2)), distance2=1
    )
    assert held([gate], [(2, 1), (-2, -1), (2, -1), (1, 2)])["e"] == [True, True, False, False]


@pytest.mark.parametrize(
    ("operation", "expected"),
    [("all", [0, 1, 0, 0]), ("any", [1, 1, 1, 0]), ("not", [0, 0, 0, 1])],
)
def test_boolean_gates_stay_in_their_parent(operation, expected):
    gates = [
        RectangleGate(name="parent", limits=(Limit("Y", 0, 9),)),
        RectangleGate(name="a", limits=(Limit("X", 0, 2),)),
        RectangleGate(name="b", limits=(Limit("X", 1, 3),)),
        BooleanGate(name="g", parent="parent", operation=operation, of=("a", "b")),
    ]
    points = [(0.5, 1), (1.5, 1), (2.5, 1), (5, 1), (0.5, -1), (1.5, -1), (5, -1)]
    assert held(gates, points)["g"] == [bool(value) for value in expected] + [False] * 3


@pytest.mark.parametrize("dimension", ["CD1", "X"])
@pytest.mark.parametrize("scaled", ["C D1", "X"])
def test_a_scale_holds_whether_marker_or_channel_is_named(dimension, scaled):
    """asinh(150 / 150) is 0.88."""
    gate = RectangleGate(name="r", limits=(Limit(dimension, 0.8, 0.9),))
    assert held([gate], [(150, 0), (0.85, 0)], ((scaled, Arcsinh(150)),))["r"] == [True, False]


def workspace():
    """Two samples, each with a gate of its own, and the file of each."""
    gates = [
        RectangleGate(name="g", tube=tube, limits=(Limit("X", low, 9),))
        for tube, low in (("1", 0), ("2", 5))
    ]
    files = tuple(FileEntry(path=f"run/{tube}.fcs", tube=tube) for tube in "12")
    return Strategy(gates=tuple(gates), files=files)


@pytest.mark.parametrize(("path", "held"), [("1.fcs", [True, True]), ("else/2.fcs", [False, True])])
def test_the_tube_is_found_by_the_name_of_the_file(path, held):
    events = np.array([[1.0], [6.0]])
    acquisition = Acquisition(events, (Channel("X"),), {}, path=path)
    assert apply_gates(acquisition, workspace())["g"].tolist() == held


@pytest.mark.parametrize("path", ["", "3.fcs"])
def test_a_file_that_no_gate_is_stated_for_needs_a_tube(path):
    acquisition = Acquisition(np.array([[6.0]]), (Channel("X"),), {}, path=path)
    with pytest.raises(ValueFault, match="tube"):
        apply_gates(acquisition, workspace())
    assert apply_gates(acquisition, workspace(), tube="2")["g"].tolist() == [True]
