"""The clock of an acquisition: whether it runs forward, and the events where it does not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.finding import Mask, Rows, Values

_CLOCK = re.compile(r"(\d{1,2}):(\d{2}):(\d{2})")


@dataclass(frozen=True, eq=False)
class Clock:
    """The times of m events, made to run forward.

    `order` (k,) lists the events in order of time without those `removed` (m,), None where they
    stand in it already; `elapsed` (k,) are their times, which never fall. `restarts` counts runs
    joined end to end.
    """

    removed: Mask
    order: Rows | None
    elapsed: NDArray[np.floating]
    restarts: int = 0
    unordered: bool = False


def read_clock(times: Values) -> Clock:
    """The clock of `times` (m,), finite, in file order.

    Where the time falls, the fewest events go: within each stretch out of order either those
    behind the highest time before them, or those ahead of the lowest time after them. A second
    run is joined to the first; a file in another order is sorted.
    """
    falls = int(np.count_nonzero(times[1:] < times[:-1]))
    none = np.zeros(len(times), bool)
    if not falls:
        return Clock(none, None, times)
    if falls > chosen("clock", "unordered") * len(times):
        order = np.argsort(times, kind="stable")
        return Clock(none, order, times[order], unordered=True)
    removed = _out_of_order(times)
    order = np.flatnonzero(~removed)
    kept = times[order].astype(np.float64)
    back = np.minimum(np.diff(kept, prepend=kept[:1]), 0)
    return Clock(removed, order, kept - np.cumsum(back), restarts=int(np.count_nonzero(back)))


def _out_of_order(times: Values) -> Mask:
    highest = np.maximum.accumulate(times)
    lowest = np.minimum.accumulate(times[::-1])[::-1]
    behind, ahead = times < highest, times > lowest
    apart = np.concatenate([[False], highest[:-1] <= lowest[1:]])
    stretch = np.cumsum(apart)  # the number of the stretch that an event lies in
    fewer = [np.bincount(stretch, weights=mask) for mask in (behind, ahead)]
    small = np.minimum(*fewer) <= chosen("clock", "restart") * len(times)
    use_behind = fewer[0] <= fewer[1]
    removed: Mask = np.where(use_behind[stretch], behind, ahead) & small[stretch]
    return removed


def seconds_per_unit(keywords: Mapping[str, str]) -> float | None:
    """$TIMESTEP; None where it is missing, not a number or not above 0."""
    try:
        step = float(keywords.get("$TIMESTEP", ""))
    except ValueError:
        return None
    return step if 0 < step < np.inf else None


def runs_longer_than_stated(seconds: float, keywords: Mapping[str, str]) -> bool:
    """Whether events span clearly more time than from $BTIM to $ETIM."""
    stated = [_CLOCK.search(keywords.get(key, "")) for key in ("$BTIM", "$ETIM")]
    if None in stated:
        return False
    begin, end = (
        sum(int(part) * size for part, size in zip(found.groups(), (3600, 60, 1), strict=True))
        for found in stated
        if found is not None
    )
    return end > begin and seconds > chosen("clock", "longer") * (end - begin) + 1
