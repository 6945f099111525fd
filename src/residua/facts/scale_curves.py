"""The curves of the scales without closed form, solved value by value: exact, slow, the oracle.

Each scale is given by its inverse: from a scale position y (0-1) to a linear value, for y at
or above the position x1 of zero; below it the curve is mirrored at x1. A position is found by
halving one and the same interval for every value, so that a higher value never has a lower
position, not even by rounding. Logicle: Moore and
Parks, Cytometry A 2012;81A:273, doi:10.1002/cyto.a.22030. Hyperlog: Bagwell, Cytometry A
2005;64A:34, doi:10.1002/cyto.a.20114, as scaled in Gating-ML 2.0 section 6.

FlowJo's biex is the logicle curve with W = log10(-width) / 2, M + A = pos + neg and A = neg on
4096 channels, with habits of its own: the channel of zero is rounded down (and lies at most in
the middle), M + A is stretched so that W + A ends on that channel, and a channel is 1/4097 of the
curve. A table that FlowJo wrote (width -10^0.9, neg 1, pos 4.41854, max 262144) agrees with this
channel by channel, to one unit of the sixth and last digit that it prints; the table of FlowKit,
which follows the same habits, to 1e-9 of the value with every parameter tried (tests/agreement).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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

Values = NDArray[np.float64]
_LN10 = math.log(10)
_FINEST = 1e-17  # of the scale
_LARGEST = 709.0  # the exponential of more is beyond float64


@dataclass(frozen=True)
class LogicleCurve:
    """a e^(b y) - c e^(-d y) + f."""

    zero: float
    a: float
    b: float
    c: float
    d: float
    f: float

    def value(self, y: Values) -> Values:
        """The linear value at scale position `y`."""
        result: Values = self.a * np.exp(self.b * y) - self.c * np.exp(-self.d * y) + self.f
        return result

    def slope(self, y: Values) -> Values:
        """The derivative of `value`."""
        rising = self.a * self.b * np.exp(self.b * y)
        result: Values = rising + self.c * self.d * np.exp(-self.d * y)
        return result

    def at(self, y: float) -> float:
        """As `value`, for one position."""
        return self.a * _exp(self.b * y) - self.c * math.exp(-self.d * y) + self.f


@dataclass(frozen=True)
class HyperlogCurve:
    """a e^(b y) + c y - f."""

    zero: float
    a: float
    b: float
    c: float
    f: float

    def value(self, y: Values) -> Values:
        """The linear value at scale position `y`."""
        result: Values = self.a * np.exp(self.b * y) + self.c * y - self.f
        return result

    def slope(self, y: Values) -> Values:
        """The derivative of `value`."""
        result: Values = self.a * self.b * np.exp(self.b * y) + self.c
        return result

    def at(self, y: float) -> float:
        """As `value`, for one position."""
        return self.a * _exp(self.b * y) + self.c * y - self.f


Curve = LogicleCurve | HyperlogCurve


@lru_cache(maxsize=64)
def curve_of(scale: Logicle | Hyperlog | Biex) -> Curve:
    """The curve of a logicle, hyperlog or biex scale."""
    if isinstance(scale, Biex):
        return _biex_curve(scale)
    w = scale.W / (scale.M + scale.A)
    x2 = scale.A / (scale.M + scale.A)
    x1, x0 = x2 + w, x2 + 2 * w
    b = (scale.M + scale.A) * _LN10
    if isinstance(scale, Hyperlog):
        e0 = math.exp(b * x0)
        ca = e0 / w
        fa = math.exp(b * x1) + ca * x1
        a = scale.T / (math.exp(b) + ca - fa)
        return HyperlogCurve(x1, a, b, ca * a, fa * a)
    d = _logicle_d(b, w)
    ca = math.exp(x0 * (b + d))
    fa = math.exp(b * x1) - ca * math.exp(-d * x1)
    a = scale.T / (math.exp(b) - fa - ca * math.exp(-d))
    return LogicleCurve(x1, a, b, ca * a, d, -fa * a)


def _logicle_d(b: float, w: float) -> float:
    """The root of 2 (ln d - ln b) + w (b + d) = 0."""
    low, high = 0.0, b
    while low < (middle := (low + high) / 2) < high:
        rises = 2 * (math.log(middle) - math.log(b)) + w * (b + middle) > 0
        low, high = (low, middle) if rises else (middle, high)
    return high


def _biex_curve(scale: Biex) -> LogicleCurve:
    linear = math.log10(-scale.width) / 2
    below, decades = scale.neg + linear, scale.pos - linear
    zero = min(int(below * BIEX_CHANNELS / (below + decades)), BIEX_CHANNELS // 2)
    if zero > 0:
        decades = below * BIEX_CHANNELS / zero
    w, b = linear / decades, decades * _LN10
    d = _logicle_d(b, w)
    a = scale.max * math.exp(-b)
    c = a * math.exp((b + d) * (w + below / decades))
    step = BIEX_CHANNELS / (BIEX_CHANNELS + 1)
    at_zero = zero / BIEX_CHANNELS
    f = c * math.exp(-d * step * at_zero) - a * math.exp(b * step * at_zero)
    return LogicleCurve(at_zero, a, b * step, c, d * step, f)


def exact_position(value: float, scale: Scale) -> float:
    """The scale position of one linear value, on any scale; slow, plain, exact.

    The closed forms stand in `residua.facts.scales`; biex ends at channels 0 and 4095. A value
    of 0 or less lies at -inf on a log scale.
    """
    if isinstance(scale, Linear):
        return value if scale.T is None else (value + scale.A) / (scale.T + scale.A)
    if isinstance(scale, Log):
        share = value / scale.T
        return math.log10(share) / scale.M + 1 if share > 0 else -math.inf
    if isinstance(scale, Arcsinh):
        return math.asinh(value / scale.cofactor)
    if isinstance(scale, ScaledArcsinh):
        steep = math.sinh(scale.M * _LN10) / scale.T
        return (math.asinh(value * steep) + scale.A * _LN10) / ((scale.M + scale.A) * _LN10)
    position = _position(value, curve_of(scale))
    if isinstance(scale, Biex):
        return min(max(position, 0.0), (BIEX_CHANNELS - 1) / BIEX_CHANNELS)
    return position


def exact_scale(values: Values, scale: Scale) -> Values:
    """Scale positions of linear `values`, each by `exact_position`."""
    return np.array([exact_position(float(value), scale) for value in values], dtype=np.float64)


def _position(value: float, curve: Curve) -> float:
    size = abs(value)
    if not math.isfinite(value) or not size:
        return value if size else curve.zero
    low, high = curve.zero, 1.0
    while curve.at(high) < size:
        low, high = high, 2 * high
    while high - low > _FINEST and low < (middle := (low + high) / 2) < high:
        low, high = (middle, high) if curve.at(middle) < size else (low, middle)
    return curve.zero + math.copysign(high - curve.zero, value)


def _exp(exponent: float) -> float:
    return math.exp(exponent) if exponent < _LARGEST else math.inf
