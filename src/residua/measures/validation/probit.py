"""Limit of detection: the level that is detected with 95 % probability, by probit.

P(detected) = Phi(slope (x - x95) + z95) in x = log10 of the level (Finney, Probit Analysis). The
interval is that of the profile likelihood, which also tells where the data have no end to one
side; it needs no approximation of the ratio that Fieller's theorem is for.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar
from scipy.special import chdtrc, log_ndtr, ndtr

from residua.facts.interval import Interval
from residua.measures.validation.laws import chi_square_point, normal_point
from residua.standards.assay_validation import ValidationNumbers

Values = NDArray[np.float64]
KIND = "profile likelihood, two-sided"
_FARTHEST = 6.0  # decades beyond the levels within which an end of the interval is looked for
_STEEPEST = 1e4  # slope per decade; a steeper line is a step
_TINY = 1e-10
_MISFIT = 0.05


@dataclass(frozen=True)
class Hits:
    """How often a level was detected."""

    level: float
    detected: int
    tested: int


@dataclass(frozen=True)
class DetectionLimit:
    """The level detected with the probability asked for, with its interval, or why not.

    `between` are the highest level that was missed and the lowest from which on all were
    detected, where the data leave a gap and no line.
    """

    hits: tuple[Hits, ...]
    level: float | None = None
    interval: Interval | None = None
    intercept: float | None = None
    slope: float | None = None
    misfit_p: float | None = None
    reason: str = ""
    between: tuple[float, float] | None = None
    flags: tuple[str, ...] = ()

    def probability(self, level: float) -> float:
        """Of detecting a level; NaN without a line."""
        if self.slope is None or self.intercept is None:
            return math.nan
        return float(ndtr(self.intercept + self.slope * math.log10(level)))


def detection_limit(hits: Sequence[Hits], numbers: ValidationNumbers) -> DetectionLimit:
    """The probit line of `hits` (levels above 0, each once) and its limit of detection."""
    ordered = tuple(sorted(hits, key=lambda hit: hit.level))
    reason, between = _unfit(ordered, numbers)
    if reason:
        return DetectionLimit(ordered, reason=reason, between=between)
    x = np.log10([hit.level for hit in ordered])
    counts = _Counts(
        x,
        np.array([hit.detected for hit in ordered], dtype=np.float64),
        np.array([hit.tested for hit in ordered], dtype=np.float64),
    )
    intercept, slope = fit_probit(counts.x, counts.detected, counts.tested)
    if slope <= 0:
        told = "the higher levels are not detected more often than the lower ones"
        return DetectionLimit(ordered, intercept=intercept, slope=slope, reason=told)
    z = normal_point(numbers.detection)
    x95 = (z - intercept) / slope
    interval = _interval(counts, x95, z, numbers.confidence)
    p = _misfit(counts, intercept, slope)
    return DetectionLimit(
        ordered, 10**x95, interval, intercept, slope, p,
        flags=_flags(ordered, 10**x95, interval, p),
    )  # fmt: skip


@dataclass(frozen=True)
class _Counts:
    x: Values
    detected: Values
    tested: Values


def _unfit(
    hits: Sequence[Hits], numbers: ValidationNumbers
) -> tuple[str, tuple[float, float] | None]:
    """Why no line can be fitted, and between which levels the limit then lies."""
    if len(hits) < numbers.probit_levels:
        return f"{len(hits) or 'no'} levels; a line needs {numbers.probit_levels}", None
    if all(hit.detected == hit.tested for hit in hits):
        return "every level was detected each time: the limit lies below the lowest one", None
    if not any(hit.detected for hit in hits):
        return "no level was ever detected", None
    missed = max(hit.level for hit in hits if hit.detected < hit.tested)
    found = min(hit.level for hit in hits if hit.detected)
    if missed < found:
        told = "complete separation: each level was detected always or never, so no line is known"
        return told, (missed, found)
    if missed == found:
        told = "only one level was detected sometimes; those beside it always or never, so no line"
        above = min((hit.level for hit in hits if hit.level > found), default=found)
        return f"{told} is known", (found, above)
    return "", None


def fit_probit(x: Values, detected: Values, tested: Values) -> tuple[float, float]:
    """Intercept and slope of largest likelihood, by Fisher scoring with halved steps."""
    share = float(detected.sum() / tested.sum())
    beta = np.array([normal_point(min(max(share, 0.01), 0.99)), 0.0])
    middle = float(np.average(x, weights=tested))
    design = np.column_stack([np.ones_like(x), x - middle])
    best = _likelihood(design @ beta, detected, tested)
    for _ in range(200):
        gradient, information = _score(design, beta, detected, tested)
        step = np.linalg.solve(information + 1e-12 * np.eye(2), gradient)
        trial, gained = beta, best
        for halving in range(30):  # until the step does no harm
            near = beta + step / 2**halving
            likely = _likelihood(design @ near, detected, tested)
            if likely >= best:
                trial, gained = near, likely
                break
        done = gained - best < _TINY
        beta, best = trial, max(best, gained)
        if done:
            break
    return float(beta[0] - beta[1] * middle), float(beta[1])


def _score(design: Values, beta: Values, detected: Values, tested: Values) -> tuple[Values, Values]:
    """Gradient and expected information of the probit likelihood."""
    z = design @ beta
    p = np.clip(ndtr(z), 1e-12, 1 - 1e-12)
    density = np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    weight = tested * density**2 / (p * (1 - p))
    gradient = design.T @ ((detected - tested * p) * density / (p * (1 - p)))
    return gradient, design.T @ (weight[:, None] * design)


def _likelihood(z: Values, detected: Values, tested: Values) -> float:
    return float((detected * log_ndtr(z) + (tested - detected) * log_ndtr(-z)).sum())


def _interval(counts: _Counts, x95: float, z: float, level: float) -> Interval:
    """Where the profile of x95 falls by half the chi-square point; an open end is 0 or inf."""
    drop = chi_square_point(1, level) / 2
    top = _profile(counts, x95, z)

    def excess(at: float) -> float:
        return _profile(counts, at, z) - top + drop

    low = _end(excess, x95, float(counts.x.min()) - _FARTHEST)
    high = _end(excess, x95, float(counts.x.max()) + _FARTHEST)
    return Interval(
        level, 0.0 if low is None else 10**low, math.inf if high is None else 10**high, KIND
    )


def _profile(counts: _Counts, at: float, z: float) -> float:
    """The largest likelihood of any rising line that reaches z at `at`."""

    def loss(log_slope: float) -> float:
        slope = math.exp(log_slope)
        return -_likelihood(slope * (counts.x - at) + z, counts.detected, counts.tested)

    found = minimize_scalar(
        loss, bounds=(math.log(1e-3), math.log(_STEEPEST)), method="bounded",
        options={"xatol": 1e-9},
    )  # fmt: skip
    return -float(found.fun)


def _end(excess: Callable[[float], float], start: float, limit: float) -> float | None:
    """Where `excess` changes sign between `start` and `limit`, in growing steps."""
    sign = 1.0 if limit > start else -1.0
    near, step = start, 0.02
    while sign * (limit - near) > 0:
        far = near + sign * step
        if excess(far) < 0:
            return float(brentq(excess, near, far, xtol=1e-9))
        near, step = far, step * 1.5
    return None


def _misfit(counts: _Counts, intercept: float, slope: float) -> float | None:
    """The p of Pearson's chi-square of the line; None with two levels, which it fits."""
    freedom = len(counts.x) - 2
    if freedom < 1:
        return None
    p = np.clip(ndtr(intercept + slope * counts.x), 1e-9, 1 - 1e-9)
    expected = counts.tested * p
    squares = (counts.detected - expected) ** 2 / (expected * (1 - p))
    return float(chdtrc(freedom, float(squares.sum())))


def _flags(
    hits: Sequence[Hits], level: float, interval: Interval, p: float | None
) -> tuple[str, ...]:
    flags = []
    shares = [hit.detected / hit.tested for hit in hits]
    if any(later < earlier for earlier, later in pairwise(shares)):
        flags.append("a higher level was detected less often than a lower one")
    if p is not None and p < _MISFIT:
        flags.append(f"the line does not describe the levels (chi-square, p {p:.2g})")
    if not hits[0].level <= level <= hits[-1].level:
        flags.append("the limit lies outside the levels that were measured")
    if interval.low == 0 or math.isinf(interval.high):
        flags.append("the levels leave the interval open at an end")
    return tuple(flags)
