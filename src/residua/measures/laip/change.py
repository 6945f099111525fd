"""How much antigens of the blasts have changed between two samples, on one scale."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, ndtri

from residua.errors import ValueFault

Values = NDArray[np.float64]
FEWEST = 10  # blasts of a sample, for the deviation of a median


@dataclass(frozen=True)
class AntigenChange:
    """The change of the median of `marker` in display decades, with its interval at `level`."""

    marker: str
    decades: float
    low: float
    high: float
    level: float


def antigen_changes(
    before: NDArray[np.floating],
    after: NDArray[np.floating],
    dimensions: Sequence[str],
    *,
    placing_sd: Values | None = None,
    level: float = 0.95,
) -> tuple[AntigenChange, ...]:
    """The change of each dimension from the blasts `before` (m, d) to those `after` (n, d).

    Both are on the scale of the references; `placing_sd` (d,) is the standard deviation of the
    two maps together, which counts of blasts do not know of. Interval: distribution-free for the
    difference of medians (Price and Bonett, J Stat Comput Simul 2002;72:119). Raises `ValueFault`
    for fewer than `FEWEST` blasts or other dimensions.
    """
    d = len(dimensions)
    for one in (before, after):
        if one.ndim != 2 or one.shape[1] != d or not np.isfinite(one).all():
            raise ValueFault("finite blasts of the panel's dimensions", "others", "place them")
        if len(one) < FEWEST:
            raise ValueFault(f"at least {FEWEST} blasts", f"{len(one)}", "compare larger samples")
    placed = np.zeros(d) if placing_sd is None else np.asarray(placing_sd, np.float64)
    sd = np.sqrt(_median_variance(before) + _median_variance(after) + placed**2)
    moved = np.median(after, axis=0) - np.median(before, axis=0)
    reach = float(ndtri((1 + level) / 2)) * sd
    return tuple(
        AntigenChange(name, float(by), float(by - far), float(by + far), level)
        for name, by, far in zip(dimensions, moved, reach, strict=True)
    )


def _median_variance(events: NDArray[np.floating]) -> Values:
    """The variance (d,) of the median, from two order statistics about it."""
    n = len(events)
    place = max(round((n + 1) / 2 - math.sqrt(n)), 1)
    ordered = np.sort(np.asarray(events, np.float64), axis=0)
    z = -float(ndtri(bdtr(place - 1, n, 0.5)))
    return np.asarray(((ordered[n - place] - ordered[place - 1]) / (2 * z)) ** 2)
