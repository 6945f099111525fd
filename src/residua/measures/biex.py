"""FlowJo's biex scale for many values: a table of its 4096 channels and one Newton step.

The curve, its source and how closely FlowJo's own table agrees with it: `facts.scale_curves`.
FlowJo interpolates between whole channels; this follows the curve, which differs from that by
less than 1e-6 of a channel.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from residua.facts.scale_curves import curve_of
from residua.facts.scales import BIEX_CHANNELS, Biex
from residua.measures.spillover import CHUNK

Values = NDArray[np.float64]


def apply_biex(values: Values, scale: Biex) -> Values:
    """FlowJo's channels of linear `values` (n,), divided by 4096; ends at channels 0 and 4095."""
    scaled = np.empty_like(values)
    for first in range(0, len(values), CHUNK):
        rows = slice(first, first + CHUNK)
        scaled[rows] = _by_table(values[rows], scale)
    return scaled


def _by_table(values: Values, scale: Biex) -> Values:
    curve = curve_of(scale)
    positions, table = _table(scale)
    size = np.minimum(np.abs(values), table[-1])
    start = np.interp(size, table, positions)
    step = (curve.value(start) - size) / curve.slope(start)
    scaled = curve.zero + np.copysign(start - step - curve.zero, values)
    ends: Values = np.clip(scaled, 0.0, (BIEX_CHANNELS - 1) / BIEX_CHANNELS)
    return ends


@lru_cache(maxsize=64)
def _table(scale: Biex) -> tuple[Values, Values]:
    """Positions from that of zero to the top, and their linear values."""
    curve = curve_of(scale)
    first = round(curve.zero * BIEX_CHANNELS)
    positions = np.arange(first, BIEX_CHANNELS + 1) / BIEX_CHANNELS
    table = curve.value(positions)
    table[0] = 0.0
    return positions, table
