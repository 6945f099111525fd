"""From compensated linear values to the units a gate is drawn in, fast.

Logicle, hyperlog and biex start from a table of the curve and take one Newton step, which
leaves an error below 1e-9 of the scale; `facts.scale_curves` is the oracle and serves values
beyond the table. FlowJo interpolates biex between whole channels; this follows the curve, which
differs from that by less than 1e-6 of a channel.
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from residua.facts.scale_curves import curve_of, exact_scale
from residua.facts.scales import (
    BIEX_CHANNELS,
    Arcsinh,
    Biex,
    Hyperlog,
    Linear,
    Log,
    Logicle,
    Scale,
    ScaledArcsinh,
)
from residua.measures.kernels.blocks import BLOCK

Values = NDArray[np.float64]
_LN10 = math.log(10)
_NODES = 4097
_BEYOND = 2.0  # the table reaches as far above the top of the scale as zero lies below it


def apply_scale(values: NDArray[np.floating], scale: Scale) -> Values:
    """Scaled `values` (n,) as float64; the source of each formula is `residua.facts.scales`."""
    linear = np.asarray(values, dtype=np.float64)
    if isinstance(scale, Logicle | Hyperlog | Biex):
        return _in_chunks(linear, scale)
    return _closed_form(linear, scale)


def _closed_form(linear: Values, scale: Linear | Log | Arcsinh | ScaledArcsinh) -> Values:
    if isinstance(scale, Linear):
        return linear if scale.T is None else (linear + scale.A) / (scale.T + scale.A)
    if isinstance(scale, Log):
        with np.errstate(divide="ignore"):  # what is not above 0 lies at -inf
            return np.asarray(np.log10(np.maximum(linear, 0) / scale.T) / scale.M + 1)
    if isinstance(scale, Arcsinh):
        return np.asarray(np.arcsinh(linear / scale.cofactor))
    steep = math.sinh(scale.M * _LN10) / scale.T
    return (np.arcsinh(linear * steep) + scale.A * _LN10) / ((scale.M + scale.A) * _LN10)


def _in_chunks(linear: Values, scale: Logicle | Hyperlog | Biex) -> Values:
    scaled = np.empty_like(linear)
    for first in range(0, len(linear), BLOCK):
        some = linear[first : first + BLOCK]
        between = _biex(some, scale) if isinstance(scale, Biex) else _by_table(some, scale)
        scaled[first : first + BLOCK] = between
    return scaled


def _biex(linear: Values, scale: Biex) -> Values:
    """Channels divided by 4096, from channel 0 to 4095: what lies beyond counts at the end."""
    top = _table(scale)[1][-1]
    within = on_curve(np.clip(linear, -top, top), scale)
    return np.asarray(np.clip(within, 0.0, (BIEX_CHANNELS - 1) / BIEX_CHANNELS))


def on_curve(linear: Values, scale: Logicle | Hyperlog | Biex) -> Values:
    """Scaled values by the curve itself, to twice its top; without the ends of biex."""
    curve = curve_of(scale)
    positions, table = _table(scale)
    size = np.abs(linear)
    start = np.interp(size, table, positions)
    step = (curve.value(start) - size) / curve.slope(start)
    return np.asarray(curve.zero + np.copysign(start - step - curve.zero, linear))


def _by_table(linear: Values, scale: Logicle | Hyperlog) -> Values:
    with np.errstate(invalid="ignore"):
        scaled = on_curve(linear, scale)
    beyond = np.flatnonzero(~(np.abs(linear) <= _table(scale)[1][-1]))
    if len(beyond):
        some, places = np.unique(linear[beyond], return_inverse=True)
        scaled[beyond] = exact_scale(some, scale)[places]
    return scaled


@lru_cache(maxsize=64)
def _table(scale: Logicle | Hyperlog | Biex) -> tuple[Values, Values]:
    curve = curve_of(scale)
    positions = np.linspace(curve.zero, _BEYOND, _NODES)
    table = curve.value(positions)
    table[0] = 0.0
    return positions, table
