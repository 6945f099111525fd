"""Events block by block, so that what is read once stays in the processor's cache."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from residua.facts.acquisition import Events
from residua.measures.kernels.contract import Rows

BLOCK = 1 << 15  # events: of twelve channels, 1.5 MB
_THREADS = 2
_MANY = 8  # blocks, from which on a second thread pays
_EVERY = np.arange(BLOCK)
_EVERY.setflags(write=False)


def each_block(count: int, work: Callable[[int, int], None]) -> None:
    """Call ``work(first, last)`` for every block of `count` rows, by two threads where many.

    The work of a block must touch nothing that another block's does.
    """
    starts = range(0, count, BLOCK)
    ends = [min(first + BLOCK, count) for first in starts]
    if len(starts) < _MANY or (os.cpu_count() or 1) < _THREADS:
        for first, last in zip(starts, ends, strict=True):
            work(first, last)
        return
    with ThreadPoolExecutor(_THREADS) as pool:
        for _ in pool.map(work, starts, ends):
            pass


def every_row(count: int) -> Rows:
    """The rows 0 to `count` - 1 of a block."""
    return _EVERY[:count]


def native(events: Events) -> Events:
    """`events` (n, c) as the inner loops read them; the same array where it can be."""
    short = events.dtype.kind == "f" and events.dtype.itemsize <= 4
    kind = np.float32 if short else np.float64
    return np.require(events, kind, ["C", "A"])


def is_native(events: Events) -> bool:
    """Whether the inner loops can read `events` where they lie."""
    return native(events[:0]).dtype == events.dtype and bool(
        events.flags.c_contiguous and events.flags.aligned and events.dtype.isnative
    )


def block_of(events: Events, rows: Rows | None, first: int, last: int) -> tuple[Events, Rows]:
    """A matrix and the rows of it that hold events (of `rows`) number `first` to `last`."""
    if rows is None:
        return native(events[first:last]), every_row(last - first)
    if is_native(events):
        return events, rows[first:last]
    return native(events[rows[first:last]]), every_row(last - first)
