"""How much of the stated spillover is still in the values of a sample, or taken out twice.

Cells that shine in one dye and carry nothing on another tell: what spills rises with the light
it comes from, while what they carry themselves does not.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Spillover

Values = NDArray[np.float64]
EVENTS = 100_000  # evenly spaced over the file: the tenth percentile of the top tenth is then known
BRIGHT = 1500.0  # ten times the cofactor of the display: light that is no negative's
FEWEST = 400  # bright events of a dye, so that both ends hold a hundred
LOWEST = 0.1  # quantile of what the other detector sees: its dimmest cells, which carry least
BOTTOM, TOP = 0.25, 0.1  # shares of the bright events at the ends that are compared
APART = 2.0  # the ends must differ so many times in light, or there is no slope to see
LARGEST_SHARE = 0.15  # of the largest coefficient: smaller ones drown in what cells carry
NO_MATRIX = 0.005  # a matrix of several dyes with nothing larger is none: real dyes spill more
FAULT = 0.45
"""Of the stated spillover. 164 simulated files of every panel and bend: clean -0.24 to 0.30,
uncompensated 0.59 to 1.55, twice compensated -1.77 to -0.90 (without weights, the bounds of eight
colours overlapped: clean -0.53 to 1.03)."""
_PAIRS = 4  # slopes, so that one odd pair does not decide


@dataclass(frozen=True)
class SpillLeft:
    """`share` of the stated spillover still there (0: none, 1: all, -1: taken out twice).

    The median over `pairs` of dye and detector, each weighed by the spillover stated for it: what
    cells carry themselves hides little spillover sooner than much. None where too few can tell.
    """

    share: float | None
    pairs: int


def is_identity(spillover: Spillover) -> bool:
    """Whether a matrix of several dyes takes practically nothing from anything."""
    return len(spillover.names) > 1 and _largest(spillover.matrix) <= NO_MATRIX


def spill_left(values: Values, matrix: Values) -> SpillLeft:
    """What compensation left in compensated linear `values` (n, c) of c dyes; `matrix` (c, c)."""
    values = values[:: max(len(values) // EVENTS, 1)]
    least = max(LARGEST_SHARE * _largest(matrix), NO_MATRIX)
    pairs = [
        (slope / spilt, spilt)
        for dye in range(values.shape[1])
        if (slopes := _slopes(values, dye)) is not None
        for other, slope in enumerate(slopes)
        if other != dye and (spilt := float(matrix[dye, other])) >= least
    ]
    if len(pairs) < _PAIRS:
        return SpillLeft(None, len(pairs))
    shares, stated = zip(*pairs, strict=True)
    middle = np.quantile(shares, 0.5, weights=stated, method="inverted_cdf")
    return SpillLeft(float(middle), len(pairs))


def spill_words(found: SpillLeft) -> str:
    """Why the file counts as uncompensated; "" where it does not."""
    if found.share is None or abs(found.share) <= FAULT:
        return ""
    if found.share < 0:
        return (
            "looks compensated twice: values fall where a neighbouring dye is bright, as if its "
            "matrix had been applied before"
        )
    return (
        "looks uncompensated despite its matrix: values rise with neighbouring dyes by "
        f"{found.share:.1f} times the stated spillover"
    )


def _largest(matrix: Values) -> float:
    """The largest share of light on a detector that is not the dye's own."""
    if not matrix.size:
        return 0.0
    seen = np.abs(matrix)
    seen[np.arange(len(seen)), seen.argmax(axis=1)] = 0
    return float(seen.max(initial=0.0))


def _slopes(values: Values, dye: int) -> Values | None:
    """The rise of every detector's dimmest values per light of `dye`, from dim to bright ends."""
    light = values[:, dye]
    bright = np.flatnonzero(light > BRIGHT)
    if len(bright) < FEWEST:
        return None
    order = bright[np.argsort(light[bright], kind="stable")]
    low, high = order[: int(BOTTOM * len(order))], order[-max(100, int(TOP * len(order))) :]
    dim, strong = float(np.median(light[low])), float(np.median(light[high]))
    if strong < APART * dim:
        return None
    below, above = (np.quantile(values[rows], LOWEST, axis=0) for rows in (low, high))
    return np.asarray((above - below) / (strong - dim), np.float64)
