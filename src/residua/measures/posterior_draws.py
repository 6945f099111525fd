"""Draws from a posterior by differential evolution Monte Carlo, all chains together.

Each half of the chains moves along differences of two chains of the other half; every tenth
step takes a whole difference, so that chains change between two maxima (ter Braak, Stat Comput
2006;16:239). The seed is fixed: the same values give the same draws.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]
CHAINS = 100
BURN_IN = 200
KEPT_STEPS = 200
EVERY = 4
_WHOLE_EVERY = 10
_JITTER = 1e-3


def posterior_draws(
    minus_log: Callable[[Array], Array], centre: Array, covariance: Array, *, seed: int = 1
) -> Array:
    """Draws (m, k) of the density exp(-`minus_log`), which maps (n, k) to (n,).

    Chains start from a normal about `centre` with twice the standard deviations of
    `covariance`.
    """
    random = np.random.default_rng(seed)
    k = centre.size
    x = centre + 2 * random.multivariate_normal(np.zeros(k), covariance, CHAINS)
    loss = minus_log(x)
    halves = (np.arange(CHAINS // 2), np.arange(CHAINS // 2, CHAINS))
    kept = []
    for step in range(BURN_IN + KEPT_STEPS):
        length = 1.0 if step % _WHOLE_EVERY == 0 else 2.38 / np.sqrt(2 * k)
        for moved, others in (halves, halves[::-1]):
            a, b = _pairs(random, others)
            jitter = _JITTER * random.standard_normal((moved.size, k))
            proposed = x[moved] + length * (x[a] - x[b]) + jitter
            new = minus_log(proposed)
            taken = np.log(random.random(moved.size)) < loss[moved] - new
            x[moved[taken]], loss[moved[taken]] = proposed[taken], new[taken]
        if step >= BURN_IN and step % EVERY == 0:
            kept.append(x.copy())
    return np.concatenate(kept)


def _pairs(
    random: np.random.Generator, others: npt.NDArray[np.int_]
) -> tuple[npt.NDArray[np.int_], npt.NDArray[np.int_]]:
    """Two different chains of the other half for each chain."""
    first = random.integers(0, others.size, others.size)
    gap = random.integers(1, others.size, others.size)
    return others[first], others[(first + gap) % others.size]
