"""A straight line through numbers and bounds by likelihood, with profile-likelihood intervals.

y = v + b (t - t0) + e, e normal with variance tau^2 + s_i^2: s_i is the stated error of a number,
tau the scatter common to all, given or estimated. A bound adds the probability of lying within
it (Tobin, Econometrica 1958;26:24). An interval holds every value whose likelihood ratio against
the best is at most chi-square's 95 % point where tau is given and n log(1 + t^2 / (n - 2)) where
it is estimated from n numbers: without bounds and errors that is Student's interval exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
from scipy.optimize import brentq, minimize
from scipy.special import log_ndtr, ndtri, stdtrit

Array = npt.NDArray[np.float64]
_LOG_ROOT_2_PI = 0.5 * math.log(2 * math.pi)
_LARGEST = 20.0  # of an exponent: no trial step of the search goes beyond
_STEPS = 60
"""Doublings of the step outwards before an interval is said to have no end."""


@dataclass(frozen=True)
class CensoredData:
    """Times (n,); bounds `low`, `high` (n,), equal for a number and -inf for no lower bound.

    `error` (n,) is the stated error of each number. `scatter` is tau where it is given.
    """

    time: Array
    low: Array
    high: Array
    error: Array
    scatter: float | None
    floor: float

    @cached_property
    def exact(self) -> npt.NDArray[np.bool_]:
        """Which of them are numbers."""
        return np.asarray(self.low == self.high)

    @cached_property
    def all_exact(self) -> bool:
        """Whether none of them is a bound."""
        return bool(self.exact.all())


@dataclass(frozen=True)
class CensoredLine:
    """The best line: `value` at the time `origin`, `slope` per unit of time, `scatter` tau."""

    data: CensoredData
    origin: float
    value: float
    slope: float
    scatter: float
    log_likelihood: float

    def at(self, time: float) -> float:
        """The line's value at a time."""
        return self.value + self.slope * (time - self.origin)

    def slope_interval(self, level: float) -> tuple[float, float]:
        """The profile-likelihood interval of the slope; an end may be infinite."""
        return self._ends(lambda x: self._lost(self.origin, slope=x), self.slope, level)

    def value_interval(self, time: float, level: float) -> tuple[float, float]:
        """The profile-likelihood interval of the line's value at `time`."""
        return self._ends(lambda x: self._lost(time, value=x), self.at(time), level)

    def crossing_interval(self, target: float, level: float) -> tuple[float, float]:
        """The times at which the line may reach `target`; ends may be infinite."""
        best = self.origin + (target - self.value) / self.slope
        return self._ends(lambda t: self._lost(t, value=target), best, level)

    def _lost(
        self, origin: float, *, value: float | None = None, slope: float | None = None
    ) -> float:
        """Twice the log-likelihood that is lost by fixing the value at `origin` or the slope."""
        start = (self.at(origin), self.slope, self.scatter)
        held = _fit(self.data, origin, start, value=value, slope=slope)
        return max(2 * (self.log_likelihood - held.log_likelihood), 0.0)

    def _ends(
        self, lost: Callable[[float], float], best: float, level: float
    ) -> tuple[float, float]:
        allowed = math.sqrt(_allowed(self.data, level))
        low, high = (_end(lost, best, sign, allowed) for sign in (-1, 1))
        return low, high


def fit_censored_line(data: CensoredData) -> CensoredLine:
    """The line of greatest likelihood; needs two numbers at different times."""
    exact = data.exact
    time, y = data.time[exact], data.low[exact]
    centre = float(time.mean())
    slope = float(((time - centre) * y).sum() / ((time - centre) ** 2).sum())
    spread = float(np.std(y - y.mean() - slope * (time - centre)))
    start = (float(y.mean()), slope, max(spread, data.floor, 0.05))
    return _fit(data, centre, start)


def _allowed(data: CensoredData, level: float) -> float:
    """How much of twice the log-likelihood an interval may lose."""
    numbers = int(data.exact.sum())
    if data.scatter is not None:
        return float(ndtri((1 + level) / 2)) ** 2
    t = float(stdtrit(numbers - 2, (1 + level) / 2))
    return numbers * math.log1p(t * t / (numbers - 2))


