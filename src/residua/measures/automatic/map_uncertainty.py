"""How well a sample is placed where its blasts are sought."""

from __future__ import annotations

import numpy as np

from residua.measures.alignment.sample_map import SampleMap, apply_map, map_sd
from residua.measures.laip.laip import Laip, Values

STEPS = 8  # of walking back to the place that the map sends to the blasts


def map_sd_at(found: SampleMap, laip: Laip) -> Values:
    """The standard deviation (d,) of a sample's map at the blasts of `laip`, in decades."""
    mixture = laip.mixture
    return map_sd_for(found, mixture.weights @ mixture.means)


def map_sd_for(found: SampleMap, middle: Values) -> Values:
    """The same at `middle` (d,), a place on the scale of the references.

    The map's uncertainty is known at places of the sample's own scale; the one that is sent to
    `middle` is found by fixed-point steps, as maps are near to the identity.
    """
    at = middle[None, :].astype(np.float64)
    for _ in range(STEPS):
        at = at - (apply_map(at.astype(np.float32), found) - middle)
    return np.asarray(map_sd(at, found)[0])
