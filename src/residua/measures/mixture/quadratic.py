"""All densities of all events by one matrix product.

The logarithm of a Gaussian is a polynomial of second degree in the channels. With the squares,
products and values of an event as p = d (d + 1) / 2 + d features, the log densities of k
components are a product (k, p) (p, n), and what an EM step sums up is (k, n) (n, p).
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.floating]
LOG_2_PI = math.log(2 * math.pi)
BLOCK = 8192
"""Events at a time: the features of twelve channels then stay within 3 to 6 MB."""


def features(x: Floats) -> Floats:
    """Features (p, n) of events in columns `x` (d, n), in the precision of `x`."""
    d, n = x.shape
    made = np.empty((d * (d + 1) // 2 + d, n), dtype=x.dtype)
    at = 0
    for a in range(d):
        np.multiply(x[a], x[a:], out=made[at : at + d - a])
        at += d - a
    made[at:] = x
    return made


def coefficients(means: Array, covariances: Array) -> tuple[Array, Array]:
    """Factors (k, p) of the features and constants (k,) that give log phi_k."""
    d = means.shape[1]
    precisions = np.linalg.inv(covariances)
    _, log_determinants = np.linalg.slogdet(covariances)
    a, b = np.triu_indices(d)
    squares = precisions[:, a, b] * np.where(a == b, -0.5, -1.0)
    linear = np.einsum("kij,kj->ki", precisions, means)
    constants = -0.5 * (d * LOG_2_PI + log_determinants + (linear * means).sum(axis=1))
    return np.hstack([squares, linear]), constants


def moments(sums: Array, d: int) -> tuple[Array, Array]:
    """Sums of values (k, d) and of products (k, d, d) from sums of features (k, p)."""
    a, b = np.triu_indices(d)
    products = np.empty((len(sums), d, d))
    products[:, a, b] = products[:, b, a] = sums[:, : len(a)]
    return sums[:, len(a) :], products
