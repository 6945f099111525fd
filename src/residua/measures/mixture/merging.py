"""Fewer components for nearly the same density: the closest pairs become one.

Runnalls, IEEE Trans Aerosp Electron Syst 2007;43:989: two components merge into the Gaussian of
their common mean and covariance, each time the pair that lets the bound on the Kullback-Leibler
divergence rise least.
"""

from __future__ import annotations

import numpy as np

from residua.measures.mixture.gaussian import GaussianMixture
from residua.measures.mixture.quadratic import Array


def merged(mixture: GaussianMixture, components: int) -> GaussianMixture:
    """The mixture with `components` of its components at most."""
    weights, means = mixture.weights.copy(), mixture.means.copy()
    covariances = mixture.covariances.copy()
    while len(weights) > components:
        i, j, joint = _closest(weights, means, covariances)
        weight = weights[i] + weights[j]
        means[i] = (weights[i] * means[i] + weights[j] * means[j]) / weight
        covariances[i], weights[i] = joint, weight
        weights, means, covariances = (
            np.delete(each, j, axis=0) for each in (weights, means, covariances)
        )
    return GaussianMixture(weights, means, covariances)


def _closest(weights: Array, means: Array, covariances: Array) -> tuple[int, int, Array]:
    """The pair that costs least to merge, and the covariance of both together."""
    i, j = np.triu_indices(len(weights), 1)
    both = np.maximum(weights[i] + weights[j], np.finfo(np.float64).tiny)
    a, b = (weights[i] / both)[:, None, None], (weights[j] / both)[:, None, None]
    apart = means[i] - means[j]
    between = a * b * (apart[:, :, None] * apart[:, None, :])
    joint = a * covariances[i] + b * covariances[j] + between
    size = weights * np.linalg.slogdet(covariances)[1]
    best = int(np.argmin(both * np.linalg.slogdet(joint)[1] - size[i] - size[j]))
    return int(i[best]), int(j[best]), joint[best]
