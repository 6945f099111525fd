"""Normals of a reference that hold cells as no other of them does: leukaemia taken for normal.

A reference that calls blasts normal makes every patient with such blasts negative, so each normal
is compared with all others as a diagnosis would be.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from residua.measures.laip.background import Background, Events
from residua.measures.laip.compartment import compartment_of, inside
from residua.measures.laip.excess import Candidates, excess_of
from residua.measures.mixture import fit_mixture
from residua.measures.reference.reference import NormalReference

EVENTS = 40_000  # of a normal: 1 % of blasts are 400 of them
POOL = 2_000  # events of a normal, for the limits of the compartment
CLUSTERS = 12
FEWEST = 300  # cells that may be blasts, fewer than which form no cluster
SEED = 1


def strangest_clusters(reference: NormalReference) -> tuple[float, ...]:
    """For each normal, how many times as full its fullest cluster is as in any other normal;

    0 unless it is by `excess.TIMES`. Raises `ValueFault` where the panel tells no blasts.
    """
    parts = [_some(normal.events) for normal in reference.normals]
    pool = np.concatenate([part[:: max(1, len(part) // POOL)] for part in parts])
    compartment = compartment_of(reference.dimensions, pool)
    candidates = tuple(part[inside(compartment, part)] for part in parts)
    looked = np.array([len(part) for part in parts], np.float64)
    one = fit_mixture(pool, 1, seed=SEED)  # counts are compared, and no density is asked for
    whole = Background(compartment, one, candidates, looked)
    return tuple(_fullest(place, whole) for place in range(len(parts)))


def _fullest(place: int, whole: Background) -> float:
    own = whole.candidates[place]
    if len(own) < FEWEST:
        return 0.0
    others = [other for other in range(len(whole.candidates)) if other != place]
    background = replace(
        whole,
        candidates=tuple(whole.candidates[other] for other in others),
        looked=whole.looked[others],
    )
    clusters = fit_mixture(own, min(CLUSTERS, len(own) // (FEWEST // 4)), seed=SEED)
    found = excess_of(clusters, Candidates(own, round(whole.looked[place])), background)
    return float(found.times.max(where=found.leukaemic, initial=0.0))


def _some(events: Events) -> Events:
    return np.asarray(events[:: -(-len(events) // EVENTS)], np.float32)
