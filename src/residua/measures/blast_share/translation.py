"""How far the precursors of a marrow lie from those of the references: one shift for all of them.

Alignment rests on populations outside the box. What it leaves among the precursors themselves is
mostly common to them, and twelve numbers cannot follow so few events as blasts are, where a shift
of each population could.
"""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from residua.measures.laip.laip import Events, Values
from residua.measures.mixture import GaussianMixture, log_density
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
    precisions = np.asarray(np.linalg.inv(normal.covariances), np.float64)
    expected = PRIOR_EVENTS * normal.weights
    weights = normal.weights
    x = events.astype(np.float64)
    columns = np.ascontiguousarray(x.T)
    unmoved = np.ascontiguousarray(component_log_densities(events, normal).T)
    known = np.logaddexp.reduce(unmoved + np.log(np.maximum(weights, 1e-300))[:, None], axis=0)
    found = _blasts_beside(np.logaddexp(known, log_neither + np.log(HELD)), leukaemic)
    for _ in range(ROUNDS):
        logs = _moved_by(shift, unmoved, columns, normal.means, precisions)
        logs += np.log(weights * (1 - HELD - found))[:, None]
        others = np.logaddexp(leukaemic + np.log(found), log_neither + np.log(HELD))
        share = _shares(logs, others)
        leukaemia = np.exp(leukaemic + np.log(found) - others) * (1 - share.sum(axis=0))
        found = float(np.clip(leukaemia.mean(), HELD, MOST))
        mass = share.sum(axis=1)
        weights = np.maximum((mass + expected) / (mass + expected).sum(), 1e-12)
        apart = share @ x - mass[:, None] * normal.means
        before = shift
        precision = np.einsum("k,kij->ij", mass, precisions) + np.eye(len(shift)) / SPREAD**2
        pulled = np.einsum("kij,kj->i", precisions, apart)
        shift = np.clip(np.linalg.solve(precision, pulled), -FURTHEST, FURTHEST)
        if np.abs(shift - before).max() < _STILL:
            break
    return np.asarray(shift)


def _moved_by(
    shift: Values, logs: Values, columns: Values, means: Values, precisions: Values
) -> Values:
    """The log densities (k, n), which are `logs` where nothing is moved, at events (d, n).

    A component that moves by s gains (x - m)' P s - s' P s / 2: no distance is worked out anew.
    """
    slopes = precisions @ shift
    made = logs - ((means + shift / 2) * slopes).sum(axis=1)[:, None]
    for slope, column in zip(slopes.T, columns, strict=True):
        made += slope[:, None] * column
    return np.asarray(made)


def _blasts_beside(known: Values, leukaemic: Values) -> float:
    """The share of blasts where the precursors lie as in the references, of log density `known`."""
    found = START
    for _ in range(STEPS):
        odds = leukaemic + np.log(found) - known - np.log(1 - found)
        found = float(np.clip(expit(odds).mean(), HELD, MOST))
    return found


def _shares(logs: Values, others: Values) -> Values:
    """Posteriors (k, n) of the normal components, beside what is not normal."""
    top = np.maximum(logs.max(axis=0), others)
    share = np.exp(logs - top)
    share /= share.sum(axis=0) + np.exp(others - top)
    return np.asarray(share)
