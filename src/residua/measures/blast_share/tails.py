"""Normal cells further out than a Gaussian has them.

A component over some thirty donors is as wide as they are on average; a donor whose precursors
mature a little differently puts hundreds of cells where the Gaussian expects one, and whatever
lies there is taken for blasts. So a small part of each component is wider.
"""

from __future__ import annotations

import numpy as np

from residua.measures.laip.laip import Events, Values
from residua.measures.mixture import GaussianMixture
from residua.measures.mixture.gaussian import component_log_densities
from residua.measures.mixture.quadratic import LOG_2_PI

TAIL = 0.005
"""The part of each component that is wider (choice, see decisions/normal-cells-with-tails.md)."""
TIMES = 4.0
"""How much wider: times the covariance, twice the standard deviation (choice)."""


def tailed_log_densities(events: Events, mixture: GaussianMixture) -> Values:
    """log of (1 - t) phi(x; m, C) + t phi(x; m, 4 C), (n, k), for each component of `mixture`.

    The logarithm of the wider one follows from that of the first: both know the same distance.
    """
    logs = component_log_densities(events, mixture)
    d = mixture.channels
    heights = -0.5 * (d * LOG_2_PI + np.linalg.slogdet(mixture.covariances)[1])
    wider = heights - 0.5 * d * np.log(TIMES) + (logs - heights) / TIMES
    return np.asarray(np.logaddexp(logs + np.log(1 - TAIL), wider + np.log(TAIL)))
