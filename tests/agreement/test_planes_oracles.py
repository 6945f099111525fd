"""Oracle: FlowKit, over the same events, matrix, transforms and gates."""

import flowkit as fk
import numpy as np
import pytest

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gates import EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.facts.scales import Hyperlog, Logicle, ScaledArcsinh
from residua.measures.compiled import load_compiled
from residua.measures.gates import gate_events
from residua.measures.planes import scale_events
from residua.measures.readout import read_out

NAMES = ["FSC-A", "A", "B", "C"]
SPILL = Spillover(("A", "B", "C"), np.array([[1, 0.2, 0.01], [0.1, 1, 0.3], [0, 0.05, 1]]))
CORNERS = [(0.2, 0.1), (0.7, 0.2), (0.8, 0.7), (0.3, 0.6)]
SCALES = [
    (Logicle(262144, 0.5, 4.5, 0), fk.transforms.LogicleTransform(262144, 0.5, 4.5, 0)),
    (Hyperlog(262144, 0.5, 4.5, 0), fk.transforms.HyperlogTransform(262144, 0.5, 4.5, 0)),
    (ScaledArcsinh(262144, 4, 0), fk.transforms.AsinhTransform(262144, 4, 0)),
]


@pytest.fixture(scope="module")
def events():
    random = np.random.default_rng(11)
    seen = random.lognormal(6, 2, (60_000, 4)) - 200
    return seen.clip(-1000, 250_000).astype(np.float32)


@pytest.fixture(scope="module")
def sample(events):
    return fk.Sample(events.astype(np.float64), channel_labels=NAMES, sample_id="s")


def opened(events, scale, gates=()):
    strategy = Strategy(gates=gates, scales=tuple((name, scale) for name in NAMES[1:]))
    channels = tuple(Channel(name) for name in NAMES)
    return read_out(Acquisition(events, channels, {}), strategy, compensation=SPILL)


@pytest.mark.parametrize(("scale", "transform"), SCALES, ids=lambda one: type(one).__name__)
def test_planes_are_those_of_flowkit(events, sample, scale, transform):
    sample.apply_compensation(fk.Matrix(SPILL.matrix, NAMES[1:]))
    sample.apply_transform(dict.fromkeys(NAMES[1:], transform))
    planes = scale_events(opened(events, scale), kernels=load_compiled())
    theirs = sample.get_events(source="xform")[:, 1:]
    np.testing.assert_allclose(planes[1:].T, theirs, rtol=0, atol=1e-6)


@pytest.mark.parametrize(("scale", "transform"), SCALES, ids=lambda one: type(one).__name__)
def test_gates_count_as_those_of_flowkit(events, sample, scale, transform):
    """A rectangle, in it a polygon, in it an ellipse, event for event."""
    gates = (
        RectangleGate(name="r", limits=(Limit("FSC-A", 100, 20_000), Limit("C", 0.1, 0.8))),
        PolygonGate(name="p", parent="r", x="A", y="B", points=tuple(CORNERS)),
        EllipsoidGate(
            name="e",
            parent="p",
            dimensions=("A", "C"),
            center=(0.4, 0.4),
            covariance=((0.02, 0.01), (0.01, 0.03)),
            distance2=1.5,
        ),
    )
    masks = gate_events(opened(events, scale, gates), kernels=load_compiled())
    theirs = flowkit_strategy(transform).gate_sample(sample)
    for name, mask in masks.items():
        np.testing.assert_array_equal(mask, theirs.get_gate_membership(name))
    assert 100 < masks["e"].sum() < masks["p"].sum() < masks["r"].sum()


def flowkit_strategy(transform):
    strategy = fk.GatingStrategy()
    strategy.add_comp_matrix("m", fk.Matrix(SPILL.matrix, NAMES[1:]))
    strategy.add_transform("t", transform)

    def axis(name, low=None, high=None):
        dye = name != "FSC-A"
        return fk.Dimension(name, "m" if dye else "uncompensated", "t" if dye else None, low, high)

    sides = [axis("FSC-A", 100, 20_000), axis("C", 0.1, 0.8)]
    strategy.add_gate(fk.gates.RectangleGate("r", sides), ("root",))
    polygon = fk.gates.PolygonGate("p", [axis("A"), axis("B")], CORNERS)
    strategy.add_gate(polygon, ("root", "r"))
    covariance = [[0.02, 0.01], [0.01, 0.03]]
    ellipse = fk.gates.EllipsoidGate("e", [axis("A"), axis("C")], [0.4, 0.4], covariance, 1.5)
    strategy.add_gate(ellipse, ("root", "r", "p"))
    return strategy
