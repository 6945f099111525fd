"""How many events lie in each bin of the plane of two dimensions.

Counting takes one pass over the events and copies none; whatever is drawn from the counts
afterwards takes the same time however many events there were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.kernels.choose import kernels_for
from residua.measures.kernels.contract import Column, Counts, Mask

Span = tuple[float, float]
BINS = 256
_SAVED = 200.0  # ns that a compiled loop saves for each event
_EVERY: Mask = np.ones(0, dtype=bool)


@dataclass(frozen=True, eq=False)
class Density:
    """Events per bin: `counts` (rows, columns) uint32, row 0 at the low end of y, column 0 of x."""

    counts: Counts
    x: Span
    y: Span

    @property
    def events(self) -> int:
        """All events that were counted."""
        return int(self.counts.sum(dtype=np.int64))

    def coarser(self, times: int) -> Density:
        """The same events in bins `times` as wide and high, which must divide their number."""
        rows, columns = self.counts.shape
        if times < 1 or rows % times or columns % times:
            raise ValueFault("a divisor of the bins", "another number", "use 2 or 4")
        blocks = self.counts.reshape(rows // times, times, columns // times, times)
        return Density(blocks.sum(axis=(1, 3), dtype=np.uint32), self.x, self.y)


def count_density(
    x: Column,
    y: Column,
    *,
    x_span: Span,
    y_span: Span,
    held: Mask | None = None,
    bins: int = BINS,
) -> Density:
    """The density of events (n,) in scale units, of those that `held` (n,) marks or of all.

    `x` and `y` are float32 or float64, of any stride. A bin holds low <= value < high; an
    event beyond an axis counts in the bin at its end, one with a value that is not a number in
    none. Raises `ValueFault` where the arrays differ in length or a span has no width.
    """
    if x.ndim != 1 or x.shape != y.shape or (held is not None and held.shape != x.shape):
        raise ValueFault("columns of one length", "others", "give one value per event")
    ends = np.array([*x_span, *y_span], dtype=np.float64)
    if not (np.isfinite(ends).all() and ends[0] < ends[1] and ends[2] < ends[3]):
        raise ValueFault("axes that rise from low to high", "others", "widen them")
    counts = np.zeros((bins, bins), dtype=np.uint32)
    kind = np.float32 if x.dtype == y.dtype == np.float32 else np.float64
    columns = np.require(x, kind, ["A"]), np.require(y, kind, ["A"])
    count = kernels_for(len(x), saved=_SAVED).count
    count(*columns, _EVERY if held is None else held, ends, counts)
    return Density(counts, x_span, y_span)
