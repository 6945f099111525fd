"""The corner between debris and cells; oracle: clouds on known sides of a corner."""

import numpy as np

from residua.measures.gate_polygons.cells import corner_between


def test_the_corner_parts_small_dark_events_from_all_others():
    made = np.random.Generator(np.random.PCG64(3))
    dark = made.normal((6.5, 0.5), 0.1, (2000, 2))
    small = made.normal((5.0, 4.0), 0.1, (2000, 2))
    debris = made.normal((5.0, 0.5), 0.1, (1000, 2))
    x, y = corner_between(np.concatenate([dark, small]), debris)
    assert 5.3 < x < 6.2
    assert 0.8 < y < 3.7
