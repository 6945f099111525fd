"""What must hold for any events: order and unrelated channels change no count."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.facts.scales import Arcsinh, Logicle
from residua.measures.gates import apply_gates

SPILL = Spillover(("A", "B"), np.array([[1, 0.2], [0.1, 1]]))
STRATEGY = Strategy(
    scales=(("A", Logicle()), ("B", Arcsinh(150))),
    gates=(
        RectangleGate(name="r", limits=(Limit("A", 0.1, 0.8), Limit("B", -3, 9))),
        PolygonGate(name="p", parent="r", x="A", y="B", points=((0, 0), (1, 0), (0.5, 9))),
        EllipsoidGate(
            name="e",
            dimensions=("B", "C"),
            center=(2, 100),
            covariance=((2, 5), (5, 9e4)),
            distance2=2,
        ),
        BooleanGate(name="n", parent="r", operation="not", of=("p",)),
        BooleanGate(name="o", operation="any", of=("e", "n")),
    ),
)
EVENTS = arrays(
    np.float32, st.tuples(st.integers(0, 60), st.just(3)), elements=st.floats(-1e3, 2.5e5, width=32)
)


def counts(events, names=("A", "B", "C")):
    channels = tuple(Channel(name) for name in names)
    masks = apply_gates(Acquisition(events, channels, {}, SPILL), STRATEGY)
    return {name: int(mask.sum()) for name, mask in masks.items()}


@given(EVENTS, st.randoms())
def test_the_order_of_events_changes_nothing(events, random):
    order = list(range(len(events)))
    random.shuffle(order)
    assert counts(events[order]) == counts(events)


@given(EVENTS)
def test_unrelated_channels_change_nothing(events):
    other = np.full(len(events), np.nan, np.float32)
    wider = np.column_stack([other, events, other])
    assert counts(wider, ("X", "A", "B", "C", "Y")) == counts(events)


@given(EVENTS, EVENTS)
def test_files_add_up(one, other):
    both = counts(np.concatenate([one, other]))
    assert both == {name: counts(one)[name] + counts(other)[name] for name in both}


@given(EVENTS)
def test_children_lie_in_their_parents(events):
    found = counts(events)
    assert found["p"] + found["n"] == found["r"]
    assert found["o"] >= max(found["e"], found["n"])
