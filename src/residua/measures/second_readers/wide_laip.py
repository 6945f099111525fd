"""The LAIP with twice the drift, against all normals as they lie: it corrects nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.measures.laip.laip import Laip
from residua.measures.mixture import GaussianMixture, fit_mixture, log_density, moved
from residua.measures.second_readers.reader import Events, Reader, Values

NAME = "wide LAIP"
WIDER = 4.0  # times the covariance of the drift
COMPONENTS = 20
DESCRIBE = 100  # events for each component
MOST = 60_000  # normal events
FLAT = 1e-3  # share of normal events that may lie anywhere in the box


@dataclass(frozen=True, eq=False)
class WideLaip:
    """log of `blasts` over `normal` and a flat rest of log density `flat`."""

    blasts: GaussianMixture
    normal: GaussianMixture
    flat: float
    name: str = NAME

    def score(self, events: Events) -> Values:
        """log f - log p_N (n,)."""
        normal = np.logaddexp(log_density(events, self.normal), self.flat)
        return log_density(events, self.blasts) - normal


def fit_wide_laip(laip: Laip, normals: Sequence[Events], seed: int) -> Reader:
    """The wide LAIP of a patient beside the normal events (n_i, d) of its box."""
    pool = np.concatenate(list(normals))
    pool = pool[:: -(-len(pool) // MOST)] if len(pool) else pool
    components = max(1, min(COMPONENTS, len(pool) // DESCRIBE))
    normal = fit_mixture(pool, components, seed=seed)
    blasts = moved(laip.mixture, laip.drift.mean, WIDER * laip.drift.covariance)
    return WideLaip(blasts, normal, float(np.log(FLAT) - laip.box.log_volume))
