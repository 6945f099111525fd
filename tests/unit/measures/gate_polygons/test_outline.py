"""Outlines by twelve half planes; oracle: geometry by hand, and matplotlib's point in polygon."""

import numpy as np
import pytest
from matplotlib.path import Path

from residua.measures.gate_polygons.outline import DIRECTIONS, Frame, frame_about

UNIT = Frame(np.zeros(2), np.ones(2))


def test_equal_limits_are_a_regular_dodecagon():
    corners = np.array(UNIT.corners(np.ones(DIRECTIONS)))
    assert len(corners) == 12
    np.testing.assert_allclose(np.hypot(*corners.T), 1 / np.cos(np.pi / 12), rtol=1e-9)


def test_an_edge_beyond_its_neighbours_adds_no_corner():
    limits = np.full(DIRECTIONS, 40.0)
    limits[[0, 3, 6, 9]] = 1.0  # right, up, left, down
    corners = sorted(UNIT.corners(limits))
    np.testing.assert_allclose(corners, [(-1, -1), (-1, 1), (1, -1), (1, 1)], atol=1e-9)


def test_nothing_is_within_limits_that_exclude_each_other():
    limits = np.full(DIRECTIONS, 40.0)
    limits[[0, 6]] = -1.0
    assert UNIT.corners(limits) == ()


@pytest.mark.parametrize("scale", [(1.0, 1.0), (0.2, 3.0)])
def test_points_within_all_limits_lie_in_the_polygon(scale):
    random = np.random.Generator(np.random.PCG64(2))
    cloud = random.normal((2.0, -1.0), scale, (2000, 2))
    frame = frame_about(cloud)
    reach = frame.reach(cloud)
    limits = np.quantile(reach, 0.9, axis=0)
    inside = (reach <= limits).all(axis=1)
    drawn = Path(np.array(frame.corners(limits))).contains_points(cloud)
    assert 0 < inside.sum() < len(cloud)
    np.testing.assert_array_equal(drawn, inside)
