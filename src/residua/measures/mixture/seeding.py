"""Where EM begins: centres by k-means++ and a few steps of Lloyd.

Arthur and Vassilvitskii, SODA 2007:1027: each next centre is an event drawn by its squared
distance to the nearest one so far; of several drawn, the one that leaves the least.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from residua.measures.mixture.em import Sums, maximised
from residua.measures.mixture.gaussian import GaussianMixture
from residua.measures.mixture.quadratic import Array, Floats, features, in_blocks, moments
from residua.measures.mixture.standardise import Columns

Places = npt.NDArray[np.intp]
TRIALS = 5
"""Events drawn for each centre, as 2 + log k of their section 6."""
LLOYD_STEPS = 6
"""Enough to spread the centres; EM does the rest."""


@dataclass(frozen=True, eq=False)
class _Seen:
    """Events in `blocks` (b, d, w), and their squared `lengths` (n,)."""

    blocks: Columns
    lengths: Columns


def first_mixture(
    z: Columns, counted: Array, components: int, ridge: Array, rng: np.random.Generator
) -> GaussianMixture:
    """One component for each cluster of the events in columns `z` (d, n)."""
    centres = _drawn(z, counted, components, rng)
    seen = _seen(z, components)
    for _ in range(LLOYD_STEPS):
        centres = _moved(z, counted, centres, seen)
    d, nearest = len(z), _nearest(seen, centres)
    before = GaussianMixture(
        np.full(components, 1 / components), centres, np.tile(np.eye(d), (components, 1, 1))
    )
    made = features(z[None].astype(np.float64))[0]
    mass = np.bincount(nearest, counted, minlength=components).astype(np.float64)
    parts = moments(_by_cluster(made, counted, nearest, components), d)
    return maximised(Sums(mass, *parts, -np.inf, float(counted.mean())), before, ridge)


def _by_cluster(rows: Floats, counted: Array, nearest: Places, components: int) -> Array:
    """Sums (k, p) of the values `rows` (p, n) of the events of each cluster."""
    sums = [np.bincount(nearest, counted * row, minlength=components) for row in rows]
    return np.stack(sums, axis=1)


def _drawn(z: Columns, counted: Array, components: int, rng: np.random.Generator) -> Array:
    chosen = [_one(counted, rng)]
    away = ((z - z[:, chosen]) ** 2).sum(axis=0)
    seen = _seen(z, TRIALS)
    for _ in range(components - 1):
        odds = counted * away if away.any() else counted
        tried = [_one(odds, rng) for _ in range(TRIALS)]
        left = np.minimum(away, _squared(seen, z[:, tried].T))
        best = int(np.argmin((left * counted).sum(axis=1)))
        chosen.append(tried[best])
        away = left[best]
    return np.asarray(z[:, chosen].T, dtype=np.float64)


def _one(odds: Array, rng: np.random.Generator) -> int:
    rising = np.cumsum(odds)
    found = int(np.searchsorted(rising, rng.random() * rising[-1], side="right"))
    return min(found, len(odds) - 1)


def _moved(z: Columns, counted: Array, centres: Array, seen: _Seen) -> Array:
    """Each centre at the mean of its events; one without any stays where it is."""
    nearest, k = _nearest(seen, centres), len(centres)
    mass = np.bincount(nearest, counted, minlength=k)
    sums = _by_cluster(z, counted, nearest, k)
    held = mass[:, None] > 0
    return np.where(held, sums / np.where(held, mass[:, None], 1.0), centres)


def _nearest(seen: _Seen, centres: Array) -> Places:
    nearest: Places = np.argmin(_squared(seen, centres.astype(np.float32)), axis=0)
    return nearest


def _seen(z: Columns, centres: int) -> _Seen:
    """Events (d, n) as they are compared with that many centres again and again."""
    return _Seen(in_blocks(z, centres), (z * z).sum(axis=0))


def _squared(seen: _Seen, centres: Columns) -> Columns:
    """Squared distances (k, n) of events from centres (k, d)."""
    inner = (centres @ seen.blocks).transpose(1, 0, 2).reshape(len(centres), -1)
    squares = (centres * centres).sum(axis=1)[:, None] + seen.lengths
    inner = inner[:, : len(seen.lengths)]
    return np.asarray(np.maximum(squares - 2 * inner, 0), dtype=np.float32)
