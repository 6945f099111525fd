"""Loops over the aligned events of a marrow: their curves, a patient's box, a number for each."""

from __future__ import annotations

from typing import Any

import numpy as np

from residua.measures.compiled.jit import compiled
from residua.measures.kernels.contract import ODD

_ODD, _MORE, _LAST = np.uint32(ODD), np.uint32(0x85EBCA6B), np.uint32(0xC2B2AE35)


@compiled
def follow(  # noqa: PLR0917
    events: Any,
    base: Any,
    rise: Any,
    mixing: Any,
    dyes: Any,
    low: Any,
    per_step: Any,
    centre: Any,
    out: Any,
) -> None:  # pragma: no cover - compiled
    """See `Kernels`; the fields of a `CurvePlan` one by one."""
    channels = events.shape[1]
    top = np.float32(rise.shape[1] - 1)
    mixed = np.zeros(channels, np.float32)
    for row in range(events.shape[0]):
        for j in range(channels):
            mixed[j] = 0
        for k in range(dyes.size):
            dye = dyes[k]
            away = events[row, dye] - centre
            for j in range(channels):
                mixed[j] += away * mixing[dye, j]
        for j in range(channels):
            place = (events[row, j] - low) * per_step
            cell = np.int32(min(max(place, np.float32(0)), top))
            own = (place - np.float32(cell)) * rise[j, cell] + base[j, cell]
            out[row, j] = own + mixed[j]


@compiled
def within(events: Any, low: Any, high: Any) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    kept, count = np.empty(events.shape[0], np.intp), 0
    for row in range(events.shape[0]):
        inside = True
        for j in range(low.size):
            value = np.float64(events[row, j])
            if not (value >= low[j] and value <= high[j]):
                inside = False
                break
        kept[count] = row
        count += inside
    return kept[:count].copy()


@compiled
def numbers(bits: Any) -> Any:  # pragma: no cover - compiled
    """See `Kernels`."""
    made = np.empty(bits.shape[0], np.uint32)
    for row in range(bits.shape[0]):
        number = np.uint32(0)
        for j in range(bits.shape[1]):
            number = np.uint32(np.uint32(number ^ bits[row, j]) * _ODD)
            number = np.uint32(number ^ (number >> np.uint32(15)))
        number = np.uint32(np.uint32(number ^ (number >> np.uint32(16))) * _MORE)
        number = np.uint32(np.uint32(number ^ (number >> np.uint32(13))) * _LAST)
        made[row] = np.uint32(number ^ (number >> np.uint32(16)))
    return made
