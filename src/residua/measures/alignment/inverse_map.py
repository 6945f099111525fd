"""Back from the scale of the references to a sample's own."""

from __future__ import annotations

import numpy as np

from residua.measures.alignment.landmark_table import Values
from residua.measures.alignment.monotone import STEP, Events, grid
from residua.measures.alignment.process_map import CENTRE
from residua.measures.alignment.sample_map import SampleMap

STEPS = 12  # spillover between channels is a tenth at most: each step leaves a tenth of the rest


def unmapped(events: Events, found: SampleMap) -> Events:
    """The places (n, d) of a sample that `apply_map` sends to `events` (n, d), float32.

    Curves rise everywhere, so that there is one place for each but for what spills between
    channels, which is found by fixed-point steps.
    """
    wanted = np.asarray(events, np.float64)
    places = wanted.copy()
    for _ in range(STEPS):
        own = wanted - (places - CENTRE) @ found.spill
        for column, curve in enumerate(found.curves.values):
            places[:, column] = _risen_back(own[:, column], curve)
    return places.astype(np.float32)


def _risen_back(values: Values, curve: Values) -> Values:
    """Where a curve over the grid has these values; beyond its ends its last slope goes on."""
    at = grid()
    back = np.interp(values, curve, at)
    below, above = values < curve[0], values > curve[-1]
    back[below] = at[0] + (values[below] - curve[0]) * STEP / (curve[1] - curve[0])
    back[above] = at[-1] + (values[above] - curve[-1]) * STEP / (curve[-1] - curve[-2])
    return np.asarray(back)
