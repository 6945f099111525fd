"""Pseudo-spikes: blasts that the model has not seen, moved as they may have drifted since.

Counts are exact. The Poisson error of a follow-up is that of its own cells and is added where
limits are worked out (`response`); drawn here it would count twice, and at the normals' cells.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from residua.measures.laip.box import rows_in
from residua.measures.laip.laip import Events, Laip, Values
from residua.measures.mixture import GaussianMixture

INTACT = 0.7  # of the spikes, where antigens may be lost: the estimator's own prior
_KEPT = 0.5  # at most this part of an antigen, in decades, is left where it is lost


@dataclass(frozen=True, eq=False)
class Spike:
    """Blasts (k, d) inside the box, of `count` mixed in, `fresh` of which the model gave."""

    events: Events
    count: int
    fresh: int


def draw_spike(
    laip: Laip, count: int, *, open_: tuple[int, ...], random: np.random.Generator
) -> Spike:
    """`count` blasts with one draw of drift and, where `open_` is not empty, of antigen loss.

    Held-out blasts without repetition; what they do not suffice for comes from the mixture.
    """
    known = min(count, len(laip.held_out))
    chosen = laip.held_out[random.choice(len(laip.held_out), known, replace=False)]
    more = sample_mixture(laip.mixture, count - known, random)
    drift = random.multivariate_normal(laip.drift.mean, laip.drift.covariance)
    events = (np.concatenate([chosen, more]) + drift).astype(np.float32)
    for column in _lost(open_, random):
        usual = max(float(np.median(laip.held_out[:, column])), 0.0)
        events[:, column] -= np.float32((1 - random.uniform(0, _KEPT)) * usual)
    return Spike(events[rows_in(laip.box, events)], count, count - known)


def sample_mixture(mixture: GaussianMixture, count: int, random: np.random.Generator) -> Values:
    """`count` events (count, d) of a mixture."""
    shares = random.multinomial(count, mixture.weights / mixture.weights.sum())
    parts = [
        random.multivariate_normal(mean, covariance, size=share)
        for mean, covariance, share in zip(mixture.means, mixture.covariances, shares, strict=True)
    ]
    return np.concatenate(parts)


def _lost(open_: tuple[int, ...], random: np.random.Generator) -> tuple[int, ...]:
    """The columns that this spike has lost: none mostly, else any of their combinations."""
    states = [s for size in range(1, len(open_) + 1) for s in combinations(open_, size)]
    if not states or random.random() < INTACT:
        return ()
    return states[int(random.integers(len(states)))]
