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

    Where the time falls, the fewer events go: those that follow and lie behind the time before
    the fall, or those that precede and lie ahead of the time after it. A second run is joined to
    the first; a file in another order is sorted.
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
    """The events (n,) to leave out so that the time does not fall but where a run begins again."""
    removed = np.zeros(len(times), bool)
    most = chosen("clock", "restart") * len(times)
    for fall in np.flatnonzero(times[1:] < times[:-1]) + 1:
        if removed[fall]:
            continue
        last = fall - 1
        while last > 0 and removed[last]:
            last -= 1
        if times[fall] < times[last] and not removed[last]:
            removed[_fewer(times, int(last), int(fall), most)] = True
    return removed


def _fewer(times: Values, last: int, fall: int, most: float) -> slice:
    """The shorter of two stretches: from `fall` on behind the time at `last`, or back from there
    ahead of the time at `fall`; nothing where both are longer than `most` events."""
    size = 64
    while True:
        behind = times[fall : fall + size] < times[last]
        ahead = times[max(0, last - size + 1) : last + 1][::-1] > times[fall]
        lengths = [_leading_run(behind, size), _leading_run(ahead, size)]
        if min(lengths) < size:
            break
        if size > most:
            return slice(0)
        size *= 4
    if min(lengths) > most:
        return slice(0)
    if lengths[0] <= lengths[1]:
        return slice(fall, fall + lengths[0])
    return slice(last - lengths[1] + 1, last + 1)


def _leading_run(mask: Mask, size: int) -> int:
    """How many true values begin `mask`; all of a mask cut short by the end of the file count."""
    return int(np.argmin(mask)) if not mask.all() else min(len(mask), size)


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
