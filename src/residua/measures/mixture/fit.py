"""A mixture of Gaussians fitted to many events in a second or two.

Expectation-maximisation (Dempster, Laird and Rubin, J R Stat Soc B 1977;39:1), begun on a
sample of the events and ended on all of them: decisions/gaussian-mixtures-by-own-em.md.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from residua.measures.mixture.em import RIDGE, Sums, climbed, maximised, refilled
from residua.measures.mixture.gaussian import GaussianMixture
from residua.measures.mixture.merging import merged
from residua.measures.mixture.quadratic import Array
from residua.measures.mixture.seeding import first_mixture
from residua.measures.mixture.standardise import Columns, counted_events, standard_of

SAMPLE = 20_000
"""Events that find the populations: one of 0.1 % still has 20 of them."""
SURPLUS = 3
"""Components to begin with, for each asked for: one start in many misses a population, and EM
never moves a component across the gap to it. Merging surplus ones does."""
SURPLUS_PASSES = 5
SAMPLE_PASSES = 25
FULL_PASSES = 6
"""Over all events, to sharpen what the sample found; more gain little."""
MOST_EVENTS = 300_000
"""More are drawn from: components are not known better by more."""


def fit_mixture(
    x: npt.ArrayLike, components: int, *, seed: int, weights: npt.ArrayLike | None = None
) -> GaussianMixture:
    """The mixture of `components` Gaussians that makes events `x` (n, d) likely.

    `x` is on the display scale of its channels. An event counts as many times as its entry of
    `weights` (n,) says. The same `seed` and events give the same numbers on a machine, however
    many threads its matrix library has. Raises `ValueFault` where a value or weight is not
    finite, a weight is below 0, a channel has one value only, or fewer events than components
    count.
    """
    events, counted = counted_events(x, components, weights)
    rng = np.random.Generator(np.random.PCG64(seed))
    chosen = _some(len(events), MOST_EVENTS, rng)
    events, counted = events[chosen], counted[chosen]
    standard = standard_of(events, counted)
    z, ridge = standard.columns(events), RIDGE / standard.sd**2
    few = _some(len(events), SAMPLE, rng)
    mixture = _found(np.ascontiguousarray(z[:, few]), counted[few], components, ridge, rng)
    mixture = climbed(
        z, counted, mixture, passes=FULL_PASSES, settle=lambda s, m: maximised(s, m, ridge)
    )
    return standard.raw(mixture)


def _found(
    z: Columns, counted: Array, components: int, ridge: Array, rng: np.random.Generator
) -> GaussianMixture:
    """The mixture of the sample `z` (d, n): begun with too many components, which then merge."""

    def settle(sums: Sums, mixture: GaussianMixture) -> GaussianMixture:
        return refilled(maximised(sums, mixture, ridge), sums)

    many = first_mixture(z, counted, min(SURPLUS * components, z.shape[1]), ridge, rng)
    many = climbed(z, counted, many, passes=SURPLUS_PASSES, settle=settle)
    few = merged(many, components)
    return climbed(z, counted, few, passes=SAMPLE_PASSES, settle=settle)


def _some(events: int, most: int, rng: np.random.Generator) -> npt.NDArray[np.intp] | slice:
    """Which of the events to take: all, or `most` of them drawn without return, in order."""
    if events <= most:
        return slice(None)
    return np.sort(rng.choice(events, most, replace=False))
