"""What normal cells of the territory look like, in any normal and in this sample."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.mixture import GaussianMixture, fit_mixture, log_density, moved
from residua.measures.mixture.gaussian import component_log_densities
from residua.measures.mixture.proportion import PRIOR_EVENTS
from residua.measures.novelty.territory import Events, Territory, Values, scatter_columns

COMPONENTS = 48
"""Of the territory: 32 left children's CD19- progenitors misfitted, by up to 40 events."""
DESCRIBE = 400  # events for each component: fewer describe fewer populations
FEWEST_EVENTS = 2 * DESCRIBE
EACH = 5_000  # events of a normal: no person counts more than another
WIDER = 0.1
"""Decades by which antigens are blurred: persons differ by about 0.05 in each antigen, and an
alignment is off by as much; what lies so near to normal cells is none of a search's business."""
WIDER_SCATTER = 0.02
TAILED = 4.0  # times the covariance, of the share of events that stray
STRAY = 0.01
STEPS = 8  # of EM for the weights; they need no precision
ENOUGH = 50_000  # events of a sample that tell its weights
BLASTS = 0.4
"""Decades, standard deviation, by which antigens of blasts are off those of normal precursors:
aberrancies of 0.6 to 1 decade are usual, in one antigen or in several."""
BLASTS_SCATTER = 0.1
LOST = 0.5  # decades more on CD19, which may be lost


@dataclass(frozen=True, eq=False)
class Background:
    """Normal cells of the territory in `normal` (already blurred), and in `blasts` the prior.

    `blasts` is one wide Gaussian about the normal precursors of B cells: where an aberrant one is
    likely at all.
    """

    dimensions: tuple[str, ...]
    territory: Territory
    normal: GaussianMixture
    blasts: GaussianMixture


def fit_background(
    dimensions: tuple[str, ...], territory: Territory, inside: Sequence[Events], *, seed: int
) -> Background:
    """The background of normals, of which `inside` (n_i, d) are the events in the territory.

    Raises `ValueFault` where they are too few to describe, or hold no precursor.
    """
    pool = np.concatenate([events[:: max(1, len(events) // EACH)] for events in inside])
    if len(pool) < FEWEST_EVENTS:
        raise ValueFault(
            f"at least {FEWEST_EVENTS} normal events of B lineage",
            f"{len(pool)}",
            "build the reference from whole marrow",
        )
    blur = np.where(scatter_columns(dimensions), WIDER_SCATTER, WIDER)
    normal = fit_mixture(pool, min(COMPONENTS, len(pool) // DESCRIBE), seed=seed)
    blurred = moved(normal, np.zeros(len(dimensions)), np.diag(blur**2))
    return Background(dimensions, territory, blurred, _blasts(dimensions, territory, pool))


def _blasts(dimensions: tuple[str, ...], territory: Territory, pool: Events) -> GaussianMixture:
    """Precursors, which bear every antigen of the territory but CD34, and what blasts differ by."""
    early = np.ones(len(pool), bool)
    for column, limit in zip(territory.markers, territory.above, strict=True):
        early &= (dimensions[column] == "CD34") | (pool[:, column] > limit)
    precursors = pool[early].astype(np.float64)
    if len(precursors) <= len(dimensions):
        raise ValueFault(
            "normal precursors of B cells", "none in the reference", "add regenerating marrows"
        )
    spread = np.where(scatter_columns(dimensions), BLASTS_SCATTER, BLASTS)
    spread = np.hypot(spread, [LOST if name == "CD19" else 0.0 for name in dimensions])
    covariance = np.cov(precursors.T) + np.diag(spread**2)
    return GaussianMixture(np.ones(1), precursors.mean(axis=0)[None], covariance[None])


def normal_here(events: Events, background: Background) -> GaussianMixture:
    """The normal cells of the sample whose events (n, d) in the territory are given.

    The weights of the populations are its own, within a Dirichlet prior.
    """
    normal = background.normal
    weights = _weights(events[:: -(-len(events) // ENOUGH)], normal)
    return GaussianMixture(weights, normal.means, normal.covariances)


def with_strays(log: Values, events: Events, normal: GaussianMixture) -> Values:
    """`log` (n,), the density of `normal` at events, where one event in a hundred may stray

    into tails of twice the width.
    """
    tails = GaussianMixture(normal.weights, normal.means, TAILED * normal.covariances)
    stray = log_density(events, tails) + np.log(STRAY)
    return np.asarray(np.logaddexp(log + np.log1p(-STRAY), stray))


def _weights(events: Events, normal: GaussianMixture) -> Values:
    """The weights of greatest posterior, (k,), after a few steps of EM."""
    logs = component_log_densities(events, normal)
    scaled = np.exp(logs - logs.max(axis=1, keepdims=True))
    expected = weights = normal.weights
    for _ in range(STEPS):
        mixed = np.einsum("nk,k->n", scaled, weights)
        counts = weights * np.einsum("nk,n->k", scaled, 1 / mixed)
        weights = (counts + PRIOR_EVENTS * expected) / (len(logs) + PRIOR_EVENTS)
    return weights
