"""What must hold for any gates and events: the fast gates are those of the definition.

Oracle: `gates_plain`, which scales every event exactly and knows no tables, blocks or limits.
"""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Dimension, Strategy
from residua.facts.scale_curves import exact_scale
from residua.facts.scales import Arcsinh, Biex, Hyperlog, Linear, Log, Logicle, ScaledArcsinh
from residua.measures.compiled import load_compiled
from residua.measures.gates import gate_events
from residua.measures.gates_plain import plain_masks
from residua.measures.kernels.blocks import BLOCK
from residua.measures.kernels.plain import PLAIN
from residua.measures.readout import read_out

NAMES = ("A", "B", "C", "D")
FAST = load_compiled()
SPILL = Spillover(("A", "B", "C"), np.array([[1, 0.2, 0.01], [0.1, 1, 0.3], [0, -0.05, 1]]))
SCALE = st.sampled_from(
    [
        *(Linear(), Linear(1000, 50), Log(262144, 4.5), Arcsinh(5), ScaledArcsinh(262144, 4, 1)),
        *(Logicle(), Logicle(10000, 0, 4, 0.5), Hyperlog(), Biex(), Biex(1e5, 1, -100, 4)),
    ]
)
HELD = [7.0, 40.0, 1000.0, 9000.0]  # so few that events often lie on edges
VALUE = st.one_of(
    st.sampled_from(HELD),
    st.sampled_from([0.0, -0.0, 1.0, 1e9, float(np.nan), float(np.inf), -float(np.inf)]),
    st.floats(-3e5, 3e5, width=32),
)
EVENTS = st.sampled_from([np.float32, np.float64]).flatmap(
    lambda kind: arrays(kind, st.tuples(st.integers(0, 30), st.just(4)), elements=VALUE)
)
MATRIX = st.sampled_from([None, SPILL])


@st.composite
def strategies(draw):
    """Up to five gates of any kind, some of whose edges lie where an event may lie."""
    scales = {name: draw(SCALE) for name in NAMES}
    ratio = Dimension("R", ("A", "D"), draw(SCALE), "none", (1, 0, draw(st.sampled_from([0, 1]))))
    kept = Dimension("K", ("B",), draw(SCALE), draw(st.sampled_from(["file", "m"])), None, (0, 0.8))
    scales |= {"R": ratio.scale, "K": kept.scale}
    made = []
    for number in range(draw(st.integers(1, 5))):
        parent = draw(st.sampled_from([None, *(gate.name for gate in made)]))
        made.append(draw(gates(f"g{number}", parent, scales, [gate.name for gate in made])))
    return Strategy(
        gates=tuple(made[::-1]),
        scales=tuple((name, scales[name]) for name in NAMES),
        dimensions=(ratio, kept),
        matrices=(("m", SPILL),),
    )


@st.composite
def gates(draw, name, parent, scales, earlier):
    kind = draw(
        st.sampled_from(["rectangle", "polygon", "ellipsoid", "boolean"][: 3 + bool(earlier)])
    )
    own = {"name": name, "parent": parent}
    if kind == "boolean":
        of = tuple(draw(st.lists(st.sampled_from(earlier), min_size=1, max_size=2)))
        negated = tuple(draw(st.booleans()) for _ in of)
        operation = draw(st.sampled_from(["all", "any", "not"]))
        return BooleanGate(**own, operation=operation, of=of, negated=negated)
    count = draw(st.integers(1, 3)) if kind == "rectangle" else 2
    axes = draw(st.permutations([*NAMES, "R", "K"]))[:count]
    if kind == "rectangle":
        return RectangleGate(**own, limits=tuple(draw(limits(axis, scales[axis])) for axis in axes))
    return draw(shapes(kind, own, axes, scales))


def place(scale):
    """A position on the scale; often exactly that of a value that events hold."""
    held = st.sampled_from(HELD) | st.floats(-3e5, 3e5, width=32)
    positions = held.map(lambda v: float(exact_scale(np.array([v]), scale)[0]))
    return positions.filter(np.isfinite).map(lambda p: min(max(p, -1e6), 1e6))


@st.composite
def limits(draw, axis, scale):
    ends = sorted([draw(place(scale)), draw(place(scale))])
    if ends[0] == ends[1]:
        ends[1] = np.inf
    if draw(st.booleans()):
        ends[0] = -np.inf
    return Limit(axis, *ends)


