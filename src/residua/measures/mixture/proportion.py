"""What share of events are blasts, where the densities of blasts and normal cells are known.

An event has density pi f + nu u + (1 - pi - nu) sum_k w_k phi_k: blasts f, a flat 'neither' u, and
normal components phi_k whose weights are free within a Dirichlet prior, as no two marrows hold
the same populations in the same parts. The densities stay as they are; EM finds pi, nu and w,
in leaps by the differences of two steps (SQUAREM, Varadhan and Roland, Scand J Stat
2008;35:335).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from residua.errors import ValueFault
from residua.measures.mixture.gaussian import (
    GaussianMixture,
    component_log_densities,
    log_density,
)
from residua.measures.mixture.quadratic import Array

PRIOR_EVENTS = 200.0
"""Events' worth of prior for the weights of the normal components."""
STEPS = 150
STOP = 1e-8
"""Change of any share at which the search ends: a thousandth of the least reported level."""
LEAST = 1e-12
"""Lowest share of any part but a held one: what reaches 0 could never come back."""
_START = 1e-3
_TINY = 1e-300  # of a density, for an event that only a part held at 0 explains


@dataclass(frozen=True, eq=False)
class FixedDensities:
    """Log densities of n events: `blast` (n,), `neither` (n,), `normal` (n, k) without weights.

    `expected` (k,) are the weights of the normal components in the reference.
    """

    blast: Array
    neither: Array
    normal: Array
    expected: Array

    @cached_property
    def scaled(self) -> tuple[Array, Array]:
        """Densities (k + 2, n) over the highest of each event, and the log of that (n,).

        Raises `ValueFault` where one is not a number or an event has none that is finite.
        """
        logs = np.vstack([self.blast, self.neither, self.normal.T])
        top = logs.max(axis=0, initial=-np.inf)
        if np.isnan(logs).any() or not np.isfinite(top).all():
            raise ValueFault("log densities, one finite for each event", "others", "check them")
        return np.exp(logs - top), top


@dataclass(frozen=True, eq=False)
class Proportion:
    """Shares of the events: `blasts` pi, `neither` nu, `weights` (k,) of the normal components.

    `posterior` (n,) is the probability of each event to be a blast. `log_posterior` is the log
    likelihood with the prior of the weights.
    """

    blasts: float
    neither: float
    weights: Array
    posterior: Array
    log_posterior: float


def fixed_densities(
    x: npt.ArrayLike, *, blasts: GaussianMixture, normal: GaussianMixture, log_neither: float
) -> FixedDensities:
    """The densities at events `x` (n, d); `log_neither` is minus the log volume of the box.

    Raises `ValueFault` as `log_densities` does.
    """
    blast = log_density(x, blasts)
    flat = np.full(len(blast), log_neither)
    return FixedDensities(blast, flat, component_log_densities(x, normal), normal.weights)


def fit_proportion(
    densities: FixedDensities, *, held: float | None = None, start: Proportion | None = None
) -> Proportion:
    """The shares of greatest posterior, with pi `held` where given, begun at those of `start`.

    Raises `ValueFault` where there is no event, an event has no density at all, or `held` is
    not from 0 to below 1.
    """
    scaled, top = densities.scaled
    if not len(top):
        raise ValueFault("at least one event", "none", "widen the box")
    if held is not None and not 0 <= held < 1:
        raise ValueFault("a share from 0 to below 1", "another number", "give one")
    posterior = _Posterior(scaled, PRIOR_EVENTS * densities.expected / densities.expected.sum())
    shares = _clipped(_shares(densities, start), held)
    value = posterior.value(shares)
    for _ in range(STEPS):
        before = shares
        shares, value = _leap(posterior, shares, value, held)
        if np.abs(shares - before).max() < STOP:
            break
    likely = scaled[0] * shares[0] / posterior.mixed(shares)
    weights = shares[2:] / shares[2:].sum()
    return Proportion(float(shares[0]), float(shares[1]), weights, likely, value + float(top.sum()))


@dataclass(frozen=True, eq=False)
class _Posterior:
    """The posterior of shares (k + 2,): pi, nu, and those of the normal components.

    Sums go by einsum, which wakes no threads of the matrix library and always adds alike.
    """

    scaled: Array
    prior: Array

    def mixed(self, shares: Array) -> Array:
        """The density of each event (n,), over its highest."""
        return np.asarray(np.maximum(np.einsum("kn,k->n", self.scaled, shares), _TINY))

    def value(self, shares: Array) -> float:
        """The logarithm of the posterior, but for a constant."""
        weights = np.maximum(shares[2:] / shares[2:].sum(), LEAST)
        return float(np.log(self.mixed(shares)).sum() + self.prior @ np.log(weights))

    def step(self, shares: Array, held: float | None) -> Array:
        """One step of EM: events of each part, and the prior's for the weights of the normal."""
        events = shares * np.einsum("kn,n->k", self.scaled, 1 / self.mixed(shares))
        counted = events[2:] + self.prior
        events[2:] = counted * (events[2:].sum() / counted.sum())
        return _clipped(events / self.scaled.shape[1], held)


def _leap(
    posterior: _Posterior, shares: Array, value: float, held: float | None
) -> tuple[Array, float]:
    """Two steps of EM and a leap along them, if that does not lose; never less than before."""
    one = posterior.step(shares, held)
    two = posterior.step(one, held)
    change, bend = one - shares, two - 2 * one + shares
    sharp = float(np.linalg.norm(bend))
    if sharp > 0:
        far = max(float(np.linalg.norm(change)) / sharp, 1.0)
        ahead = posterior.step(_clipped(shares + 2 * far * change + far**2 * bend, held), held)
        reached = posterior.value(ahead)
        if reached >= value:
            return ahead, reached
    return two, posterior.value(two)


def _shares(densities: FixedDensities, start: Proportion | None) -> Array:
    if start is None:
        return np.concatenate([[_START, _START], densities.expected])
    normal = 1 - start.blasts - start.neither
    return np.concatenate([[start.blasts, start.neither], normal * start.weights])


def _clipped(shares: Array, held: float | None) -> Array:
    """Shares no less than `LEAST` that sum to 1, with the first at `held` where given."""
    kept = np.maximum(shares, LEAST)
    if held is not None:
        kept[0] = 0.0
        kept *= (1 - held) / kept.sum()
        kept[0] = held
    return np.asarray(kept / kept.sum())
