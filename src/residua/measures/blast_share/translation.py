"""How far the precursors of a marrow lie from those of the references: one shift for all of them.

Alignment rests on populations outside the box. What it leaves among the precursors themselves is
mostly common to them, and twelve numbers cannot follow so few events as blasts are, where a shift
of each population could.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.special import expit

from residua.measures.laip.laip import Events, Values
from residua.measures.mixture import GaussianMixture, log_density, moved
from residua.measures.mixture.gaussian import component_log_densities

FURTHEST = 0.35
"""Decades: what is further away is no shift that alignment leaves, and is not followed."""
SPREAD = 0.15
"""Decades, the standard deviation expected of it: what the maps of normals leave (choice)."""
HELD = 1e-3
"""The least share of blasts, so that a few are not taken for precursors that moved. It is no fixed
share: in a box with few normal cells blasts are most of it, and would carry the precursors off."""
MOST = 0.99
"""The most that blasts may be of the box: some normal cells always lie there."""
START, STEPS = 0.1, 10
"""The share of blasts that is begun with, and steps of EM until precursors may move."""
PRIOR_EVENTS = 200.0
"""Events' worth of prior for the weights of the normal components."""
ROUNDS = 6
_STILL = 1e-3  # decades: a round that moves less is the last


def translation(
    events: Events | Values, normal: GaussianMixture, blasts: GaussianMixture, *, log_neither: float
) -> Values:
    """The shift (d,) of all components of `normal` that makes `events` (n, d) most likely.

    Weights are free, the share of `blasts` too, from `HELD` on; what is flat (`log_neither`, log
    density) is held at it. No entry is beyond `FURTHEST`; without events it is 0.
    """
    shift = np.zeros(normal.channels)
    if not len(events):
        return shift
    leukaemic = log_density(events, blasts)
    found = _unmoved(events, normal, leukaemic, log_neither)
    precisions = np.linalg.inv(normal.covariances)
    expected = PRIOR_EVENTS * normal.weights
    weights = normal.weights
    x = events.astype(np.float64)
    for _ in range(ROUNDS):
        logs = component_log_densities(events, replace(moved(normal, shift), weights=weights))
        logs += np.log(weights * (1 - HELD - found))
        others = np.logaddexp(leukaemic + np.log(found), log_neither + np.log(HELD))
        share = _shares(logs, others)
        leukaemia = np.exp(leukaemic + np.log(found) - others) * (1 - share.sum(axis=1))
        found = float(np.clip(leukaemia.mean(), HELD, MOST))
        mass = share.sum(axis=0)
        weights = np.maximum((mass + expected) / (mass + expected).sum(), 1e-12)
        apart = share.T @ x - mass[:, None] * normal.means
        before = shift
        precision = np.einsum("k,kij->ij", mass, precisions) + np.eye(len(shift)) / SPREAD**2
        pulled = np.einsum("kij,kj->i", precisions, apart)
        shift = np.clip(np.linalg.solve(precision, pulled), -FURTHEST, FURTHEST)
        if np.abs(shift - before).max() < _STILL:
            break
    return np.asarray(shift)


def _unmoved(
    events: Events | Values, normal: GaussianMixture, leukaemic: Values, log_neither: float
) -> float:
    """The share of blasts where the precursors lie as in the references."""
    known = np.logaddexp(log_density(events, normal), log_neither + np.log(HELD))
    found = START
    for _ in range(STEPS):
        odds = leukaemic + np.log(found) - known - np.log(1 - found)
        found = float(np.clip(expit(odds).mean(), HELD, MOST))
    return found


def _shares(logs: Values, others: Values) -> Values:
    """Posteriors (n, k) of the normal components, beside what is not normal."""
    top = np.maximum(logs.max(axis=1), others)
    share = np.exp(logs - top[:, None])
    share /= (share.sum(axis=1) + np.exp(others - top))[:, None]
    return np.asarray(share)
