"""The share of blasts as it is written down, every event weighed in every step: the oracle.

It knows neither candidates nor features nor blocks. The precursors' translation is given to it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.stats import multivariate_normal

from residua.measures.blast_share.blast_states import expected_states, states_of
from residua.measures.blast_share.drift import DOUBTED
from residua.measures.blast_share.estimate import ROUNDS, STATE_PRIOR_EVENTS
from residua.measures.blast_share.share import ShareModel, State
from residua.measures.blast_share.tails import TAIL, TIMES
from residua.measures.blast_share.translation import PRIOR_EVENTS
from residua.measures.laip.laip import Drift, Values
from residua.measures.mixture import moved

STEPS = 400


@dataclass(frozen=True, eq=False)
class PlainShare:
    """`first` and `blasts` as in `Share`, the posterior (n,) of each event, and the drift."""

    first: float
    blasts: float
    posterior: Values
    drift: Drift


def plain_share(x: Values, model: ShareModel, shift: Values) -> PlainShare:
    """The share of blasts among events `x` (n, d), whose precursors lie `shift` (d,) away."""
    states, prior = states_of(model.open), model.laip.drift
    normal = moved(model.normal, shift)
    others = np.stack(
        [np.full(len(x), np.exp(-model.laip.box.log_volume))]
        + [
            (1 - TAIL) * multivariate_normal(mean, covariance).pdf(x)
            + TAIL * multivariate_normal(mean, TIMES * covariance).pdf(x)
            for mean, covariance in zip(normal.means, normal.covariances, strict=True)
        ]
    )
    within = np.concatenate([[1e-3], (1 - 2e-3) * model.normal.weights])
    shares = np.concatenate([1e-3 * expected_states(states), within])
    drift, firsts, components = prior, [], range(model.laip.mixture.components)
    for _ in range(ROUNDS + 1):
        parts = [[_density(x, model, drift, s, c) for c in components] for s in states]
        blasts = np.stack([np.sum(of_state, axis=0) for of_state in parts])
        shares = _weighed(np.concatenate([blasts, others]), shares, len(states), model)
        joint = np.concatenate([blasts, others]) * shares[:, None]
        likely = joint[: len(states)] / joint.sum(axis=0)
        firsts.append(float(shares[: len(states)].sum()))
        last = drift
        drift = _drift(
            x, model, likely[:, None] * np.array(parts) / np.maximum(blasts, 1e-300)[:, None]
        )
    return PlainShare(firsts[0], firsts[-1], likely.sum(axis=0), last)


def _density(x: Values, model: ShareModel, drift: Drift, state: State, c: int) -> Values:
    laip = model.laip
    kept = [j for j in range(x.shape[1]) if j not in state]
    mean = (laip.mixture.means[c] + drift.mean)[kept]
    covariance = (laip.mixture.covariances[c] + drift.covariance)[np.ix_(kept, kept)]
    density = laip.mixture.weights[c] * multivariate_normal(mean, covariance).pdf(x[:, kept])
    for j in state:
        low, high = laip.box.low[j], float(laip.mixture.weights @ laip.mixture.means[:, j])
        density = density * ((x[:, j] >= low) & (x[:, j] <= high)) / (high - low)
    return np.asarray(density)


def _weighed(densities: Values, shares: Values, s: int, model: ShareModel) -> Values:
    expected = STATE_PRIOR_EVENTS * expected_states(states_of(model.open))
    for _ in range(STEPS):
        joint = densities * shares[:, None]
        counts = (joint / joint.sum(axis=0)).sum(axis=1)
        blasts, normal = counts[:s], counts[s + 1 :]
        blasts = (blasts + expected) * blasts.sum() / (blasts + expected).sum()
        prior = normal + PRIOR_EVENTS * model.normal.weights
        normal = prior * normal.sum() / prior.sum()
        shares = np.concatenate([blasts, counts[s : s + 1], normal]) / densities.shape[1]
    return shares


def _drift(x: Values, model: ShareModel, likely: Values) -> Drift:
    """From `likely` (s, c, n), the probability of each state and component at each event."""
    laip, states = model.laip, states_of(model.open)
    counts = max(likely.sum() - DOUBTED, 0) / max(likely.sum(), DOUBTED)
    precision = np.linalg.inv(laip.drift.covariance)
    pulled = precision @ laip.drift.mean
    for state, of_state in zip(states, likely, strict=True):
        keep = np.eye(x.shape[1])[[j for j in range(x.shape[1]) if j not in state]]
        for c, share in enumerate(of_state):
            own = keep.T @ np.linalg.inv(keep @ laip.mixture.covariances[c] @ keep.T) @ keep
            precision = precision + counts * share.sum() * own
            pulled = pulled + counts * own @ (share @ (x - laip.mixture.means[c]))
    covariance = np.linalg.inv(precision)
    return Drift(covariance @ pulled, covariance)
