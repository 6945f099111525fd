"""From stored numbers to scale values: bit masks, $PnE and $PnG (FCS 3.1 section 3.2.20).

A logarithmic parameter becomes f2 10^(f1 x / range), a linear one x / gain. Time stays as
stored. Log amplification holds only for integers, gain only for linear parameters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel, Events
from residua.readers.fcs.data import Column

_EXACT_IN_FLOAT32 = 24
_LARGEST_TABLE = 20


def scale_floats(events: Events, channels: tuple[Channel, ...]) -> Events:
    """Floating-point events (n, c) with gain applied; the same array where no gain is set."""
    divided = [
        place
        for place, channel in enumerate(channels)
        if channel.gain != 1 and channel.amplification[0] <= 0 and not channel.is_time
    ]
    if not divided:
        return events
    scaled = events.copy()
    for place in divided:
        scaled[:, place] /= channels[place].gain
    return scaled


def scale_integers(columns: list[Column], channels: tuple[Channel, ...]) -> Events:
    """Integer columns masked and scaled to (n, c) float32, float64 where a value needs it."""
    bits = [_used_bits(channel) for channel in channels]
    exact = all(
        used <= _EXACT_IN_FLOAT32 or channel.amplification[0] > 0
        for used, channel in zip(bits, channels, strict=True)
    )
    count = len(columns[0]) if columns else 0
    events = np.empty((count, len(channels)), np.float32 if exact else np.float64)
    for place, (column, channel, used) in enumerate(zip(columns, channels, bits, strict=True)):
        events[:, place] = _scaled(_masked(column, used), channel, used)
    return events


def _used_bits(channel: Channel) -> int:
    """Bits below $PnR, rounded up to a power of two; the rest are to be ignored."""
    needed = max(0, int(np.ceil(channel.range)) - 1).bit_length()
    return min(channel.bits, needed) if needed else channel.bits


def _masked(column: Column, used: int) -> Column:
    if used >= 8 * column.dtype.itemsize:
        return column
    return column & column.dtype.type((1 << used) - 1)


def _scaled(column: Column, channel: Channel, used: int) -> NDArray[np.floating] | Column:
    if channel.is_time:
        return column
    if channel.amplification[0] > 0:
        if used <= _LARGEST_TABLE:
            table = _amplified(np.arange(1 << used, dtype=np.float64), channel)
            return table[column]
        return _amplified(column.astype(np.float64), channel)
    return column / channel.gain if channel.gain != 1 else column


def _amplified(values: NDArray[np.float64], channel: Channel) -> NDArray[np.float64]:
    decades, offset = channel.amplification
    # An offset of 0 makes no sense; the standard tells readers to take 1.
    scaled: NDArray[np.float64] = 10.0 ** (decades * values / channel.range) * (offset or 1.0)
    return scaled
