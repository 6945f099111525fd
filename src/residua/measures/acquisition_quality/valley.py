"""Valleys between the peaks of a distribution, where they are clear."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from residua.measures.acquisition_quality.choices import chosen

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Valley:
    """A valley at `at` between a peak at `low` and one at `high`, in the units of the values."""

    at: float
    low: float
    high: float


def find_valleys(values: NDArray[np.floating]) -> tuple[Valley, ...]:
    """The clear valleys of finite `values` (k,), from the left.

    A smoothed histogram's peaks are joined, the shallowest valley first, until each that is
    left is deep and stands out of the noise of counting.
    """
    if len(values) < 2:
        return ()
    low, high = np.quantile(values, [0.0005, 0.9995])
    if not high > low:
        return ()
    bins = int(chosen("valley", "bins"))
    counts, edges = np.histogram(values, bins, (low, high))
    density = _smooth(counts.astype(np.float64))
    middles = (edges[1:] + edges[:-1]) / 2
    peaks = _peaks(density)
    while len(peaks) > 1:
        between = [int(a + np.argmin(density[a:b])) for a, b in pairwise(peaks)]
        lower = _lower(density, peaks)
        depths = [_depth(density, a, v) for a, v in zip(lower, between, strict=True)]
        worst = int(np.argmax(depths))
        if depths[worst] <= 1:
            return tuple(
                Valley(*(float(middles[place]) for place in (v, a, b)))
                for v, a, b in zip(between, peaks, peaks[1:], strict=False)
            )
        peaks.remove(lower[worst])
    return ()


def _smooth(counts: Floats) -> Floats:
    width = chosen("valley", "smooth")
    reach = int(4 * width)
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    return np.convolve(np.pad(counts, reach), kernel / kernel.sum(), mode="valid")


def _peaks(density: Floats) -> list[int]:
    """Places higher than the left neighbour and not lower than the right one."""
    padded = np.concatenate([[-1.0], density, [-1.0]])
    rises = (padded[1:-1] > padded[:-2]) & (padded[1:-1] >= padded[2:])
    return [int(place) for place in np.flatnonzero(rises)]


def _lower(density: Floats, peaks: list[int]) -> list[int]:
    """The lower peak of each neighbouring pair."""
    return [a if density[a] <= density[b] else b for a, b in pairwise(peaks)]


def _depth(density: Floats, peak: int, valley: int) -> float:
    """Above 1 where a valley is not deep, or not clear, beside the lower of its peaks."""
    top, bottom = density[peak], density[valley]
    window = chosen("valley", "smooth") * np.sqrt(4 * np.pi)  # bins that a smoothed count rests on
    noise = chosen("valley", "noise") * np.sqrt(top / window)
    if top <= bottom:
        return np.inf
    return float(max(bottom / top / chosen("valley", "depth"), noise / (top - bottom)))
