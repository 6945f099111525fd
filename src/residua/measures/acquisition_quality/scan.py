"""One pass over all events: what is finite, and the ends of each channel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.acquisition_quality.finding import Mask, Values

Ends = NDArray[np.float64]
CHUNK = 1 << 14  # rows at a time, so that a pass over all channels stays in the cache
_FOLD = 64  # rows side by side, so that the processor compares whole vectors
_FEW = 20  # chunks, below which a pile may lie in one of them


@dataclass(frozen=True, eq=False)
class Scan:
    """The `finite` events (n,), the lowest and highest finite value of each channel (c,).

    `low_shared` and `high_shared` (c,) tell where several events may share that value.
    """

    finite: Mask
    lows: Ends
    highs: Ends
    low_shared: Mask
    high_shared: Mask


def scan_events(values: Values) -> Scan:
    """The scan of `values` (n, c)."""
    count = -(-len(values) // CHUNK)
    lows = np.full((max(count, 1), values.shape[1]), np.inf)
    highs = np.full_like(lows, -np.inf)
    finite = np.ones(len(values), bool)
    for number in range(count):
        rows = slice(number * CHUNK, (number + 1) * CHUNK)
        chunk = values[rows]
        low, high = _ends(chunk, np.minimum), _ends(chunk, np.maximum)
        if not (np.isfinite(low).all() and np.isfinite(high).all()):
            known = np.isfinite(chunk)
            finite[rows] = known.all(axis=1)
            low = np.where(known, chunk, np.inf).min(axis=0)
            high = np.where(known, chunk, -np.inf).max(axis=0)
        lows[number], highs[number] = low, high
    low, high = lows.min(axis=0), highs.max(axis=0)
    least = 2 if count >= _FEW else 1
    low_shared, high_shared = (
        np.count_nonzero(ends == end, axis=0) >= least for ends, end in ((lows, low), (highs, high))
    )
    return Scan(finite, low, high, low_shared, high_shared)


def _ends(chunk: Values, furthest: np.ufunc) -> Values:
    """The lowest or highest value of each channel of a chunk; what is not finite stays so."""
    whole = len(chunk) // _FOLD * _FOLD
    ends = [furthest.reduce(chunk[whole:], axis=0)] if whole < len(chunk) else []
    if whole:
        side_by_side = chunk[:whole].reshape(whole // _FOLD, -1)
        folded = furthest.reduce(side_by_side, axis=0).reshape(_FOLD, -1)
        ends.append(furthest.reduce(folded, axis=0))
    found: Values = furthest.reduce(ends, axis=0)
    return found
