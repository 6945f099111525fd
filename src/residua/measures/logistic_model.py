"""The logistic curve of four or five parameters that rises with the concentration.

response(x) = bottom + (top - bottom) / (1 + (middle / x)^slope)^skew

(four parameters: skew 1). Its parameters are held as logarithms, of the bottom, of the rise above
it, of the middle, the slope and the skew: whatever they are, the response is above zero and rises.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_LARGEST = 700.0  # exp of more is no float
_STEP = 1e-5  # of a logarithm, for derivatives


@dataclass(frozen=True)
class Logistic:
    """One curve: `logs` are the natural logarithms named above, four or five of them."""

    logs: tuple[float, ...]

    @property
    def bottom(self) -> float:
        """The response without analyte."""
        return math.exp(self.logs[0])

    @property
    def top(self) -> float:
        """The response to endless analyte."""
        return math.exp(self.logs[0]) + math.exp(self.logs[1])

    @property
    def middle(self) -> float:
        """The concentration at which four parameters give half the rise."""
        return math.exp(self.logs[2])

    @property
    def slope(self) -> float:
        """Hill's slope."""
        return math.exp(self.logs[3])

    @property
    def skew(self) -> float:
        """The exponent of the asymmetry, 1 with four parameters."""
        return math.exp(self.logs[4]) if len(self.logs) > 4 else 1.0

    def response(self, concentration: Values) -> Values:
        """The response at concentrations from 0 on."""
        return np.exp(log_response(np.array(self.logs), concentration))

    def concentration(self, response: float) -> float | None:
        """The inverse: middle / ((rise / (response - bottom))^(1/skew) - 1)^(1/slope).

        None where the response is not between bottom and top.
        """
        part = (response - self.bottom) / (self.top - self.bottom)
        if not 0 < part < 1:
            return None
        power = -math.log(part) / self.skew
        if not 0 < power < _LARGEST:
            return None
        odds = math.expm1(power)
        logarithm = self.logs[2] - math.log(odds) / self.slope
        return math.exp(logarithm) if abs(logarithm) < _LARGEST else None


def log_response(logs: Values, concentration: Values) -> Values:
    """The natural logarithm of the response; a concentration of 0 gives that of the bottom."""
    with np.errstate(divide="ignore"):
        x = np.log(concentration)
    skew = np.exp(logs[4]) if len(logs) > 4 else 1.0
    share = -skew * np.logaddexp(0.0, np.exp(logs[3]) * (logs[2] - x))
    answer: Values = np.logaddexp(logs[0], logs[1] + share)
    return answer


def log_error(
    curve: Logistic, covariance: Values, variance: float, x: float, replicates: int
) -> float:
    """The standard error of ln concentration at `x` from so many replicates, by the delta method.

    Variance of ln x: (s^2 / k + g' V g) / (d ln response / d ln x)^2 with s^2 the residual
    `variance`, k `replicates`, g the gradient of ln response by the logs and V their
    `covariance`.
    """
    logs, at = np.array(curve.logs), np.array([x])
    rise = log_response(logs, at * math.exp(_STEP)) - log_response(logs, at * math.exp(-_STEP))
    moves = _STEP * np.eye(len(logs))
    gradient = np.array(
        [log_response(logs + move, at)[0] - log_response(logs - move, at)[0] for move in moves]
    ) / (2 * _STEP)
    own = variance / replicates + float(gradient @ covariance @ gradient)
    slope = float(rise[0]) / (2 * _STEP)
    return math.sqrt(max(own, 0.0)) / slope if slope > 0 else math.inf
