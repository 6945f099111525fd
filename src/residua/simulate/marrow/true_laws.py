"""The true densities of a simulated marrow at its events: what no analysis may see."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from residua.facts.acquisition import Acquisition
from residua.simulate.marrow.decades import to_decades
from residua.simulate.marrow.drawn import DrawnMarrow
from residua.simulate.marrow.laboratory import unmeasured
from residua.simulate.marrow.law import log_density

Floats = NDArray[np.float64]
_CHUNK = 1 << 16


def displayed(acquisition: Acquisition, drawn: DrawnMarrow) -> NDArray[np.float32]:
    """(n, d) decades of FSC-A, SSC-A and the compensated dyes, in the order of the tube."""
    places = {channel.name: place for place, channel in enumerate(acquisition.channels)}
    columns = [places[name] for name in drawn.tube.channels]
    values = acquisition.events[:, columns].astype(np.float64)
    values[:, 2:] = values[:, 2:] @ np.linalg.inv(drawn.tube.spillover())
    return to_decades(values).astype(np.float32)


def blast_log_density(events: NDArray[np.floating], drawn: DrawnMarrow) -> Floats:
    """Natural log of the density (n,) of blasts alone at `events` (n, d) decades."""
    found = np.empty(len(events))
    for first in range(0, len(events), _CHUNK):
        rows = slice(first, first + _CHUNK)
        cells, change = unmeasured(np.asarray(events[rows], np.float64), drawn.chain)
        found[rows] = log_density(cells, drawn.blasts) + change
    return found


def true_log_densities(events: NDArray[np.floating], drawn: DrawnMarrow) -> tuple[Floats, Floats]:
    """Natural logs of the densities (n,) of blasts and of all else at `events` (n, d) decades.

    `events` are as `displayed` gives them; the densities are per decade of each channel. All else
    is the normal cells and debris in the shares of this sample. Doublets are no part of it: their
    height tells them (below 0.85 of the area), and their density at a single cell is taken as 0.
    """
    spec = drawn.spec
    debris = spec.debris * spec.events / max(spec.cells + spec.debris * spec.events, 1)
    shares = np.array([*(drawn.shares * (1 - debris)), debris])
    laws = (*drawn.normal, drawn.debris)
    blasts, others = np.empty(len(events)), np.empty(len(events))
    for first in range(0, len(events), _CHUNK):
        rows = slice(first, first + _CHUNK)
        cells, change = unmeasured(np.asarray(events[rows], np.float64), drawn.chain)
        parts = [
            log_density(cells, law) + np.log(share)
            for law, share in zip(laws, shares, strict=True)
            if share > 0
        ]
        others[rows] = logsumexp(parts, axis=0) + change
        blasts[rows] = log_density(cells, drawn.blasts) + change
    return blasts, others
