"""Standard curves of immunoassays: a logistic curve fitted to standards, and its range.

Least squares on the logarithm of the response (constant relative error) from fixed starts, so
that the same standards give the same curve. The range is that of the standards whose
back-calculated concentration is near the nominal one; nothing is told outside it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from residua.measures.logistic_model import Logistic, log_error, log_response
from residua.standards.bead_assay import CurveRules

Values = NDArray[np.float64]
Model = Literal["4pl", "5pl"]
_BOUND = 60.0  # of a logarithm: beyond it lies no measurable number
_STARTS_SKEW = (0.0, math.log(0.4), math.log(2.5))


@dataclass(frozen=True)
class StandardLevel:
    """One concentration of the standards; `back` its back-calculated concentration."""

    nominal: float
    response: float
    wells: int
    back: float | None
    recovery: float | None
    accepted: bool


@dataclass(frozen=True, eq=False)
class LogisticFit:
    """A fitted curve: `covariance` of its logs, `variance` of ln response, `free` degrees.

    `lloq` and `uloq` are the ends of the accepted range. `r2` is on the logarithm of the response.
    """

    curve: Logistic
    model: Model
    covariance: Values
    variance: float
    free: int
    r2: float
    levels: tuple[StandardLevel, ...]
    lloq: float
    uloq: float


@dataclass(frozen=True)
class NoCurve:
    """Why there is no curve."""

    reason: str
    levels: tuple[StandardLevel, ...] = ()


def fit_logistic(
    concentrations: Sequence[float], responses: Sequence[float], model: Model, rules: CurveRules
) -> LogisticFit | NoCurve:
    """The curve of standards and blanks (concentration 0); one response a well, linear.

    A reason in place of a curve where the standards do not suffice.
    """
    x, y = np.asarray(concentrations, np.float64), np.asarray(responses, np.float64)
    reason = _unfit(x, y, model, rules)
    if reason:
        return NoCurve(reason)
    solved = _solve(x, np.log(y), model)
    if solved is None:
        return NoCurve("the logistic curve does not settle on these standards")
    logs, covariance, variance = solved
    curve = Logistic(tuple(float(value) for value in logs))
    levels = _levels(x, y, curve, (covariance, variance), rules)
    run = _longest_run(levels)
    if len(run) < rules.fewest:
        low, high = (f"{share:.0%}" for share in rules.recovery)
        few = f"{len(run)} neighbouring standards are accepted (recovery {low} to {high})"
        return NoCurve(f"{few}, {rules.fewest} are needed", levels)
    residual = np.log(y) - log_response(logs, x)
    total = float(((np.log(y) - np.log(y).mean()) ** 2).sum())
    r2 = 1 - float(residual @ residual) / total
    return LogisticFit(
        curve, model, covariance, variance, len(y) - len(logs), r2, levels,
        run[0].nominal, run[-1].nominal,
    )  # fmt: skip


def _unfit(x: Values, y: Values, model: Model, rules: CurveRules) -> str:
    """Why standards give no curve, "" where they may."""
    if not (x > 0).any():
        return "no standard above zero: blanks alone give no curve"
    if not (np.isfinite(y) & (y > 0)).all():
        return "a standard without a response above zero"
    levels = np.unique(x[x > 0])
    needed = rules.levels[model]
    if len(levels) < needed:
        return f"{len(levels)} concentrations of standards, {model.upper()} needs {needed}"
    means = [float(np.log(y[x == level]).mean()) for level in np.unique(x)]
    if max(means) - min(means) < math.log(rules.span):
        return f"the responses of the standards differ less than {rules.span:g}-fold"
    highest = np.maximum.accumulate(means)
    if (np.array(means) < highest + math.log(1 - rules.fall)).any():
        return f"the standards are not monotone: one is {rules.fall:.0%} or more below a lower one"
    return ""


def _solve(x: Values, y: Values, model: Model) -> tuple[Values, Values, float] | None:
    """The logs, their covariance and the residual variance of the best of the starts."""

    def away(logs: Values) -> Values:
        return log_response(logs, x) - y

    best = None
    for start in _starts(x, y, model):
        found = least_squares(away, start, x_scale="jac", bounds=(-_BOUND, _BOUND), max_nfev=500)
        if found.success and (best is None or found.cost < best.cost * (1 - 1e-9)):
            best = found
    if best is None or len(y) <= len(best.x):
        return None
    variance = 2 * float(best.cost) / (len(y) - len(best.x))
    jacobian = np.asarray(best.jac, dtype=np.float64)
    # a direction that the standards leave open has no finite variance; pinv takes it as known,
    # which is right for the concentrations between the standards that it does not move
    inverse = np.linalg.pinv(jacobian.T @ jacobian, rcond=1e-12)
    covariance = np.asarray(variance * inverse, dtype=np.float64)
    return np.asarray(best.x, dtype=np.float64), covariance, variance


def _starts(x: Values, y: Values, model: Model) -> list[Values]:
    """From the lowest and highest response, the middle where half the rise is passed."""
    low, high = float(y.min()) - 0.05, float(y.max()) + 0.3
    rise = math.log(math.exp(high) - math.exp(low))
    positive = x > 0
    half = np.argmin(np.abs(np.exp(y[positive]) - (math.exp(low) + math.exp(high)) / 2))
    middle = math.log(x[positive][half])
    four = [np.array([low, rise, middle, math.log(slope)]) for slope in (1.0, 0.6, 1.6)]
    if model == "4pl":
        return four
    return [np.append(start, skew) for start in four for skew in _STARTS_SKEW]


def _levels(
    x: Values, y: Values, curve: Logistic, errors: tuple[Values, float], rules: CurveRules
) -> tuple[StandardLevel, ...]:
    found = []
    for nominal in np.unique(x[x > 0]):
        responses = y[x == nominal]
        response = float(np.exp(np.log(responses).mean()))
        back = curve.concentration(response)
        recovery = None if back is None else back / float(nominal)
        near = recovery is not None and rules.recovery[0] <= recovery <= rules.recovery[1]
        error = log_error(curve, errors[0], errors[1], float(nominal), len(responses))
        accepted = near and error <= rules.error
        level = StandardLevel(float(nominal), response, len(responses), back, recovery, accepted)
        found.append(level)
    return tuple(found)


def _longest_run(levels: Sequence[StandardLevel]) -> list[StandardLevel]:
    """The longest unbroken run of accepted levels; of two as long the higher one."""
    runs = [list(run) for accepted, run in groupby(levels, lambda one: one.accepted) if accepted]
    return max(reversed(runs), key=len, default=[])
