"""Debris: dark particles smaller than cells, told from small cells by every channel at once.

A valley of forward scatter parts most debris from cells, but the largest debris is as large as
an erythroblast. A mixture of Gaussians over all channels tells these two by side scatter and by
the little that erythroblasts carry.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.mixture import GaussianMixture, fit_mixture, log_densities

Events = NDArray[np.float32]
Mask = NDArray[np.bool_]
SAMPLE = 20_000  # small events that the mixture is fitted to
COMPONENTS = 12  # debris, erythroblasts, dead cells, lymphocytes of several kinds, stray ones
FEWEST = 1000  # small events; fewer carry no mixture, and little debris
BRIGHTEST = 0.03  # of the events by CD45: T and NK cells, the same in every marrow
DARKEST = 0.05  # quantile of CD45 that stands for dark
UP_TO = 0.1  # decades above lymphocytes: larger events are no debris
COMPONENT_BELOW = 0.25  # decades: a component of debris is centred below 0.56 of lymphocytes
SURELY_BELOW = 0.5  # decades: what is dark and below a third of a lymphocyte is no cell
POSTERIOR = 0.15  # chosen so that at most 0.3 % of cells go, erythroblasts, with 98 % of debris
_BLOCK = 1 << 16
_SEED = 1


@dataclass(frozen=True)
class Landmark:
    """Where lymphocytes lie: `size` of forward scatter in decades; `dark` is CD45 below which

    an event is nearer to the darkest events than to them.
    """

    size: float
    dark: float


def find_small_particles(events: Events, *, forward: int, side: int, cd45: int) -> Mask:
    """Which of `events` (n, d), single and in display decades, are debris.

    `forward`, `side` and `cd45` are columns. Same events, same answer.
    """
    small = np.zeros(len(events), bool)
    if not len(events):
        return small
    mark = _landmark(events, forward, side, cd45)
    rows = np.flatnonzero(events[:, forward] < mark.size + UP_TO)
    if len(rows) < FEWEST:
        return small
    dim = rows[events[rows, cd45] < mark.dark]  # what is brighter is no debris
    small[dim[events[dim, forward] < mark.size - SURELY_BELOW]] = True
    some = events[rows[:: max(len(rows) // SAMPLE, 1)]]
    spread = np.ptp(some, axis=0) > 0
    columns = np.flatnonzero(spread)  # a detector that saw nothing tells nothing
    if not spread[[forward, cd45]].all():
        return small
    mixture = fit_mixture(some[:, columns], COMPONENTS, seed=_SEED)
    own, white = (int(np.searchsorted(columns, place)) for place in (forward, cd45))
    debris = _debris(mixture, mark, own, white)
    if debris.any():
        for first in range(0, len(dim), _BLOCK):
            part = dim[first : first + _BLOCK]
            small[part] |= _posterior(events[part][:, columns], mixture, debris) > POSTERIOR
    return small


def _landmark(events: Events, forward: int, side: int, cd45: int) -> Landmark:
    """By the events brightest in CD45 and of little side scatter; a sample of them is enough."""
    some = events[:: max(len(events) // 100_000, 1)]
    white = some[:, cd45]
    bright = white >= np.quantile(white, 1 - BRIGHTEST)
    flat = bright & (some[:, side] <= np.median(some[:, side]))
    chosen = flat if flat.any() else bright
    dark = (float(np.median(white[chosen])) + float(np.quantile(white, DARKEST))) / 2
    return Landmark(float(np.median(some[chosen, forward])), dark)


def _debris(mixture: GaussianMixture, mark: Landmark, forward: int, cd45: int) -> Mask:
    """Which components are small and dark."""
    small = mixture.means[:, forward] < mark.size - COMPONENT_BELOW
    return np.asarray(small & (mixture.means[:, cd45] < mark.dark))


def _posterior(events: Events, mixture: GaussianMixture, debris: Mask) -> NDArray[np.float64]:
    logs = log_densities(events, mixture)
    shares = np.exp(logs - logs.max(axis=1, keepdims=True))
    return np.asarray(shares[:, debris].sum(axis=1) / shares.sum(axis=1), np.float64)
