"""Blasts and normal cells told apart in one sample, by EM between two mixtures.

The normal side stays as it is but for its shares, which are free: the populations of the
reference, and clusters of the sample that are the person's own normal cells. The blasts' side is
fitted anew to what it holds, round by round; a component that comes to lie where normals are as
full is dropped, as it has gone over to a normal population.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.mixture import GaussianMixture, fit_mixture, log_density
from residua.measures.mixture.gaussian import component_log_densities

Values = NDArray[np.float64]
Events = NDArray[np.float32]
Mask = NDArray[np.bool_]
COMPONENTS = 5  # a clone and its subclones
PER_COMPONENT = 60  # events, below which a component is not known
ROUNDS = 4  # of fitting the blasts anew; the fourth changes a prototype's recall by 0.001
STEPS = 40  # of EM for the shares
IN_PART = 0.01  # posterior, below which an event adds nothing to the blasts' side
_CHUNK = 1 << 15
_TINY = 1e-300


@dataclass(frozen=True, eq=False)
class TwoSides:
    """`blasts`, the `normal` mixtures, and `shares` (1 + k,) of the blasts and of components."""

    blasts: GaussianMixture
    normal: tuple[GaussianMixture, ...]
    shares: Values


def refined(
    events: Events,
    blasts: GaussianMixture,
    normal: tuple[GaussianMixture, ...],
    *,
    fuller: Callable[[GaussianMixture], Mask],
    seed: int,
) -> TwoSides:
    """The two sides of `events` (n, d), begun with `blasts`.

    `fuller` says which components (k,) hold more than normals do; where none does, the blasts stay
    as they were.
    """
    fixed = np.hstack([component_log_densities(events, one) for one in normal])
    for _ in range(ROUNDS):
        shares, posterior = _shares(np.hstack([log_density(events, blasts)[:, None], fixed]))
        kept = posterior > IN_PART
        size = max(min(COMPONENTS, int(posterior.sum()) // PER_COMPONENT), 1)
        fitted = fit_mixture(events[kept], size, seed=seed, weights=posterior[kept])
        stay = fuller(fitted)
        if not stay.any():
            break
        blasts = only(fitted, stay)
    shares, _ = _shares(np.hstack([log_density(events, blasts)[:, None], fixed]))
    return TwoSides(blasts, normal, shares)


def posterior_of(sides: TwoSides, events: Events) -> Values:
    """The probability (n,) of each of `events` (n, d) to be a blast."""
    found = np.empty(len(events))
    with np.errstate(divide="ignore"):
        shares = np.log(sides.shares)
    for first in range(0, len(events), _CHUNK):
        part = events[first : first + _CHUNK]
        logs = [log_density(part, sides.blasts)[:, None]]
        logs += [component_log_densities(part, one) for one in sides.normal]
        joint = np.hstack(logs) + shares
        joint = np.exp(joint - joint.max(axis=1, keepdims=True))
        found[first : first + _CHUNK] = joint[:, 0] / joint.sum(axis=1)
    return found


def only(mixture: GaussianMixture, kept: Mask) -> GaussianMixture:
    """The components `kept` (k,) of a mixture, at least one, with weights that sum to 1."""
    weights = mixture.weights[kept] / mixture.weights[kept].sum()
    return GaussianMixture(weights, mixture.means[kept], mixture.covariances[kept])


def _shares(logs: Values) -> tuple[Values, Values]:
    """Shares of the columns of log densities (n, k), and the posterior of the first (n,)."""
    likely = np.exp(logs - logs.max(axis=1, keepdims=True))
    shares = np.full(likely.shape[1], 1 / likely.shape[1])
    for _ in range(STEPS):
        mixed = np.maximum(np.einsum("nk,k->n", likely, shares), _TINY)
        shares = shares * np.einsum("nk,n->k", likely, 1 / mixed) / len(likely)
    mixed = np.maximum(np.einsum("nk,k->n", likely, shares), _TINY)
    return shares, likely[:, 0] * shares[0] / mixed
