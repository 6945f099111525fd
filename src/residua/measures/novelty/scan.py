"""The search for one more Gaussian among events that normal cells explain badly.

A mixture of blasts and normal cells is fitted by EM from several starts; what each gains over
normal cells alone is its strength. Each event gains `CAP` nats at most: a few events far from
everything are no clone, however far they lie.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from residua.measures.laip.box import Rows
from residua.measures.mixture import GaussianMixture, log_density
from residua.measures.novelty.background import Background, normal_here, with_strays
from residua.measures.novelty.territory import Events, Values, rows_of, scatter_columns

SUSPECT = 1.0  # nats by which an unknown blast must be likelier than a normal cell
MOST = 6_000  # suspects, the likeliest: a clone of more is found by those
CENTRES = 1_500  # suspects that a search may start from
STARTS = 8
SPREAD, SCATTER_SPREAD = 0.22, 0.08
"""Decades, standard deviation within a clone: 0.20 to 0.25 is typical of blasts."""
PRIOR = 60.0  # events' worth of that spread
FIRST = 5.0  # events in a cluster to begin with
FEWEST = 3.0  # events, below which a cluster has dissolved
STEPS = 25
STOP = 1e-3  # relative change of a cluster's size
CAP = 8.0  # nats
EVEN = 0.5  # posterior, above which an event is counted to a cluster
HIGHEST = 12.0  # nats that count in the choice of a start
APART = 2.5  # squared spreads for each channel, within which no second start is taken


@dataclass(frozen=True, eq=False)
class Candidate:
    """`rows` of the sample that are more likely in it than not, `events` expected, `gain` nats."""

    centre: Values
    covariance: Values
    events: float
    rows: Rows
    gain: float


@dataclass(frozen=True, eq=False)
class _Suspects:
    """`places` (m, d) of those `rows`, their log normal density and suspicion; `inside` is how

    many events the territory holds.
    """

    rows: Rows
    places: Events
    normal: Values
    suspicion: Values
    inside: int
    spread: Values


def scan(events: Events, background: Background) -> tuple[Candidate, ...]:
    """Candidates among placed events (n, d), the strongest first."""
    rows = rows_of(background.territory, events)
    if len(rows) <= FEWEST:
        return ()
    every = _suspects(events, rows, background)
    few = _likeliest(every)
    grown = [_grown(few, start) for start in _starts(few)]
    kept = [_counted(every, cluster) for cluster in grown if cluster is not None]
    return _different(sorted(kept, key=lambda candidate: -candidate.gain))


def _different(candidates: list[Candidate]) -> tuple[Candidate, ...]:
    """Candidates, the strongest first, without those that share most of their rows with one."""
    kept: list[Candidate] = []
    for candidate in candidates:
        known = [len(np.intersect1d(candidate.rows, other.rows)) for other in kept]
        if not any(2 * shared >= len(candidate.rows) for shared in known):
            kept.append(candidate)
    return tuple(kept)


def _suspects(events: Events, rows: Rows, background: Background) -> _Suspects:
    places = np.ascontiguousarray(events[rows], np.float32)
    normal = normal_here(places, background)
    prior, log = log_density(places, background.blasts), log_density(places, normal)
    some = np.flatnonzero(prior - log > SUSPECT)  # strays, which are slow, only make it less
    log = with_strays(log[some], places[some], normal)
    suspicion = prior[some] - log
    kept = np.flatnonzero(suspicion > SUSPECT)
    wide = np.where(scatter_columns(background.dimensions), SCATTER_SPREAD, SPREAD)
    found = some[kept]
    return _Suspects(rows[found], places[found], log[kept], suspicion[kept], len(rows), wide)


def _likeliest(every: _Suspects) -> _Suspects:
    """The most suspicious of all, where a search through all would be long."""
    if len(every.rows) <= MOST:
        return every
    kept = np.sort(np.argsort(-every.suspicion, kind="stable")[:MOST])
    return replace(
        every,
        rows=every.rows[kept],
        places=every.places[kept],
        normal=every.normal[kept],
        suspicion=every.suspicion[kept],
    )


def _starts(suspects: _Suspects) -> list[Values]:
    """Centres about which suspicion is densest, apart from each other."""
    units = suspects.places / suspects.spread
    order = np.argsort(-suspects.suspicion, kind="stable")[:CENTRES]
    apart = _squares(units[order], units)
    near = np.exp(-apart / 4)  # two cells of a clone differ by twice its variance
    dense = np.einsum("cm,m->c", near, np.clip(suspects.suspicion, 0, HIGHEST))
    starts: list[Values] = []
    free = np.ones(len(order), bool)
    while free.any() and len(starts) < STARTS:
        best = int(np.flatnonzero(free)[dense[free].argmax()])
        centre = np.einsum("m,md->d", near[best], suspects.places) / near[best].sum()
        starts.append(centre)
        free &= ((units[order] - centre / suspects.spread) ** 2).sum(1) > APART * units.shape[1]
        free[best] = False
    return starts


def _squares(a: Values, b: Values) -> Values:
    """Squared distances (len(a), len(b))."""
    products = np.einsum("id,jd->ij", a, b, optimize=False)
    squares = (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * products
    return np.asarray(np.maximum(squares, 0.0))


Cluster = tuple[Values, Values, float]  # centre, covariance, events


def _grown(suspects: _Suspects, centre: Values) -> Cluster | None:
    """The cluster that EM reaches from a centre; None where it dissolves."""
    usual = np.diag(suspects.spread**2)
    covariance, events = 1.5 * usual, FIRST
    for _ in range(STEPS):
        likely = _likely(suspects, (centre, covariance, events))[0]
        before, events = events, float(likely.sum())
        if events < FEWEST:
            return None
        centre = np.einsum("m,md->d", likely, suspects.places) / events
        off = suspects.places - centre
        spread = np.einsum("mi,mj->ij", off * likely[:, None], off)
        covariance = (spread + PRIOR * usual) / (events + PRIOR)
        if abs(events - before) < STOP * before:
            break
    return centre, covariance, events


def _counted(every: _Suspects, cluster: Cluster) -> Candidate:
    """The cluster with the events that all suspects give it."""
    centre, covariance, events = cluster
    for _ in range(STEPS):
        before, events = events, float(_likely(every, (centre, covariance, events))[0].sum())
        if abs(events - before) <= STOP * before:
            break
    likely, gains = _likely(every, (centre, covariance, events))
    elsewhere = (every.inside - len(gains)) * np.log1p(-_share(every, events))
    gain = float(np.minimum(gains, CAP).sum() + elsewhere)
    return Candidate(centre, covariance, events, every.rows[likely > EVEN], gain)


def _share(suspects: _Suspects, events: float) -> float:
    """Of the territory, what a cluster holds; there is always a normal cell."""
    return min(events / suspects.inside, 1 - 1 / (suspects.inside + 1))


def _likely(suspects: _Suspects, cluster: Cluster) -> tuple[Values, Values]:
    """The posterior (m,) of each suspect to be in a cluster, and its gain in nats."""
    centre, covariance, events = cluster
    share = _share(suspects, events)
    blasts = GaussianMixture(np.ones(1), centre[None], covariance[None])
    log = log_density(suspects.places, blasts) + np.log(share)
    either = np.logaddexp(log, np.log1p(-share) + suspects.normal)
    return np.exp(log - either), either - suspects.normal
