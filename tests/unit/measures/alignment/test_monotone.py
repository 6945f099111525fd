"""Rising curves. Oracles: numpy.interp within the grid, lines beyond it, the law itself."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from residua.errors import ValueFault
from residua.measures.alignment.monotone import MonotoneCurves, follow, grid, risen

PLACES = len(grid())
STEPS = arrays(np.float64, PLACES, elements=st.floats(-3, 3))


@given(STEPS, st.floats(-3, 8))
@settings(max_examples=60, deadline=None)
def test_whatever_is_asked_the_curve_rises_within_the_limits(steps, start):
    slopes = np.diff(risen(grid() + steps, start)) / 0.1
    assert slopes.min() >= 0.25 - 1e-9
    assert slopes.max() <= 4 + 1e-9


@given(STEPS, st.lists(st.floats(-6, 12), min_size=2, max_size=20))
@settings(max_examples=60, deadline=None)
def test_the_order_of_values_is_kept(steps, values):
    curves = MonotoneCurves(risen(grid() + steps, 2.0)[None])
    events = np.sort(np.array(values, np.float32))[:, None]
    moved = follow(curves, np.zeros((1, 1)), events, 2.0)
    assert (np.diff(moved[:, 0]) >= -1e-5).all()


def test_a_curve_that_rises_is_left_alone():
    curve = grid() + 0.35 * np.sin(1.9 * grid())
    assert (np.diff(curve) > 0.025).all()
    assert risen(curve, 2.0) == pytest.approx(curve, abs=1e-12)


def test_a_curve_is_met_again_after_a_fall():
    curve = grid() - 0.5 * (np.abs(grid() - 4) < 0.15)
    found = risen(curve, 2.0)
    assert found[:50] == pytest.approx(curve[:50])
    assert found[-5:] == pytest.approx(curve[-5:])


def test_events_follow_as_interpolated():
    random = np.random.Generator(np.random.PCG64(1))
    bent = np.stack([grid() * 1.1, grid() + 0.1 * np.sin(grid())])
    spill = np.array([[0.0, 0.02], [0.0, 0.0]])
    events = random.uniform(-2, 7, (50_000, 2)).astype(np.float32)
    found = follow(MonotoneCurves(bent), spill, events, 2.0)
    wide = events.astype(np.float64)
    own = np.stack([np.interp(wide[:, j], grid(), bent[j]) for j in range(2)], axis=1)
    assert found == pytest.approx(own + (wide - 2) @ spill, abs=2e-5)


def test_beyond_the_grid_curves_go_on():
    events = np.array([[-9.0], [20.0]], np.float32)
    found = follow(MonotoneCurves(1.2 * grid()[None]), np.zeros((1, 1)), events, 2.0)
    assert found[:, 0] == pytest.approx([-10.8, 24.0], abs=1e-3)


def test_a_falling_curve_is_refused():
    with pytest.raises(ValueFault, match="rising curves"):
        MonotoneCurves(-grid()[None])
