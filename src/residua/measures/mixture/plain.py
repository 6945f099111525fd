"""EM as it is written in books, event by component in float64: slow, and the oracle.

It knows neither standard units nor features nor blocks, and leaves no event out.
"""

from __future__ import annotations

import math

import numpy as np

from residua.measures.mixture.em import RIDGE, SHRINKAGE
from residua.measures.mixture.gaussian import GaussianMixture
from residua.measures.mixture.quadratic import Array


def plain_em(
    x: Array, mixture: GaussianMixture, *, passes: int, weights: Array | None = None
) -> GaussianMixture:
    """The mixture after `passes` steps of EM on events `x` (n, d), each counting `weights` (n,)."""
    counted = np.ones(len(x)) if weights is None else weights
    for _ in range(passes):
        mixture = _step(np.asarray(x, dtype=np.float64), counted, mixture)
    return mixture


def _step(x: Array, counted: Array, mixture: GaussianMixture) -> GaussianMixture:
    logs = np.stack([_log_part(x, mixture, k) for k in range(mixture.components)])
    share = np.exp(logs - np.logaddexp.reduce(logs, axis=0)) * counted
    parts = [_component(x, row) for row in share]
    return GaussianMixture(
        share.sum(axis=1) / counted.sum(),
        np.stack([mean for mean, _ in parts]),
        np.stack([covariance for _, covariance in parts]),
    )


def _log_part(x: Array, mixture: GaussianMixture, k: int) -> Array:
    root = np.linalg.cholesky(mixture.covariances[k])
    apart = np.linalg.solve(root, (x - mixture.means[k]).T)
    size = 0.5 * x.shape[1] * math.log(2 * math.pi) + float(np.log(np.diag(root)).sum())
    return np.asarray(math.log(mixture.weights[k]) - size - 0.5 * (apart**2).sum(axis=0))


def _component(x: Array, share: Array) -> tuple[Array, Array]:
    n = share.sum()
    mean = share @ x / n
    spread = (share * (x - mean).T) @ (x - mean) / n
    shrunk = (n * spread + SHRINKAGE * np.diag(np.diag(spread))) / (n + SHRINKAGE)
    return mean, shrunk + RIDGE * np.eye(x.shape[1])