def _end(lost: Callable[[float], float], best: float, sign: int, allowed: float) -> float:
    """The nearest point beyond `best` at which more than `allowed` squared is lost; inf if none.

    The root of what is lost is nearly straight, so the first step is aimed by a short one.
    """

    @cache  # each point is a fit, and the search for the root asks for its ends again
    def root(x: float) -> float:
        return math.sqrt(lost(x)) - allowed

    near, step = best, sign * max(abs(best), 1e-3) * 0.02
    short = root(near + step) + allowed
    step *= min(max(1.05 * allowed / short, 0.1), 1e3) if short > 0 else 2.0
    for _ in range(_STEPS):
        far = near + step
        if root(far) > 0:
            return float(brentq(root, near, far, xtol=abs(step) * 1e-6))
        near, step = far, 2 * step
    return math.copysign(math.inf, sign)


def _fit(
    data: CensoredData,
    origin: float,
    start: tuple[float, float, float],
    *,
    value: float | None = None,
    slope: float | None = None,
) -> CensoredLine:
    """The best line, with the value at `origin` or the slope held where given."""
    away = data.time - origin
    scale = float(np.abs(away).max()) or 1.0
    held = (value, None if slope is None else slope * scale, _excess(data.scatter, data.floor))
    first = (start[0], start[1] * scale, _excess(max(start[2], 1.1 * data.floor), data.floor))
    free = [place for place in range(3) if held[place] is None]
    full = np.array([f if h is None else h for f, h in zip(first, held, strict=True)])

    def cost(some: Array) -> tuple[float, Array]:
        theta = full.copy()
        theta[free] = some
        loss, slopes = _loss(theta, away / scale, data)
        return loss, slopes[free]

    # Not L-BFGS-B: its calls of LAPACK wake threads, which take longer than the fit itself.
    done = minimize(cost, full[free], jac=True, method="BFGS", options={"gtol": 1e-7})
    full[free] = done.x
    loss, _ = _loss(full, away / scale, data)
    scatter = data.scatter if data.scatter is not None else _scatter(full[2], data.floor)
    return CensoredLine(data, origin, float(full[0]), float(full[1]) / scale, scatter, -loss)


def _excess(scatter: float | None, floor: float) -> float | None:
    """Half the log of what tau^2 has above the floor's square: any number gives a scatter."""
    if scatter is None:
        return None
    above = scatter**2 - floor**2
    return 0.5 * math.log(above) if above > 0 else -math.inf


def _scatter(excess: float, floor: float) -> float:
    return math.sqrt(floor**2 + math.exp(2 * excess))


def _loss(theta: Array, away: Array, data: CensoredData) -> tuple[float, Array]:
    """Minus the log-likelihood and its gradient by value, slope (scaled) and excess scatter."""
    above = math.exp(min(2 * theta[2], _LARGEST))
    variance = data.floor**2 + above + data.error**2
    sd = np.sqrt(variance)
    mean = theta[0] + theta[1] * away
    if data.all_exact:
        log_p, by_mean, by_sd = _number(data.low, mean, sd)
    else:
        log_p, by_mean, by_sd = np.empty_like(mean), np.empty_like(mean), np.empty_like(mean)
        exact, inside = data.exact, ~data.exact
        log_p[exact], by_mean[exact], by_sd[exact] = _number(
            data.low[exact], mean[exact], sd[exact]
        )
        log_p[inside], by_mean[inside], by_sd[inside] = _within(
            (data.low[inside] - mean[inside]) / sd[inside],
            (data.high[inside] - mean[inside]) / sd[inside],
            sd[inside],
        )
    by_excess = by_sd * (above / variance)
    gradient = np.array([by_mean.sum(), (by_mean * away).sum(), by_excess.sum()])
    return -float(log_p.sum()), -gradient


def _number(y: Array, mean: Array, sd: Array) -> tuple[Array, Array, Array]:
    """The log density at `y` and its slopes by the mean and by log sd."""
    z = (y - mean) / sd
    return -0.5 * z * z - np.log(sd) - _LOG_ROOT_2_PI, z / sd, z * z - 1


def _within(low: Array, high: Array, sd: Array) -> tuple[Array, Array, Array]:
    """log(Phi(high) - Phi(low)) and its slopes by the mean and by log sd."""
    turned = low > 0  # the tail that does not cancel
    a, b = np.where(turned, -high, low), np.where(turned, -low, high)
    upper, lower = log_ndtr(b), log_ndtr(a)
    log_p = upper + np.log1p(-np.exp(np.minimum(lower - upper, -1e-15)))
    dense_low, dense_high = (
        np.exp(np.minimum(-0.5 * z * z - _LOG_ROOT_2_PI - log_p, 700.0)) for z in (low, high)
    )
    finite = np.where(np.isfinite(low), low, 0.0)
    by_mean = (dense_low - dense_high) / sd
    by_sd = finite * dense_low - high * dense_high
    return log_p, by_mean, by_sd
