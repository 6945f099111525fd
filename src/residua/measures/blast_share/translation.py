"""How far the precursors of a marrow lie from those of the references: one shift for all of them.

Alignment rests on populations outside the box. What it leaves among the precursors themselves is
mostly common to them, and twelve numbers cannot follow so few events as blasts are, where a shift
of each population could.
"""

from __future__ import annotations

import numpy as np

from residua.measures.laip.laip import Events, Values
from residua.measures.mixture import GaussianMixture, log_density
from residua.measures.mixture.gaussian import component_log_densities

FURTHEST = 0.35
"""Decades: what is further away is no shift that alignment leaves, and is not followed."""
SPREAD = 0.15
"""Decades, the standard deviation expected of it: what the maps of normals leave (choice)."""
HELD = 1e-3
"""The share of blasts kept throughout, so that blasts are not taken for precursors that moved."""
PRIOR_EVENTS = 200.0
"""Events' worth of prior for the weights of the normal components."""
ROUNDS = 6
_STILL = 1e-3  # decades: a round that moves less is the last


def translation(
    events: Events | Values, normal: GaussianMixture, blasts: GaussianMixture, *, log_neither: float
) -> Values:
    """The shift (d,) of all components of `normal` that makes `events` (n, d) most likely.

    Weights are free, `blasts` and what is flat (`log_neither`, log density) are held at `HELD`
    each. No entry is beyond `FURTHEST`; without events it is 0.
    """
    shift = np.zeros(normal.channels)
    if not len(events):
        return shift
    others = np.logaddexp(log_density(events, blasts), log_neither) + np.log(HELD)
    precisions = np.linalg.inv(normal.covariances)
    expected = PRIOR_EVENTS * normal.weights
    weights = normal.weights
    x = events.astype(np.float64)
    columns = np.ascontiguousarray(x.T)
    unmoved = np.ascontiguousarray(component_log_densities(events, normal).T)
    for _ in range(ROUNDS):
        logs = _moved_by(shift, unmoved, columns, normal.means, precisions)
        logs += np.log(weights * (1 - 2 * HELD))[:, None]
        share = _shares(logs, others)
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


def _shares(logs: Values, others: Values) -> Values:
    """Posteriors (k, n) of the normal components, beside what is not normal."""
    top = np.maximum(logs.max(axis=0), others)
    share = np.exp(logs - top)
    share /= share.sum(axis=0) + np.exp(others - top)
    return np.asarray(share)
