"""A limit in scale units as the linear value it stands for, to the last bit.

Scales rise, so an event's scaled value reaches a limit exactly where its linear value reaches
the smallest float64 whose scaled value does. Rectangles then need no scaled events at all.
"""

from __future__ import annotations

import math
import struct
import sys
from functools import lru_cache

from residua.facts.scale_curves import curve_of, exact_position
from residua.facts.scales import Biex, Hyperlog, Linear, Logicle, Scale

Bounds = tuple[float, float]
_WIDE = (-math.inf, math.inf)
_MOST = sys.float_info.max
_NARROW = 1 << 8  # floats


@lru_cache(maxsize=1024)
def linear_limit(scale: Scale, limit: float, bounds: Bounds = _WIDE) -> float:
    """The smallest finite linear value whose exact scaled value is at or above `limit`.

    Scaled values outside `bounds` count as the nearest bound. ``inf`` where no finite value
    reaches the limit.
    """
    if not _reaches(_MOST, scale, limit, bounds):
        return math.inf
    if _reaches(-_MOST, scale, limit, bounds):
        return -_MOST
    low, high = _bracket(scale, limit, bounds)
    while high - low > 1:
        middle = (low + high) // 2
        reached = _reaches(_at(middle), scale, limit, bounds)
        low, high = (low, middle) if reached else (middle, high)
    return _at(high)


def _reaches(value: float, scale: Scale, limit: float, bounds: Bounds) -> bool:
    low, high = bounds
    return min(max(exact_position(value, scale), low), high) >= limit


def _bracket(scale: Scale, limit: float, bounds: Bounds) -> tuple[int, int]:
    """Places of two floats, the first below the limit, the second at or above it."""
    low = high = guess = _place(_guess(scale, limit))
    step = _NARROW
    while _reaches(_at(low), scale, limit, bounds):
        low, step = max(guess - step, _place(-_MOST)), step << 6
    step = _NARROW
    while not _reaches(_at(high), scale, limit, bounds):
        high, step = min(guess + step, _place(_MOST)), step << 6
    return low, high


def _guess(scale: Scale, limit: float) -> float:
    """A linear value near the limit; only the time taken depends on how near."""
    if not math.isfinite(limit):
        return 0.0
    if isinstance(scale, Logicle | Hyperlog | Biex):
        curve = curve_of(scale)
        size = min(curve.at(curve.zero + abs(limit - curve.zero)), _MOST)
        return math.copysign(size, limit - curve.zero)
    if isinstance(scale, Linear):
        return limit if scale.T is None else limit * (scale.T + scale.A) - scale.A
    return 0.0


def _place(value: float) -> int:
    """The place of a float64 among all of them, in rising order; 0 for 0."""
    bits = int(struct.unpack("<q", struct.pack("<d", value))[0])
    return bits if bits >= 0 else -(bits & 0x7FFFFFFFFFFFFFFF)


def _at(place: int) -> float:
    """The float64 of a place."""
    size = float(struct.unpack("<d", struct.pack("<q", abs(place)))[0])
    return size if place >= 0 else -size
