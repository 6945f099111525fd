"""One pass of EM over all events, by two matrix products per block, and as many as it takes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from residua.measures.mixture.gaussian import GaussianMixture
from residua.measures.mixture.quadratic import (
    Array,
    coefficients,
    features,
    groups,
    in_blocks,
    moments,
)
from residua.measures.mixture.standardise import Columns

RIDGE = 0.002
"""Added to every variance, in squared display units (0.045 decade): finer than any population
is on these scales, and no component can shrink onto one event."""
SHRINKAGE = 10.0
"""Events' worth of its own diagonal mixed into a covariance: correlations of a component that
holds few events are noise."""
STOP = 1e-4
"""Nats per event: a pass that gains less is the last one."""
_LEAST = -30.0
"""Lowest log-responsibility; what is below, e^-30, adds nothing to a sum in float32."""

Settle = Callable[["Sums", GaussianMixture], GaussianMixture]


@dataclass(frozen=True, eq=False)
class Sums:
    """What an E-step adds up for k components: `mass` (k,), `values` (k, d), `products` (k, d, d).

    `mean_log` is the mean log-likelihood per event, `unit` what an event counts on average.
    """

    mass: Array
    values: Array
    products: Array
    mean_log: float
    unit: float


def expected(z: Columns, counted: Array, mixture: GaussianMixture) -> Sums:
    """The E-step over events in columns `z` (d, n) that count `counted` (n,).

    Blocks are computed in float32 and added in float64. A weight of 0 counts as the least
    number, so that its component may come back.
    """
    factors, constants = coefficients(mixture.means, mixture.covariances)
    constants += np.log(np.maximum(mixture.weights, np.finfo(np.float64).tiny))
    slopes, offsets = factors.astype(np.float32), constants.astype(np.float32)[:, None]
    sums, mass, log = np.zeros(factors.shape), np.zeros(len(factors)), 0.0
    blocks = in_blocks(z, len(factors))
    parts = np.zeros((len(blocks), blocks.shape[-1]))  # what fills the last block counts nothing
    parts.reshape(-1)[: len(counted)] = counted
    for group in groups(blocks):
        made = features(blocks[group])
        share = slopes @ made
        share += offsets
        top = share.max(axis=1)
        share -= top[:, None]
        np.exp(np.maximum(share, _LEAST, out=share), out=share)
        total = share.sum(axis=1)
        part = parts[group]
        log += float((part * (top + np.log(total))).sum())
        share *= (part / total).astype(np.float32)[:, None]
        sums += (share @ made.transpose(0, 2, 1)).sum(axis=0, dtype=np.float64)
        mass += share.sum(axis=(0, 2), dtype=np.float64)
    whole = float(counted.sum())
    return Sums(mass, *moments(sums, len(z)), log / whole, whole / len(counted))


def maximised(sums: Sums, before: GaussianMixture, ridge: Array) -> GaussianMixture:
    """The M-step: C_k <- (n_k C_k + 10 diag C_k) / (n_k + 10) + ridge (d,) on the diagonal.

    A component that holds less than one event keeps its mean and covariance.
    """
    held = sums.mass >= sums.unit
    mass = np.where(held, sums.mass, 1.0)[:, None]
    means = np.where(held[:, None], sums.values / mass, before.means)
    spread = sums.products / mass[:, :, None] - means[:, :, None] * means[:, None, :]
    diagonal = np.eye(len(ridge)) * np.maximum(spread, 0.0)  # rounding may leave less than 0
    n = mass[:, :, None]
    shrunk = (n * _with_diagonal(spread, diagonal) + SHRINKAGE * diagonal) / (n + SHRINKAGE)
    covariances = np.where(held[:, None, None], shrunk + np.diag(ridge), before.covariances)
    return GaussianMixture(sums.mass / sums.mass.sum(), means, covariances)


def _with_diagonal(spread: Array, diagonal: Array) -> Array:
    return np.where(np.eye(spread.shape[-1], dtype=bool), diagonal, spread)


def climbed(
    z: Columns, counted: Array, mixture: GaussianMixture, *, passes: int, settle: Settle
) -> GaussianMixture:
    """The mixture after at most `passes` steps, each an E-step and `settle`, its M-step."""
    before = -np.inf
    for _ in range(passes):
        sums = expected(z, counted, mixture)
        mixture = settle(sums, mixture)
        if sums.mean_log - before < STOP:
            break
        before = sums.mean_log
    return mixture


def refilled(mixture: GaussianMixture, sums: Sums) -> GaussianMixture:
    """The mixture with every empty component given half of the heaviest one.

    Both halves keep its covariance and stand half a standard deviation to either side of its
    mean, along its longest axis. A component that holds less than one event is empty.
    """
    weights, means = mixture.weights.copy(), mixture.means.copy()
    covariances = mixture.covariances.copy()
    for empty in np.flatnonzero(sums.mass < sums.unit):
        heavy = int(weights.argmax())
        lengths, axes = np.linalg.eigh(covariances[heavy])
        step = 0.5 * np.sqrt(lengths[-1]) * axes[:, -1]
        means[empty], means[heavy] = means[heavy] + step, means[heavy] - step
        covariances[empty] = covariances[heavy]
        weights[empty] = weights[heavy] = weights[heavy] / 2
    return GaussianMixture(weights / weights.sum(), means, covariances)
