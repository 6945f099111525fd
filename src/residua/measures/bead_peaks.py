"""Populations of beads on one channel: peaks of a smoothed density and the valleys between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.special import ndtr

from residua.measures.median_spread import median_and_spread
from residua.standards.bead_assay import PeakRules

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
_BIN = 0.002  # decades
_MARGIN = 0.2


@dataclass(frozen=True, eq=False)
class Peak:
    """One population: `members` (n,) of the values given, between the cuts `low` and `high`.

    `overlap` is the share of beads that a cut between two Gaussians of the medians and robust
    spreads seen would misplace, the higher of its two neighbours': 0 stands alone.
    """

    members: Mask
    low: float
    high: float
    overlap: float


def find_peaks(values: Values, rules: PeakRules) -> list[Peak]:
    """The populations of log10 intensities (n,), from low to high."""
    if len(values) < 2:
        return []
    start = np.floor((values.min() - _MARGIN) / _BIN) * _BIN
    bins = np.floor((values - start) / _BIN).astype(int)
    counts = np.bincount(bins, minlength=int(bins.max() + _MARGIN / _BIN) + 1).astype(float)
    density = ndimage.gaussian_filter1d(counts, rules.smoothing / _BIN, mode="constant")
    tops = _merged(density, _maxima(density), rules.valley)
    tops = _with_beads(density, bins, tops, rules.share)
    cuts = _cuts(density, tops)
    if not tops:
        return []
    edges = [-np.inf, *(start + (cut + 0.5) * _BIN for cut in cuts), np.inf]
    between = [(values > low) & (values <= high) for low, high in pairwise(edges)]
    shapes = [median_and_spread(values[held]) for held in between]
    misplaced = [0.0, *(_misplaced(*pair) for pair in pairwise(shapes)), 0.0]
    found = []
    for number, ((middle, spread), (low, high)) in enumerate(
        zip(shapes, pairwise(edges), strict=True)
    ):
        reach = rules.within * max(float(spread), _BIN)
        core = max(low, float(middle) - reach), min(high, float(middle) + reach)
        members = (values > core[0]) & (values <= core[1])
        found.append(Peak(members, *core, max(misplaced[number : number + 2])))
    return found


def _misplaced(one: tuple[Values, Values], other: tuple[Values, Values]) -> float:
    """The share beyond the cut that lies as many spreads from the one as from the other."""
    apart = float(other[0] - one[0])
    return float(ndtr(-apart / max(float(one[1] + other[1]), _BIN)))


def _maxima(density: Values) -> list[int]:
    inner = (density[1:-1] > density[:-2]) & (density[1:-1] >= density[2:])
    return [int(place) + 1 for place in np.flatnonzero(inner)]


def _merged(density: Values, tops: list[int], valley: float) -> list[int]:
    """The peaks, each lower one of a pair without a clear valley dropped, the worst pair first."""
    tops = list(tops)
    while len(tops) > 1:
        heights = _heights(density, tops, _cuts(density, tops))
        worst = int(np.argmax(heights))
        if heights[worst] <= valley:
            break
        pair = tops[worst], tops[worst + 1]
        tops.remove(min(pair, key=lambda place: density[place]))
    return tops


def _with_beads(
    density: Values, bins: NDArray[np.intp], tops: list[int], share: float
) -> list[int]:
    """The peaks with at least `share` of the largest one's beads between their valleys."""
    edges = np.array(_cuts(density, tops))
    beads = np.bincount(np.searchsorted(edges, bins, side="left"), minlength=len(tops))
    enough = share * beads.max(initial=0)
    return [top for top, count in zip(tops, beads, strict=True) if count >= enough]


def _cuts(density: Values, tops: list[int]) -> list[int]:
    """The lowest bin between each two peaks."""
    return [one + int(np.argmin(density[one : other + 1])) for one, other in pairwise(tops)]


def _heights(density: Values, tops: list[int], cuts: list[int]) -> list[float]:
    """The height of each valley over the lower of its two peaks."""
    pairs = zip(tops[:-1], tops[1:], cuts, strict=True)
    return [float(density[cut] / min(density[one], density[other])) for one, other, cut in pairs]
