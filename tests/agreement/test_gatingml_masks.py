"""Oracle: the reference masks of Gating-ML 2.0 (ISAC), read where they lie, never copied."""

import numpy as np
import pytest
from flowio import FlowData

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.facts.scales import Hyperlog, Logicle
from residua.measures.gates import apply_gates

INF = float("inf")
TRIANGLE = ((5, 5), (500, 5), (500, 500))
CROSSED = ((10, 10), (500, 10), (500, 390), (100, 390), (100, 180), (200, 180), (200, 300))
SPILL = Spillover(
    ("FL1-H", "FL2-H", "FL3-H"), np.array([[1, 0.02, 0.06], [0.11, 1, 0.07], [0.09, 0.01, 1]])
)
NARROW, WIDE = Logicle(10000, 0.5, 4.5, 0), Logicle(10000, 1, 4, 0.5)
HYPERLOG = Hyperlog(10000, 1, 4.5, 0)


def rectangle(name, parent=None, **limits):
    made = tuple(Limit(key.replace("_", "-"), *ends) for key, ends in limits.items())
    return RectangleGate(name=name, parent=parent, limits=made)


POLYGON = PolygonGate(name="Polygon1", x="FL2-H", y="FL3-H", points=TRIANGLE)
RANGE = rectangle("Range1", FSC_H=(100, INF))
ELLIPSE = EllipsoidGate(
    name="Ellipse1",
    dimensions=("FL3-H", "FL4-H"),
    center=(12.99701, 16.22941),
    covariance=((62.5, 37.5), (37.5, 62.5)),
    distance2=1,
)
BOX = ((20, 10), (120, 10), (120, 160), (20, 160))

# name of the reference result, gates (the last is judged), scales, spillover
CASES = [
    ("Range1", [RANGE], {}, None),
    ("Rectangle2", [rectangle("g", SSC_H=(20, 80), FL1_H=(70, 200))], {}, None),
    ("Polygon1", [POLYGON], {}, None),
    ("Polygon2", [PolygonGate(name="g", x="FL1-H", y="FL4-H", points=BOX)], {}, None),
    (
        "Polygon3NS",
        [PolygonGate(name="g", x="SSC-H", y="FL3-H", points=(*CROSSED, (10, 300)))],
        {},
        None,
    ),
    ("Polygon4", [POLYGON], {}, SPILL),
    ("Ellipse1", [ELLIPSE], {}, None),
    ("Not1", [ELLIPSE, BooleanGate(name="g", operation="not", of=("Ellipse1",))], {}, None),
    (
        "Or1",
        [
            POLYGON,
            ELLIPSE,
            RANGE,
            BooleanGate(name="g", operation="any", of=("Range1", "Ellipse1", "Polygon1")),
        ],
        {},
        None,
    ),
    (
        "ParAnd2",
        [
            POLYGON,
            ELLIPSE,
            RANGE,
            BooleanGate(name="g", parent="Polygon1", operation="all", of=("Range1", "Ellipse1")),
        ],
        {},
        None,
    ),
    ("ScaleRange2", [rectangle("g", FL1_H=(0.37, 0.63))], {"FL1-H": HYPERLOG}, None),
    ("ScaleRange4", [rectangle("g", FL1_H=(0.37, 0.63))], {"FL1-H": NARROW}, None),
    ("ScaleRange5", [rectangle("g", FL1_H=(0.37, 0.63))], {"FL1-H": WIDE}, None),
    ("ScaleRange8c", [rectangle("g", FL2_H=(0.09, 0.36))], {"FL2-H": WIDE}, SPILL),
    (
        "ScaleRect1",
        [rectangle("g", FL2_H=(0.31, 0.69), FL3_H=(0.27, 0.73))],
        {"FL2-H": NARROW, "FL3-H": NARROW},
        SPILL,
    ),
    (
        "ScalePar1",
        [
            rectangle("p", FL2_H=(0.31, 0.69), FL3_H=(0.27, 0.73)),
            rectangle("g", "p", FL1_H=(0.12, 0.43)),
        ],
        {"FL1-H": HYPERLOG, "FL2-H": NARROW, "FL3-H": NARROW},
        SPILL,
    ),
]


@pytest.fixture(scope="module")
def sample(test_data):
    raw = FlowData(str(test_data / "flowkit/gate_ref/data1.fcs"))
    channels = tuple(Channel(name) for name in raw.pnn_labels)
    return Acquisition(raw.as_array(), channels, {})


@pytest.mark.data
@pytest.mark.parametrize("case", CASES, ids=[case[0] for case in CASES])
def test_masks_equal_the_reference(sample, test_data, case):
    reference, gates, scales, spillover = case
    strategy = Strategy(gates=tuple(gates), scales=tuple(scales.items()))
    masks = apply_gates(sample, strategy, compensation=spillover)
    file = test_data / f"flowkit/gate_ref/truth/Results_{reference}.txt"
    truth = np.genfromtxt(file, dtype=int).astype(bool)
    np.testing.assert_array_equal(masks[gates[-1].name], truth)
