"""Logicle and hyperlog as their papers define them, solved value by value: the oracle.

Each scale is given by its inverse: from a scale position y (0-1) to a linear value, for y at
or above the position x1 of zero; below it the curve is mirrored at x1. Logicle: Moore and
Parks, Cytometry A 2012;81A:273, doi:10.1002/cyto.a.22030. Hyperlog: Bagwell, Cytometry A
2005;64A:34, doi:10.1002/cyto.a.20114, as scaled in Gating-ML 2.0 section 6.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq

from residua.facts.scales import Hyperlog, Logicle

Values = NDArray[np.float64]
_LN10 = math.log(10)


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


Curve = LogicleCurve | HyperlogCurve


@lru_cache(maxsize=64)
def curve_of(scale: Logicle | Hyperlog) -> Curve:
    """The curve of a logicle or hyperlog scale."""
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
    if w == 0:
        return b
    root: float = brentq(
        lambda d: 2 * (math.log(d) - math.log(b)) + w * (b + d), 1e-300, b, xtol=1e-15, rtol=1e-15
    )
    return root


def exact_scale(values: Values, scale: Logicle | Hyperlog) -> Values:
    """Scale positions of linear `values`, each by bracketing its root; slow, plain, exact."""
    curve = curve_of(scale)
    return np.array([_position(float(value), curve) for value in values], dtype=np.float64)


def _position(value: float, curve: Curve) -> float:
    if not math.isfinite(value):
        return value
    top = 1.0
    while curve.value(np.float64(top)) < abs(value):  # type: ignore[arg-type]
        top *= 2
    distance: float = (
        brentq(
            lambda y: float(curve.value(y)) - abs(value), curve.zero, top, xtol=1e-16, rtol=1e-15
        )
        - curve.zero
        if value
        else 0.0
    )
    return curve.zero + math.copysign(distance, value)
