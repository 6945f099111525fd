"""The limit of detection of an ideal observer, who knows both densities: no reader has a lower one.

The most powerful test of "a share L of the n events are blasts" against "none is" sums
log(1 + L (r - 1)) over the events, r being the ratio of the two densities (Neyman, Pearson 1933).
Its limit of detection is the smallest L that it finds with probability 1 - beta while it calls
a blank with probability alpha at most (the errors of CLSI EP17).
"""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import logsumexp

from residua.errors import ValueFault
from residua.simulate.marrow.drawn import DrawnMarrow
from residua.simulate.marrow.law import Law, draw_cells, log_density, marginal
from residua.simulate.marrow.tubes import SCATTER

Floats = NDArray[np.float64]
_LATTICE = 2048  # points of the distribution of the sum
_BINS = 1500  # of log r from -10, below which log(1 + L (r - 1)) is flat, to 60
_LEAST, _MOST = -10.0, 60.0  # beyond 60 an event is a blast for certain
_SPAN = 14.0  # standard deviations of the sum on either side
_MARGIN = 10  # steps of the lattice
_FIRST, _HIGHEST = 4.0, 0.5  # where the search begins, in cells, and ends, as a share
_WITHIN = 1e-6


def ideal_observer_lod(
    at_normal: Floats,
    at_blasts: Floats,
    *,
    events: int,
    alpha: float = 0.05,
    beta: float = 0.05,
    within: float = _WITHIN,
) -> float:
    """The limit of detection as a share of `events`; infinite where a share of 0.5 is not found.

    `at_normal` (m,) and `at_blasts` (b,) are log r (blast over normal) of events drawn from
    either law. Both weigh the tail of either law by the balance heuristic (Veach, Guibas 1995).
    It is found to `within` of itself. Raises `ValueFault` where there is no event.
    """
    if events < 1 or not len(at_normal) or not len(at_blasts):
        raise ValueFault("events of both laws", "none", "draw some")
    observed = _observed(at_normal, at_blasts)
    low, high = 0.1 / events, min(_FIRST / events, _HIGHEST)
    while not _found(high, observed, events, alpha, beta):
        if high == _HIGHEST:
            return math.inf
        low, high = high, min(4 * high, _HIGHEST)
    while high > low * (1 + within):
        middle = math.sqrt(low * high)
        if _found(middle, observed, events, alpha, beta):
            high = middle
        else:
            low = middle
    return high


def ideal_lod(
    drawn: DrawnMarrow,
    *,
    seed: int = 0,
    normal: int = 100_000,
    blasts: int = 20_000,
    without: Collection[str] = (),
    within: float = _WITHIN,
) -> float:
    """The ideal observer's limit of detection of one simulated tube, a share of nucleated cells.

    `normal` and `blasts` are how many cells are drawn from the laws to find it to `within` of
    itself. It holds for the events of the spec and for the blasts of this sample, drift and loss
    included. The observer sees the cells themselves: a laboratory maps them one to one, which
    leaves a ratio of densities as it is. He does not see the detectors of the markers in
    `without`; what compensation leaves of them on other detectors, about 1 % of their light, is
    lost with them.
    """
    spec = drawn.spec
    random = np.random.Generator(np.random.PCG64(np.random.SeedSequence([7, seed])))
    debris = round(spec.debris * spec.events)
    single = spec.cells + debris
    shares = np.array([*(drawn.shares * spec.cells / single), debris / single])
    shares /= shares.sum()
    laws = (*drawn.normal, drawn.debris)
    counts = random.multinomial(normal, shares)
    cells = [
        draw_cells(law, random.multinomial(count, law.weights), random)
        for law, count in zip(laws, counts, strict=True)
    ]
    own = draw_cells(drawn.blasts, random.multinomial(blasts, drawn.blasts.weights), random)
    kept = _kept(drawn, without)
    seen = np.concatenate([*cells, own])[:, kept]
    others = _log_mixture(seen, [marginal(law, kept) for law in laws], shares)
    ratio = log_density(seen, marginal(drawn.blasts, kept)) - others
    found = ideal_observer_lod(ratio[:normal], ratio[normal:], events=single, within=within)
    return found * single / spec.cells


def _kept(drawn: DrawnMarrow, without: Collection[str]) -> list[int]:
    """The columns of the detectors that show none of the markers `without`."""
    stains = ((), *(() for _ in SCATTER[1:]), *drawn.tube.stains)
    return [place for place, stain in enumerate(stains) if not set(stain) & set(without)]


def _log_mixture(cells: NDArray[np.floating], laws: list[Law], shares: Floats) -> Floats:
    parts = [
        log_density(cells, law) + math.log(share)
        for law, share in zip(laws, shares, strict=True)
        if share > 0
    ]
    return np.asarray(logsumexp(parts, axis=0))


@dataclass(frozen=True, eq=False)
class _Observed:
    """Log r in bins with the probability of each bin under either law."""

    ratio: Floats
    normal: Floats
    blast: Floats


def _observed(at_normal: Floats, at_blasts: Floats) -> _Observed:
    both = np.clip(np.concatenate([at_normal, at_blasts]), -_MOST, _MOST)
    one = math.log(len(at_normal))
    other = math.log(len(at_blasts)) + both
    mixed = np.logaddexp(one, other)
    normal, blast = np.exp(-mixed), np.exp(both - mixed)
    place = ((np.maximum(both, _LEAST) - _LEAST) / (_MOST - _LEAST) * _BINS).astype(np.int64)
    place = np.minimum(place, _BINS - 1)
    sums = [np.bincount(place, w, _BINS) for w in (normal, blast, both * (normal + blast))]
    kept = sums[0] + sums[1] > 0
    mass, own, total = (part[kept] for part in sums)
    return _Observed(total / (mass + own), mass / mass.sum(), own / own.sum())


def _found(share: float, observed: _Observed, events: int, alpha: float, beta: float) -> bool:
    """Whether the test for `share` has error alpha at most and power 1 - beta at least."""
    term = np.log1p(share * np.expm1(observed.ratio))
    normal = observed.normal
    mixed = (1 - share) * normal + share * observed.blast
    centre = events * float(normal @ term), events * float(mixed @ term)
    width = [math.sqrt(max(events * float(law @ term**2), 1e-300)) for law in (normal, mixed)]
    low = min(c - _SPAN * w for c, w in zip(centre, width, strict=True))
    high = max(c + _SPAN * w for c, w in zip(centre, width, strict=True))
    margin = _MARGIN / _LATTICE * (high - low)  # for the Gaussian of one step
    low, high = low - margin, high + margin
    laws = _sum_laws(term, np.stack([normal, mixed], axis=1), events, low, high)
    over, power = np.cumsum(laws[::-1], axis=0)[::-1].T
    allowed = over <= alpha
    return bool(allowed.any() and power[np.argmax(allowed)] >= 1 - beta)


def _sum_laws(term: Floats, laws: Floats, events: int, low: float, high: float) -> Floats:
    """(lattice, 2) probabilities from `low` to `high` of sums of `events` terms of two laws (t, 2).

    By inversion of the characteristic function; a Gaussian of one step of the lattice is added,
    so that a sum with atoms does not ring.
    """
    step = (high - low) / _LATTICE
    frequency = 2 * np.pi / (high - low) * np.arange(_LATTICE // 2 + 1)
    one = np.exp(1j * np.outer(frequency, term)) @ laws
    smooth = (1j * frequency * low + 0.5 * (frequency * step) ** 2)[:, None]
    whole = np.exp(events * np.log(one) - smooth)
    return np.asarray(np.fft.irfft(np.conj(whole), _LATTICE, axis=0))
