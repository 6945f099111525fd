"""All densities of all events by one matrix product.

The logarithm of a Gaussian is a polynomial of second degree in the channels. With the squares,
products and values of an event as p = d (d + 1) / 2 + d features, the log densities of k
components are a product (k, p) (p, n), and what an EM step sums up is (k, n) (n, p). Both are
done in blocks of w events.
"""

from __future__ import annotations

import math
from typing import TypeVar

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
Floats = npt.NDArray[np.floating]
Real = TypeVar("Real", npt.NDArray[np.float32], npt.NDArray[np.float64])
LOG_2_PI = math.log(2 * math.pi)
ALONE = 1 << 18
"""Multiplications up to which OpenBLAS computes a product without waking its threads. Woken for
each of many products, they take longer than the work wherever another process runs, and change
the rounding with their number."""
_TOGETHER = 4096
"""Events whose features are made at once: of twelve channels, 1.5 MB in float32."""


def in_blocks(columns: Real, rows: int) -> Real:
    """Columns (d, n) as blocks (b, d, w) for products with `rows` rows, the last filled with 0.

    The features of w events times `rows` are what `ALONE` allows.
    """
    d, n = columns.shape
    width = min(max(ALONE // (rows * (d * (d + 3) // 2)), 16), max(n, 1))
    blocks = np.zeros((-(-n // width), d, width), dtype=columns.dtype)
    whole = n // width
    cut = columns[:, : whole * width].reshape(d, whole, width)
    blocks[:whole] = cut.transpose(1, 0, 2)
    blocks[whole:, :, : n - whole * width] = columns[:, whole * width :]
    return blocks


def groups(blocks: Real) -> list[slice]:
    """Which blocks (b, d, w) to take at a time, so that their features stay in the cache."""
    step = max(_TOGETHER // max(blocks.shape[-1], 1), 1)
    return [slice(first, first + step) for first in range(0, len(blocks), step)]


def features(blocks: Real) -> Real:
    """Features (b, p, w) of events in blocks (b, d, w), in their precision."""
    b, d, w = blocks.shape
    made = np.empty((b, d * (d + 3) // 2, w), dtype=blocks.dtype)
    at = 0
    for a in range(d):
        np.multiply(blocks[:, a : a + 1], blocks[:, a:], out=made[:, at : at + d - a])
        at += d - a
    made[:, at:] = blocks
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