@st.composite
def shapes(draw, kind, own, axes, scales):
    points = [tuple(draw(place(scales[axis])) for axis in axes) for _ in range(4)]
    if kind == "polygon":
        (left, low), (right, high), *_ = points
        if draw(st.booleans()):
            points = [(left, low), (right, low), (right, high), (left, high)]
        try:
            return PolygonGate(**own, x=axes[0], y=axes[1], points=tuple(points))
        except ValueFault:
            points = [(0, 0), (1, 0), (0.5, 0.7)]
            return PolygonGate(**own, x=axes[0], y=axes[1], points=tuple(points))
    wide, tall = (max(abs(a - b), 1e-3) for a, b in zip(*points[:2], strict=True))
    covariance = ((wide**2, 0.3 * wide * tall), (0.3 * wide * tall, tall**2))
    shape = {"center": points[0], "covariance": covariance, "distance2": 1.2}
    return EllipsoidGate(**own, dimensions=tuple(axes), **shape)


@pytest.mark.parametrize("kernels", [PLAIN, FAST], ids=["plain", "compiled"])
@settings(deadline=None)
@given(EVENTS, strategies(), MATRIX)
def test_fast_gates_hold_what_the_definition_holds(kernels, events, strategy, matrix):
    channels = tuple(Channel(name) for name in NAMES)
    acquisition = Acquisition(events, channels, {}, SPILL)
    readout = read_out(acquisition, strategy, compensation=matrix)
    wanted, found = plain_masks(readout), gate_events(readout, kernels=kernels)
    assert found.keys() == wanted.keys()
    for name, mask in wanted.items():
        np.testing.assert_array_equal(found[name], mask, err_msg=name)
    finite = np.isfinite(events.astype(np.float64)).all(axis=1)
    for gate in strategy.gates:
        if not isinstance(gate, BooleanGate) and set(gate.dimensions) == set(NAMES):
            assert not found[gate.name][~finite].any()


@pytest.mark.parametrize("kernels", [PLAIN, FAST], ids=["plain", "compiled"])
@pytest.mark.parametrize("scale", [Logicle(), Hyperlog(), Biex(), Arcsinh(150), Log(262144, 4)])
def test_events_on_edges_are_held(kernels, scale):
    """A box through events of 40 and 9000: its edges belong to it, so 3 x 3 events of 5 x 5."""
    values = [7.0, 40.0, 1000.0, 9000.0, 9000.1]
    events = np.array([(x, y) for x in values for y in values])
    low, high = exact_scale(np.array([40.0, 9000.0]), scale)
    corners = ((low, low), (high, low), (high, high), (low, high))
    box = PolygonGate(name="box", x="A", y="B", points=corners)
    half = (high - low) / 2
    disc = EllipsoidGate(
        name="disc",
        dimensions=("A", "B"),
        center=(low + half, low + half),
        covariance=((half**2, 0), (0, half**2)),
        distance2=2 + 1e-12,  # the corners of the box
    )
    strategy = Strategy(gates=(box, disc), scales=(("A", scale), ("B", scale)))
    channels = (Channel("A"), Channel("B"))
    readout = read_out(Acquisition(events, channels, {}), strategy, compensation=None)
    masks = gate_events(readout, kernels=kernels)
    assert masks["box"].sum() == 9
    assert masks["disc"][[6, 8, 16, 18]].all()


def test_many_events_on_two_threads_count_as_one_by_one():
    """Nine blocks and a rest, on edges and off them: every event as in a file of its own size."""
    random = np.random.default_rng(3)
    events = random.choice([0, 1, 10, 999, 1e4, np.nan], (BLOCK * 9 + 5, 4))
    strategy = Strategy(
        gates=(
            RectangleGate(name="r", limits=(Limit("A", 0.2, 0.9), Limit("D", 1, 1e4))),
            PolygonGate(name="p", parent="r", x="B", y="C", points=((0, 0), (1, 0), (0.5, 3))),
            BooleanGate(name="n", parent="r", operation="not", of=("p",)),
        ),
        scales=(("A", Logicle()), ("B", Logicle()), ("C", Arcsinh(150))),
    )
    channels = tuple(Channel(name) for name in NAMES)
    readout = read_out(Acquisition(events, channels, {}), strategy, compensation=SPILL)
    wanted = plain_masks(readout)
    for kernels in (PLAIN, FAST):
        for name, mask in gate_events(readout, kernels=kernels).items():
            np.testing.assert_array_equal(mask, wanted[name])
    assert 0 < wanted["p"].sum() < wanted["r"].sum()
