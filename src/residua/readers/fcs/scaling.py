"""From stored numbers to scale values: bit masks, $PnE and $PnG (FCS 3.1 section 3.2.20).

A logarithmic parameter becomes f2 10^(f1 x / range), a linear one x / gain. Time stays as
stored. Log amplification holds only for integers, gain only for linear parameters.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel
from residua.readers.fcs.columns import Column

_EXACT_IN_FLOAT32 = 24


def used_bits(channel: Channel, width: int) -> int:
    """Bits below $PnR, rounded up to a power of two; the rest are to be ignored."""
    needed = max(0, math.ceil(channel.range) - 1).bit_length()
    return min(width, channel.bits, needed) if needed else min(width, channel.bits)


def is_log(channel: Channel) -> bool:
    """Whether the stored numbers are logarithms."""
    logarithmic = channel.amplification[0] > 0 and channel.stored in ("I", "A")
    return logarithmic and not channel.is_time


def is_plain(channel: Channel) -> bool:
    """Whether the stored numbers, masked, are the scale values."""
    if channel.is_time:
        return True
    if is_log(channel):
        return False
    return channel.gain == 1 or channel.amplification[0] > 0


def events_type(channels: tuple[Channel, ...]) -> type[np.floating]:
    """float32, or float64 where a value needs it."""
    exact = all(
        channel.stored == "F"
        or (channel.stored == "I" and used_bits(channel, 64) <= _EXACT_IN_FLOAT32)
        or is_log(channel)
        for channel in channels
    )
    return np.float32 if exact else np.float64


def scaled(column: Column, channel: Channel) -> Column:
    """Scale values of one parameter from its stored, unmasked numbers."""
    if channel.stored == "I":
        used = used_bits(channel, 8 * column.dtype.itemsize)
        column = masked(column, used)
        if is_log(channel) and 1 << used <= len(column):  # fewer powers than values
            table = amplified(np.arange(1 << used, dtype=np.float64), channel)
            return table[column]
    if is_log(channel):
        return amplified(column.astype(np.float64), channel)
    return column if is_plain(channel) else column / _as_wide(column, channel.gain)


def masked(column: Column, used: int) -> Column:
    """The lowest `used` bits of integers."""
    if used >= 8 * column.dtype.itemsize:
        return column
    kept: Column = np.bitwise_and(column, column.dtype.type((1 << used) - 1))
    return kept


def amplified(values: NDArray[np.float64], channel: Channel) -> NDArray[np.float64]:
    """Linear values of a log amplifier's channel numbers."""
    decades, offset = channel.amplification
    # An offset of 0 makes no sense; the standard tells readers to take 1.
    return np.asarray(10.0 ** (decades * values / channel.range) * (offset or 1.0))


def _as_wide(column: Column, gain: float) -> np.floating:
    """The gain in the column's own precision, so that float32 is divided as float32."""
    return np.float32(gain) if column.dtype == np.float32 else np.float64(gain)
