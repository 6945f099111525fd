"""A logistic regression of drifted blasts against normal events, trained for one patient.

It never asks how likely an event is, only on which side of a border it lies: where the densities
of the model are wrong, this one errs elsewhere. decisions/second-readers.md says why no trees.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize
from scipy.special import expit

from residua.measures.laip.laip import Laip
from residua.measures.second_readers.bends import Bends, bends_of
from residua.measures.second_readers.drifted import drawn_blasts
from residua.measures.second_readers.reader import Events, Reader, Values

NAME = "border"
BLASTS = 6_000  # events: 60 draws of the drift
NORMALS = 6_000  # of all, by an even step
HARDEST = 6_000  # besides, those that a first fit takes for blasts rather than others
MOST = 150_000  # normal events that the hardest are sought among
STEPS, LAST_STEPS = 40, 80
RIDGE = 1e-4  # of the mean loss, for each squared coefficient
_AT_ONCE = 1 << 14


@dataclass(frozen=True, eq=False)
class Border:
    """The logit of an event is its features times `coefficients`."""

    bends: Bends
    coefficients: Values
    name: str = NAME

    def score(self, events: Events) -> Values:
        """The logit (n,), at equal numbers of blasts and normal cells."""
        made = np.empty(len(events))
        for first in range(0, len(events), _AT_ONCE):
            here = slice(first, first + _AT_ONCE)
            made[here] = np.einsum("nf,f->n", self.bends.of(events[here]), self.coefficients)
        return made


def fit_discriminative(laip: Laip, normals: Sequence[Events], seed: int) -> Reader:
    """The border between a patient's drifted blasts and normal events (n_i, d) of the box.

    Fitted twice: the second time those normal events that the first took for blasts stand beside
    a fair share of all, each as often as it is.
    """
    random = np.random.Generator(np.random.PCG64(seed))
    blasts = drawn_blasts(laip, BLASTS, random)
    pool = np.concatenate(list(normals))
    pool = pool[:: -(-len(pool) // MOST)]
    bends = bends_of(blasts)
    some = pool[:: -(-len(pool) // NORMALS)]
    seen = bends.of(blasts)
    first = _fitted(seen, bends.of(some), np.ones(len(some)), None, STEPS)
    order = np.argsort(-Border(bends, first).score(pool), kind="stable")
    hard, rest = pool[order[:HARDEST]], pool[np.sort(order[HARDEST:])]
    fair = rest[:: max(1, -(-len(rest) // NORMALS))]
    times = np.concatenate([np.ones(len(hard)), np.full(len(fair), len(rest) / max(len(fair), 1))])
    both = bends.of(np.concatenate([hard, fair]))
    return Border(bends, _fitted(seen, both, times, first, LAST_STEPS))


def _fitted(
    blasts: Values, normal: Values, times: Values, start: Values | None, steps: int
) -> Values:
    """Coefficients (f,) of least weighted loss; both sides weigh alike. L-BFGS."""
    features = np.concatenate([blasts, normal])
    sign = np.concatenate([np.ones(len(blasts)), -np.ones(len(normal))])
    weight = np.concatenate([np.full(len(blasts), 0.5 / len(blasts)), 0.5 * times / times.sum()])
    penalty = np.full(features.shape[1], RIDGE)
    penalty[0] = 0.0

    def loss(coefficients: Values) -> tuple[float, Values]:
        margin = sign * np.einsum("nf,f->n", features, coefficients)
        slope = -weight * sign * expit(-margin)
        value = weight @ np.logaddexp(0.0, -margin) + 0.5 * penalty @ coefficients**2
        return float(value), np.einsum("nf,n->f", features, slope) + penalty * coefficients

    first = np.zeros(features.shape[1]) if start is None else start
    found = minimize(loss, first, jac=True, method="L-BFGS-B", options={"maxiter": steps})
    return np.asarray(found.x, np.float64)
