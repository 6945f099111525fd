"""Which clusters of a sample hold far more cells than any normal marrow holds in their place."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import chdtri

from residua.measures.laip.background import Background
from residua.measures.laip.compartment import inside
from residua.measures.mixture import GaussianMixture

Values = NDArray[np.float64]
Events = NDArray[np.float32]
COVERS = 0.5
"""Of a cluster, the ellipsoid in which cells are counted. Its middle half holds few cells of a
neighbour 2.5 standard deviations away, its nine tenths many."""
ABOUT = 3.0  # times the squared size of the ellipsoid: where normal cells that moved are looked for
ASTRAY = 0.2
"""Decades by which a sample may be misplaced in a dimension: at diagnosis no precursors of its own
hold CD10 or CD34, and an ellipsoid in ten dimensions is soon empty beside what it should hold."""
FEW = 3.0  # events: the upper 95 % limit of the mean where none was seen (Poisson)
TIMES = 3.0
"""How many times what the fullest normal holds there. Of simulated normals that the reference has
not seen, those that regenerate included, no cluster exceeded 1.5."""
BESIDE = 2.0  # times: enough for a further cluster where another has exceeded `TIMES`
OF_FULLEST = 0.1
"""Of the fullest cluster's times, the least of a further one. Precursors that regenerate more than
any normal's stand beside blasts twentyfold fuller; subclones differ by less."""
GONE = 1.2  # times: a component of the blasts that comes to no more lies among normal cells
USUAL = 0.7
"""Times: what is up to this is taken for the person's own normal cells. Beside blasts of 5 % with
two aberrancies some clusters of blasts are no fuller than the fullest normal."""
FEWEST = 25.0  # events in the ellipsoid: with fewer a cluster is left to the larger ones


@dataclass(frozen=True, eq=False)
class Candidates:
    """`events` (m, d) of a sample that may be blasts, found among `looked` events."""

    events: Events
    looked: int


@dataclass(frozen=True, eq=False)
class Excess:
    """Of each cluster (k,): how many `times` what normals hold in its place; what it then is."""

    times: Values
    leukaemic: NDArray[np.bool_]
    normal: NDArray[np.bool_]


def excess_of(clusters: GaussianMixture, found: Candidates, background: Background) -> Excess:
    """How full `clusters` are in a sample, beside the fullest normal."""
    events = _counts(clusters, found.events)
    normal = np.stack([_counts(clusters, one, follow=ASTRAY) for one in background.candidates])
    most = ((normal + FEW) / background.looked[:, None]).max(axis=0)
    times = events / found.looked / most
    fit = (events >= FEWEST) & inside(background.compartment, clusters.means)
    fullest = float(times.max(where=fit, initial=0.0))
    leukaemic = fit & (times > max(BESIDE, OF_FULLEST * fullest)) & (fullest > TIMES)
    return Excess(times, leukaemic, ~leukaemic & (times < USUAL))


def _counts(clusters: GaussianMixture, events: Events, *, follow: float = 0.0) -> Values:
    """How many events lie in the ellipsoid of each cluster (k,).

    With `follow` the ellipsoid first moves towards the mean of the events about it, by so many
    decades of each dimension at most.
    """
    limit = float(chdtri(clusters.channels, 1 - COVERS))
    counts = np.zeros(clusters.components)
    for place in range(clusters.components):
        factor = np.linalg.cholesky(clusters.covariances[place])
        away = np.einsum("ij,nj->ni", np.linalg.inv(factor), events - clusters.means[place])
        squares = (away**2).sum(axis=1)
        about = squares < ABOUT * limit
        if follow and about.sum() > FEW:
            towards = np.clip(factor @ away[about].mean(axis=0), -follow, follow)
            away = away - np.linalg.solve(factor, towards)
            squares = (away**2).sum(axis=1)
        counts[place] = (squares < limit).sum()
    return counts
