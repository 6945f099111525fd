"""Decades: asinh(value / 150) / ln 10, the scale on which the laws of a marrow stand.

A law that is Gaussian here is Gaussian in the value about zero and log-normal far above 150.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

COFACTOR = 150.0  # usual for 18-bit conventional cytometers, and that of the gate templates
_LN_10 = math.log(10)


def to_decades(values: NDArray[Any]) -> NDArray[Any]:
    """Linear values of any shape in decades."""
    return np.asarray(np.arcsinh(values / COFACTOR) / _LN_10)


def to_linear(decades: NDArray[Any]) -> NDArray[Any]:
    """The inverse of `to_decades`."""
    return np.asarray(np.sinh(decades * _LN_10) * COFACTOR)


def light_per_decade(values: NDArray[Any]) -> NDArray[Any]:
    """d value / d decade at linear `values`."""
    return np.asarray(_LN_10 * np.hypot(values, COFACTOR))
