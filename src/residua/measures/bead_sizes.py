"""Sizes of beads: the peaks of forward and side scatter, doublets and debris left out.

Peaks of a smoothed density on logarithmic axes; the single beads of each within an ellipse
that follows them. Nothing is drawn at random: the same events give the same beads.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import ndimage
from scipy.special import chdtri, gammainc

from residua.standards.bead_assay import PeakRules

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
_BIN = 0.01  # decades
_MARGIN = 0.3  # decades around the events
_ROUNDS = 30


@dataclass(frozen=True, eq=False)
class SizeFound:
    """One size: `members` (n,) marks its single beads; ellipse by `centre` and `covariance`.

    Both in log10 of forward and side scatter; `reach` is the squared distance at its edge.
    """

    members: Mask
    centre: Values
    covariance: Values
    reach: float


def find_sizes(forward: Values, side: Values, dyed: Mask, rules: PeakRules) -> list[SizeFound]:
    """The sizes from small to large forward scatter.

    `forward` and `side` (n,) are linear, `dyed` (n,) marks the events that may be beads. Those
    that are not above zero are none.
    """
    usable = dyed & (forward > 0) & (side > 0)
    if usable.sum() < 2:
        return []
    points = np.log10(np.column_stack([forward, side]), where=usable[:, None],
                      out=np.full((len(forward), 2), np.nan))  # fmt: skip
    found = []
    for start, near in _peaks(points, usable, rules):
        size = _follow(points, near, start, rules)
        if size is not None:
            found.append(size)
    return sorted(found, key=lambda size: float(size.centre[0]))


def _peaks(points: Values, usable: Mask, rules: PeakRules) -> list[tuple[Values, Mask]]:
    """Every peak with the events nearest to it, peaks without enough events left out."""
    inside = points[usable]
    low = np.floor((inside.min(axis=0) - _MARGIN) / _BIN) * _BIN
    shape = np.ceil((inside.max(axis=0) + _MARGIN - low) / _BIN).astype(int)
    bins = np.floor((inside - low) / _BIN).astype(int)
    counts = np.zeros(tuple(shape))
    np.add.at(counts, tuple(bins.T), 1.0)
    density = ndimage.gaussian_filter(counts, rules.smoothing / _BIN, mode="constant")
    span = 2 * round(rules.smoothing / _BIN) + 1
    top = (density == ndimage.maximum_filter(density, size=span)) & (density > 0)
    places = np.argwhere(top)
    order = np.argsort(-density[tuple(places.T)], kind="stable")
    kept: list[NDArray[np.intp]] = []
    for place in places[order]:
        heights = (_valley(density, place, other) for other in kept)
        if all(height < rules.valley * density[tuple(place)] for height in heights):
            kept.append(place)
    return _with_events(points, usable, [low + (place + 0.5) * _BIN for place in kept], rules)


def _valley(density: Values, one: NDArray[np.intp], other: NDArray[np.intp]) -> float:
    """The lowest density on the straight way between two bins."""
    steps = int(np.abs(one - other).max()) + 1
    way = np.linspace(one, other, steps)
    return float(ndimage.map_coordinates(density, way.T, order=1).min())


def _with_events(
    points: Values, usable: Mask, peaks: list[Values], rules: PeakRules
) -> list[tuple[Values, Mask]]:
    distance = np.array([((points - peak) ** 2).sum(axis=1) for peak in peaks])
    distance[:, ~usable] = np.inf
    nearest = np.argmin(distance, axis=0)
    close = distance.min(axis=0) < (5 * rules.smoothing) ** 2
    found = [(peak, close & (nearest == number)) for number, peak in enumerate(peaks)]
    return [(peak, near) for peak, near in found if near.sum() >= rules.share * usable.sum()]


def _follow(points: Values, near: Mask, start: Values, rules: PeakRules) -> SizeFound | None:
    """The ellipse about the events of a peak, drawn anew until its members stay the same.

    The events outside make the covariance of those inside too small by a known factor.
    """
    reach = float(chdtri(2, 1 - rules.within))
    shrunk = float(gammainc(2, reach / 2) / gammainc(1, reach / 2))
    members = near & (((points - start) ** 2).sum(axis=1) < (3 * rules.smoothing) ** 2)
    for _ in range(_ROUNDS):
        if members.sum() < 3:
            return None
        centre = np.median(points[members], axis=0)
        covariance = np.cov(points[members].T) / shrunk
        if np.linalg.det(covariance) <= 0:
            return None
        away = points - centre
        distance = np.einsum("ni,ij,nj->n", away, np.linalg.inv(covariance), away)
        now = near & (distance < reach)
        if np.array_equal(now, members):
            break
        members = now
    return SizeFound(members, centre, covariance, reach)
