"""A map turned round; oracle: `apply_map` of what it gives is where it began."""

import numpy as np
import pytest

from residua.measures.alignment.inverse_map import unmapped
from residua.measures.alignment.monotone import MonotoneCurves, grid
from residua.measures.alignment.sample_map import SampleMap, apply_map


def a_map(spill: float) -> SampleMap:
    at = grid()
    curves = np.stack([at + 0.3 * np.sin(at), 1.4 * at - 0.2, at.copy()])
    spilt = np.full((3, 3), spill) - spill * np.eye(3)
    return SampleMap(MonotoneCurves(curves), np.zeros_like(curves), spilt, (None,) * 3)


@pytest.mark.parametrize("spill", [0.0, 0.05])
def test_a_map_turned_round_is_undone(spill):
    events = np.random.Generator(np.random.PCG64(4)).uniform(-1.5, 6.5, (500, 3))
    found = a_map(spill)
    back = unmapped(events.astype(np.float32), found)
    np.testing.assert_allclose(apply_map(back, found), events, atol=2e-5)


def test_beyond_the_grid_the_last_slope_goes_on():
    found = a_map(0.0)
    events = np.array([[0.0, 14.0, 9.0], [0.0, -6.0, -4.0]], np.float32)
    back = unmapped(events, found)
    np.testing.assert_allclose(back[:, 1], (events[:, 1] + 0.2) / 1.4, atol=1e-5)
    np.testing.assert_allclose(back[:, 2], events[:, 2], atol=1e-5)
