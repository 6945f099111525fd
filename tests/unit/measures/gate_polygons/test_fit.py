"""Gates about labelled blasts; oracle: clouds whose separation is known by construction."""

import numpy as np
import pytest
from matplotlib.path import Path

from residua.errors import ValueFault
from residua.measures.gate_polygons.fit import fit_gates, moved_edges
from residua.measures.gate_polygons.outline import DIRECTIONS

PANEL = ("FSC-A", "SSC-A", "CD45", "CD19", "CD10", "CD38")


def random():
    return np.random.Generator(np.random.PCG64(11))


def cells(blasts: int, others: int = 20_000):
    """Blasts that only CD10 and CD38 together part from a third of the others."""
    made = random()
    low = made.normal((3, 2, 1.5, 0.2, 0.2, 2.0), 0.2, (others // 3, 6))
    near = made.normal((3, 2, 1.5, 2.0, 2.2, 2.4), 0.2, (others - 2 * (others // 3), 6))
    far = made.normal((3, 2, 1.5, 2.0, 1.0, 0.9), 0.2, (others // 3, 6))
    ours = made.normal((3, 2, 1.5, 2.0, 2.2, 0.9), 0.15, (blasts, 6))
    events = np.concatenate([low, near, far, ours]).astype(np.float32)
    return events, np.arange(len(events)) >= len(events) - blasts


def held(gates, events):
    inside = np.ones(len(events), bool)
    for gate in gates:
        columns = [PANEL.index(name) for name in gate.plane]
        inside &= Path(np.array(gate.corners)).contains_points(events[:, columns])
    return inside


def f1(one, other):
    return 2 * (one & other).sum() / (one.sum() + other.sum())


def test_separable_blasts_are_held_and_little_else():
    events, labels = cells(200)
    gates = fit_gates(events, labels, PANEL, diagnosis=events[labels])
    assert gates[0].plane == ("CD19", "SSC-A")
    assert {"CD10", "CD38"} <= {name for gate in gates for name in gate.plane}
    assert len(gates) in (3, 4)
    assert max(len(gate.corners) for gate in gates) <= 12
    assert f1(held(gates, events), labels) > 0.97


def test_few_blasts_are_outlined_with_those_of_the_diagnosis():
    events, labels = cells(8)
    diagnosis, _ = cells(1000, 3)
    gates = fit_gates(events, labels, PANEL, diagnosis=diagnosis[-1000:])
    inside = held(gates, events)
    assert (inside & labels).sum() >= 7
    assert (inside & ~labels).sum() <= 2


def test_without_blasts_the_gates_are_those_of_the_diagnosis():
    events, labels = cells(0)
    diagnosis, _ = cells(1000, 3)
    gates = fit_gates(events, labels, PANEL, diagnosis=diagnosis[-1000:])
    assert held(gates, events).sum() <= 3
    assert held(gates, diagnosis[-1000:]).mean() > 0.85


def test_without_any_blasts_there_is_nothing_to_draw():
    events, labels = cells(0)
    with pytest.raises(ValueFault):
        fit_gates(events, labels, PANEL, diagnosis=events[:0])


def test_the_same_cells_give_the_same_gates():
    events, labels = cells(50)
    one, other = (fit_gates(events, labels, PANEL, diagnosis=events[labels]) for _ in "ab")
    assert one == other


def test_an_edge_stands_where_f1_is_highest():
    """One direction that matters: 100 blasts at 0 to .99 against 50 others from .8 on."""
    blasts, others = np.full((100, DIRECTIONS), -1.0), np.full((50, DIRECTIONS), -1.0)
    blasts[:, 0] = np.arange(100) / 100
    others[:, 0] = 0.8
    loosest = np.full(DIRECTIONS, 2.0)
    limits = moved_edges(blasts, others, loosest, weight=1.0)
    best = 2 * 79 / (100 + 79)  # below .8 are 80 blasts; the levels tried are .7, .8, .88 ...
    inside = (blasts[:, 0] <= limits[0]).sum(), (others[:, 0] <= limits[0]).sum()
    assert 2 * inside[0] / (100 + sum(inside)) >= best
    assert limits[0] < 0.8
    assert (limits[1:] == 2.0).all()  # where nothing is lost, edges lie outside all blasts
