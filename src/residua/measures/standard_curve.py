"""A standard curve of quantitative PCR: the line Ct = slope log10(copies) + intercept.

Least squares over every standard well; copies of an unknown by inverse prediction.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import stdtrit

from residua.errors import ValueFault

_FLAT = -0.01  # 10^100 a cycle: beyond any number that means something


@dataclass(frozen=True)
class Line:
    """A fitted line over ``n`` wells; ``residual`` is the residual sum of squares (cycles^2).

    ``centre`` and ``spread`` are the mean and the sum of squares about it of log10(copies).
    """

    slope: float
    intercept: float
    r2: float
    n: int
    residual: float
    centre: float
    spread: float

    @property
    def efficiency(self) -> float | None:
        """Growth a cycle as a fraction, 1 for doubling: 10^(-1 / slope) - 1.

        None where the line does not fall, or so little that no growth fits it.
        """
        if self.slope > _FLAT:
            return None
        return float(math.expm1(-math.log(10) / self.slope))

    def copies(self, ct: float) -> float:
        """Copies at a Ct."""
        return float(10 ** ((ct - self.intercept) / self.slope))


def fit_line(copies: Sequence[float], ct: Sequence[float]) -> Line:
    """The least-squares line; `copies` above 0 and `ct` in cycles, of one length from 3 on.

    Raises `ValueFault` where they do not give a line.
    """
    x, y = np.log10(np.asarray(copies, dtype=np.float64)), np.asarray(ct, dtype=np.float64)
    spread = float(((x - x.mean()) ** 2).sum())
    total = float(((y - y.mean()) ** 2).sum())
    if x.size < 3 or spread == 0 or total == 0:
        raise ValueFault("three standards that differ", "fewer", "add standards")
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread
    intercept = float(y.mean() - slope * x.mean())
    residual = float(((y - intercept - slope * x) ** 2).sum())
    r2 = 1 - residual / total
    return Line(slope, intercept, r2, x.size, residual, float(x.mean()), spread)


def copies_interval(
    line: Line, cts: Sequence[float], *, level: float
) -> tuple[float, float] | None:
    """Fieller's interval of the copies behind the replicates `cts`, at `level`.

    Those x for which |mean(cts) - line(x)| <= t s sqrt(1/k + 1/n + (x - centre)^2 / spread); s^2
    pools the residual variance of the line with that of the k replicates, t has n + k - 3
    degrees of freedom. None where the slope is too uncertain for the interval to end.
    Fieller 1954, J R Stat Soc B 16:175. Exact where the errors of Ct are normal with one variance.
    """
    y = np.asarray(cts, dtype=np.float64)
    k, freedom = y.size, line.n + y.size - 3
    variance = (line.residual + float(((y - y.mean()) ** 2).sum())) / freedom
    t2 = float(stdtrit(freedom, (1 + level) / 2)) ** 2 * variance
    rise = float(y.mean()) - line.intercept - line.slope * line.centre
    certain = line.slope**2 - t2 / line.spread
    if certain <= 0:
        return None
    root = t2 * (certain * (1 / k + 1 / line.n) + rise**2 / line.spread)
    ends = [(line.slope * rise + sign * math.sqrt(root)) / certain for sign in (-1, 1)]
    if max(abs(line.centre + end) for end in ends) > 300:
        return None
    return float(10 ** (line.centre + ends[0])), float(10 ** (line.centre + ends[1]))


def grubbs_outlier(values: Sequence[float], *, alpha: float) -> int | None:
    """The place of the value that Grubbs' two-sided test rejects, or None.

    G = max |x - mean| / s against its critical value at `alpha`; from three values on.
    Grubbs 1969, Technometrics 11:1.
    """
    x = np.asarray(values, dtype=np.float64)
    n = x.size
    if n < 3 or np.ptp(x) == 0:
        return None
    away = np.abs(x - x.mean())
    place = int(away.argmax())
    t2 = float(stdtrit(n - 2, 1 - alpha / (2 * n))) ** 2
    critical = (n - 1) / math.sqrt(n) * math.sqrt(t2 / (n - 2 + t2))
    return place if away[place] / x.std(ddof=1) > critical else None


def first_rise(copies: Sequence[float], ct: Sequence[float]) -> tuple[float, float] | None:
    """The first two neighbouring quantities of which the larger has no lower mean Ct."""
    means = {
        level: float(np.mean([y for x, y in zip(copies, ct, strict=True) if x == level]))
        for level in sorted(set(copies))
    }
    levels = list(means)
    for lower, higher in pairwise(levels):
        if means[higher] >= means[lower]:
            return lower, higher
    return None


def ratio_interval(
    upper: tuple[float, float, float], lower: tuple[float, float, float], factor: float
) -> tuple[float, float, float]:
    """``factor x upper / lower`` of two (value, low, high), with an interval of their level.

    By recovering the variances of both on the log scale: Zou and Donner 2008, Stat Med 27:1693,
    doi:10.1002/sim.3095.
    """
    a, a_low, a_high = (math.log(part) for part in upper)
    b, b_low, b_high = (math.log(part) for part in lower)
    value = a - b
    low = value - math.hypot(a - a_low, b_high - b)
    high = value + math.hypot(a_high - a, b - b_low)
    return tuple(factor * math.exp(part) for part in (value, low, high))  # type: ignore[return-value]
