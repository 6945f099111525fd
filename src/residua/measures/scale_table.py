"""Any rising scale as a table of straight pieces, fine enough for 1e-6 of the scale.

Node i of a side lies at the linear value of size (u - 1) / steepness, where u runs through the
float64 from 1 in steps of 2^-9 of their power of two: evenly near zero, in equal ratios far
from it. The place of a value in the table is then read off the bits of u.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from residua.facts.scales import BIEX_CHANNELS, Arcsinh, Biex, Linear, Log, Scale
from residua.measures.scale import apply_scale, on_curve

Values = NDArray[np.float64]
BITS = 9  # 512 nodes for each doubling of u
SHIFT = 52 - BITS
ONE = 0x3FF << 52  # the bits of 1.0
_FINE = 1e-6  # in units of the scale
_DOUBLINGS = 16, 24
_REACH = 4.0  # times the top of the scale
_REACH_OF_ARCSINH = 30_000.0  # times the cofactor


@dataclass(frozen=True, eq=False)
class ScaleTable:
    """A scale as a table: `nodes` (2, m) for values above and below zero.

    `shape` holds the steepness, the u where the table ends, and the lowest and highest position
    of the scale. `error` bounds what the table may differ from the scale, in its units.
    """

    shape: Values
    nodes: Values
    error: float


@lru_cache(maxsize=64)
def table_of(scale: Scale) -> ScaleTable | None:
    """The table of a scale; None for one that is not curved, or that no table follows closely."""
    if isinstance(scale, Linear | Log):
        return None
    with np.errstate(all="ignore"):  # what overflows gives no table
        return _tabulated(scale, _top(scale))


def _tabulated(scale: Scale, top: float) -> ScaleTable | None:
    steepness = _steepness(scale, top)
    if not (math.isfinite(steepness) and steepness > 0):
        return None
    doublings = math.ceil(math.log2(_REACH * top * steepness + 1))
    count = min(max(doublings, _DOUBLINGS[0]), _DOUBLINGS[1])
    nodes = _sampled(scale, steepness, np.arange((count << BITS) + 1))
    between = _sampled(scale, steepness, np.arange(count << BITS) + 0.5)
    worst = float(np.abs((nodes[:, 1:] + nodes[:, :-1]) / 2 - between).max())
    if not worst <= _FINE:
        return None
    shape = np.array([steepness, 2.0**count, *ends_of(scale)])
    for array in (shape, nodes):
        array.setflags(write=False)
    return ScaleTable(shape, nodes, 2 * worst + 1e-9 + 1e-12 * float(np.abs(nodes).max()))


def ends_of(scale: Scale) -> tuple[float, float]:
    """The lowest and highest position of a scale."""
    if isinstance(scale, Biex):
        return 0.0, (BIEX_CHANNELS - 1) / BIEX_CHANNELS
    return -math.inf, math.inf


def _positions(linear: Values, scale: Scale) -> Values:
    """The scale without its ends, which would be kinks."""
    return on_curve(linear, scale) if isinstance(scale, Biex) else apply_scale(linear, scale)


def _top(scale: Scale) -> float:
    if isinstance(scale, Arcsinh):
        return scale.cofactor * _REACH_OF_ARCSINH
    if isinstance(scale, Biex):
        return scale.max
    return 1.0 if scale.T is None else scale.T


def _steepness(scale: Scale, top: float) -> float:
    """1 / (the linear value where the scale turns from straight to logarithmic)."""
    small = top * 1e-9
    below, above, tenth, high = _positions(np.array([-small, small, top / 10, top]), scale)
    straight = (above - below) / (2 * small)
    logarithmic = (high - tenth) / math.log(10)
    return float(straight / logarithmic) if logarithmic > 0 else math.nan


def _sampled(scale: Scale, steepness: float, places: NDArray[np.number]) -> Values:
    """The scale at fractional node numbers `places`, above and below zero."""
    octave, part = np.divmod(places, 1 << BITS)
    u = np.exp2(octave) * (1 + part / (1 << BITS))
    size = (u - 1) / steepness
    return np.stack([_positions(size, scale), _positions(-size, scale)])
