"""A share of a sample's events, the same whatever order the events stand in.

Each event is given a number by the bits of its values (the finaliser of MurmurHash3, Appleby,
public domain); those with the smallest numbers are taken, in the order of the numbers.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.measures.alignment.landmark_table import Values
from residua.measures.alignment.monotone import Events

_ODD = np.uint32(0x9E3779B1)  # the golden ratio of 2^32, as in Knuth, vol. 3, 6.4


def chosen_events(events: Events, most: int) -> Values:
    """At most `most` of events (n, d) as float64, in an order of their own; all where fewer."""
    numbers = _numbers(np.ascontiguousarray(events, np.float32))
    if len(events) > most:
        last = np.partition(numbers, most - 1)[most - 1]
        taken = np.flatnonzero(numbers <= last)
        events, numbers = events[taken], numbers[taken]
    return np.asarray(events[_order(events, numbers)[:most]], np.float64)


def _order(events: Events, numbers: NDArray[np.uint32]) -> NDArray[np.intp]:
    """By number, the few that share one by their values."""
    order = np.argsort(numbers, kind="stable")
    same = np.diff(numbers[order]) == 0
    tied = np.append(same, False) | np.append(False, same)
    rows = order[tied]
    order[tied] = rows[np.lexsort((*events[rows].T, numbers[rows]))]
    return order


def _numbers(events: Events) -> NDArray[np.uint32]:
    bits = events.view(np.uint32)
    number = np.zeros(len(events), np.uint32)
    for column in range(bits.shape[1]):
        number ^= bits[:, column]
        number *= _ODD
        number ^= number >> np.uint32(15)
    number ^= number >> np.uint32(16)
    number *= np.uint32(0x85EBCA6B)
    number ^= number >> np.uint32(13)
    number *= np.uint32(0xC2B2AE35)
    number ^= number >> np.uint32(16)
    return number
