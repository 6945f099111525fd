"""Fewer components for nearly the same density: the closest pairs become one.

Runnalls, IEEE Trans Aerosp Electron Syst 2007;43:989: two components merge into the Gaussian of
their common mean and covariance, each time the pair that lets the bound on the Kullback-Leibler
divergence rise least.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from residua.measures.mixture.gaussian import GaussianMixture
from residua.measures.mixture.quadratic import Array

Places = npt.NDArray[np.intp]


def merged(mixture: GaussianMixture, components: int) -> GaussianMixture:
    """The mixture with `components` of its components at most."""
    weights, means = mixture.weights.copy(), mixture.means.copy()
    covariances = mixture.covariances.copy()
    i, j = np.triu_indices(len(weights), 1)
    costs = np.full((len(weights), len(weights)), np.inf)
    costs[i, j] = _costs((weights, means, covariances), i, j)
    while len(weights) > components:
        i, j = (np.array([each]) for each in divmod(int(np.argmin(costs)), len(weights)))
        joint = _joint((weights, means, covariances), i, j)
        weight = weights[i] + weights[j]
        means[i] = (weights[i] * means[i] + weights[j] * means[j]) / weight
        covariances[i], weights[i] = joint, weight
        weights, means, covariances, costs = (
            np.delete(each, j, axis=0) for each in (weights, means, covariances, costs)
        )
        costs = np.delete(costs, j, axis=1)
        others = np.delete(np.arange(len(weights)), i)  # all other pairs cost what they did
        low, high = np.minimum(others, i), np.maximum(others, i)
        costs[low, high] = _costs((weights, means, covariances), low, high)
    return GaussianMixture(weights, means, covariances)


Parts = tuple[Array, Array, Array]  # weights, means and covariances


def _costs(parts: Parts, i: Places, j: Places) -> Array:
    """What it costs (m,) to merge the pairs of components `i` and `j` (m,)."""
    weights, _, covariances = parts
    both = np.maximum(weights[i] + weights[j], np.finfo(np.float64).tiny)
    size = weights * np.linalg.slogdet(covariances)[1]
    return np.asarray(both * np.linalg.slogdet(_joint(parts, i, j))[1] - size[i] - size[j])


def _joint(parts: Parts, i: Places, j: Places) -> Array:
    """The covariances (m, d, d) of those pairs together."""
    weights, means, covariances = parts
    both = np.maximum(weights[i] + weights[j], np.finfo(np.float64).tiny)
    a, b = (weights[i] / both)[:, None, None], (weights[j] / both)[:, None, None]
    apart = means[i] - means[j]
    between = a * b * (apart[:, :, None] * apart[:, None, :])
    return np.asarray(a * covariances[i] + b * covariances[j] + between)
