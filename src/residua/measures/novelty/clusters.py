"""What of a marrow no normal explains, in numbers and in words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.laip.box import Rows
from residua.measures.novelty.background import Background
from residua.measures.novelty.novelty import Novelty
from residua.measures.novelty.scan import Candidate, scan
from residua.measures.novelty.territory import SCATTER, Events, Values

FEWEST = 10
"""Clustered events that make a cluster: as many as make a population at the limit of detection
(EuroFlow's rule for B-ALL)."""
LEAST_NATS = 50.0
"""Gain below which none is called, however low the blanks: fewer normals than that many chances
of a cluster cannot tell what the next one reaches."""
STANDS_OUT = 2.0  # standard deviations
WORTH_SAYING = 0.3  # decades: twice the light


@dataclass(frozen=True, eq=False)
class Cluster:
    """A cluster that no normal explains, on the scale of the reference.

    `centre` (d,) and `covariance` (d, d) in decades; `rows` of the sample more likely in it than
    not; `events` expected in it, `fraction` of all the sample's cells. `strength` is its gain over
    the highest of the blanks: above 1 in what is returned. `stands_out` says by which antigens it
    differs from the nearest normal population, the strongest first.
    """

    centre: Values
    covariance: Values
    rows: Rows
    events: float
    fraction: float
    strength: float
    stands_out: tuple[str, ...]


def find_clusters(placed_events: Events, novelty: Novelty) -> tuple[Cluster, ...]:
    """Suspicious clusters among aligned single cells (n, d), the strongest first; mostly none.

    They are to be confirmed by eye. A `fraction` is no MRD level: the search begins with what
    differs most from normal, so that blasts near normal cells are missed. Raises `ValueFault` for
    events of other channels.
    """
    background = novelty.background
    if placed_events.ndim != 2 or placed_events.shape[1] != len(background.dimensions):
        raise ValueFault("events in the dimensions of the reference", "others", "place them first")
    cells = len(placed_events)
    limit = max(novelty.highest(cells), LEAST_NATS)
    return tuple(
        _cluster(found, background, cells, limit)
        for found in scan(placed_events, background)
        if found.gain > limit and len(found.rows) >= FEWEST
    )


def _cluster(found: Candidate, background: Background, cells: int, limit: float) -> Cluster:
    return Cluster(
        found.centre,
        found.covariance,
        found.rows,
        found.events,
        found.events / cells,
        found.gain / limit,
        stands_out(found.centre, found.covariance, background),
    )


def stands_out(centre: Values, covariance: Values, background: Background) -> tuple[str, ...]:
    """In which dimensions a cluster differs from the nearest normal population, in words.

    The nearest is the one that would explain it best if normal cells spread as blasts do.
    """
    normal = background.normal
    apart = centre - normal.means
    variances = np.diagonal(normal.covariances, axis1=1, axis2=2)
    wide = variances + np.diag(covariance)
    nearest = int((apart**2 / wide + np.log(wide)).sum(axis=1).argmin())
    by, spread = apart[nearest], np.sqrt(variances[nearest])
    told = []
    for column in np.argsort(-np.abs(by) / spread, kind="stable"):
        name = background.dimensions[column]
        least = WORTH_SAYING if name not in SCATTER else 0.0
        if abs(by[column]) >= max(STANDS_OUT * spread[column], least):
            way = "above" if by[column] > 0 else "below"
            told.append(
                f"{name} {abs(by[column]):.1f} decades ({abs(by[column]) / spread[column]:.0f} SD)"
                f" {way} the nearest normal population"
            )
    return tuple(told)
