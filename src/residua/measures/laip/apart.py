"""Whether blasts lie in one cluster or in several that do not touch."""

from __future__ import annotations

import numpy as np

from residua.measures.alignment.landmarks import overlap
from residua.measures.mixture import GaussianMixture

TOUCHING = 0.3
"""Bhattacharyya coefficient of components twice as wide: two alike lie six of their standard
deviations apart. Subclones that differ by half a spread in every marker lie 2.5 apart."""
SMALLEST = 0.01  # of the blasts: a smaller cluster is not worth a word


def clusters_of(blasts: GaussianMixture) -> tuple[float, ...]:
    """The shares of the clusters that do not touch, from the largest; those of `SMALLEST` at least.

    Components that touch are of one cluster, and so are those that touch a third.
    """
    near = overlap(blasts) > TOUCHING
    cluster = np.arange(blasts.components)
    for _ in range(blasts.components):
        cluster = np.array([cluster[row].min() for row in near])
    shares = np.bincount(cluster, blasts.weights)
    return tuple(sorted((float(one) for one in shares if one >= SMALLEST), reverse=True))
