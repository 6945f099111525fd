"""Where the blasts of a follow-up are, beside those of the diagnosis: one shift for all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from residua.measures.blast_share.blast_states import kept_columns
from residua.measures.blast_share.share import State
from residua.measures.laip.laip import Drift, Events, Values
from residua.measures.mixture import GaussianMixture

DOUBTED = 10.0
"""Events taken off those that speak: without them a blank steers its own blasts."""


def found_drift(
    events: Events,
    shares: Values,
    blasts: GaussianMixture,
    states: Sequence[State],
    prior: Drift,
) -> Drift:
    """The posterior of the shift, from `shares` (s, n, c): events (n, d) by state and component.

    Each event counts less by the `DOUBTED` events that are taken off all; a lost antigen says
    nothing of the shift of its channel.
    """
    total = float(shares.sum())
    counts = max(total - DOUBTED, 0.0) / max(total, DOUBTED)
    precision = np.linalg.inv(prior.covariance)
    pulled = precision @ prior.mean
    x = events.astype(np.float64)
    for state, of_state in zip(states, shares, strict=True):
        kept = kept_columns(state, blasts.channels)
        grid = np.ix_(kept, kept)
        for component in range(blasts.components):
            mass = counts * of_state[:, component].sum()
            sums = counts * np.einsum("n,nd->d", of_state[:, component], x[:, kept])
            own = np.linalg.inv(blasts.covariances[component][grid])
            precision[grid] += mass * own
            pulled[kept] += own @ (sums - mass * blasts.means[component][kept])
    covariance = np.linalg.inv(precision)
    return Drift(covariance @ pulled, (covariance + covariance.T) / 2)
