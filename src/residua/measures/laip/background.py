"""What normal marrow looks like, as far as finding blasts needs it."""

from __future__ import annotations

from dataclasses import dataclass
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from residua.measures.laip.compartment import Compartment, compartment_of, inside
from residua.measures.mixture import GaussianMixture, fit_mixture, log_density
from residua.measures.reference.reference import NormalReference

Events = NDArray[np.float32]
PER_NORMAL = 4_000  # events of each normal for the populations of all marrow
POOL = 80_000  # events that describe all normals
COARSE = 14  # populations, to know what is rare
FINE = 32  # populations
FLATTEN = -0.35  # power of the density: rare populations count more than their share
MOST = 50.0  # times the mean: what a lone event may count
RARE = 20_000  # events of each normal in which the rarest region is counted


@dataclass(frozen=True, eq=False)
class Background:
    """`mixture` of the normals' populations in d channels; its weights are no shares.

    `candidates` are, for each normal, its events in the compartment (n_i, d), and `looked` (r,)
    of how many events they are.
    """

    compartment: Compartment
    mixture: GaussianMixture
    candidates: tuple[Events, ...]
    looked: NDArray[np.float64]


_KNOWN: WeakKeyDictionary[NormalReference, dict[int, Background]] = WeakKeyDictionary()


def background_of(reference: NormalReference, *, seed: int) -> Background:
    """The background of a reference, kept as long as that is."""
    known = _KNOWN.setdefault(reference, {})
    if seed not in known:
        known[seed] = _made(reference, seed)
    return known[seed]


def _made(reference: NormalReference, seed: int) -> Background:
    random = np.random.Generator(np.random.PCG64(seed))
    every = len(reference.normals)
    size = min(PER_NORMAL, POOL // every + 1)
    pool = np.concatenate([_some(one.events, size, random) for one in reference.normals])
    compartment = compartment_of(reference.dimensions, pool)
    parts = [_some(one.events, RARE, random) for one in reference.normals]
    candidates = tuple(part[inside(compartment, part)] for part in parts)
    mixture = fit_mixture(pool, FINE, seed=seed, weights=_rarity(pool, seed))
    looked = np.array([len(part) for part in parts], np.float64)
    return Background(compartment, mixture, candidates, looked)


def _rarity(pool: Events, seed: int) -> NDArray[np.float64]:
    """What each event counts (n,), more where they are rare, 1 on average."""
    density = log_density(pool, fit_mixture(pool, COARSE, seed=seed))
    weights = np.exp(FLATTEN * (density - density.max()))
    weights = np.minimum(weights / weights.mean(), MOST)
    return np.asarray(weights / weights.mean())


def _some(events: Events, most: int, random: np.random.Generator) -> Events:
    if len(events) <= most:
        return np.asarray(events, np.float32)
    rows = np.sort(random.choice(len(events), most, replace=False))
    return np.asarray(events[rows], np.float32)
