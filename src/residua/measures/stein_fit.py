"""The model of Stein 2019 fitted to one patient: the most probable parameters and their error.

Maximum a posteriori: the population's spread is the prior, values scatter by its residual on the
natural log, values below LLOQ add the probability of being below it. ``covariance`` is Laplace's:
the inverse of the curvature at the most probable point, with the slopes of the curve taken as
constant there (Gauss and Newton). As the curve has a corner at Tmax, intervals are not taken
from it but from draws of the posterior (`posterior_draws`), which start from it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from scipy.special import log_ndtr

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.measures.posterior_draws import posterior_draws
from residua.measures.stein_model import (
    ORDER,
    checked_days,
    log_copies,
    log_copies_slopes,
    spread_of,
    typical_logs,
)
from residua.measures.transgene_course import TransgeneCourse
from residua.standards.stein_2019 import KineticModel

Array = npt.NDArray[np.float64]
LEVEL = 0.95
KIND = "posterior quantiles, two-sided, the population as prior"
HARDLY_INFORMED = 0.9
"""A posterior spread above this part of the population's is the population's."""
_STARTS = (0.5, 0.75, 1.0, 1.5, 2.0)


@dataclass(frozen=True)
class FittedParameter:
    """``from_population`` says that the patient's values hardly inform it."""

    id: str
    unit: str
    value: float
    interval: Interval
    from_population: bool


@dataclass(frozen=True)
class SteinFit:
    """``logs`` (6,), most probable, in the order of the parameters; ``covariance`` (6, 6).

    ``draws`` (m, 6) are of the posterior, as logs.

    ``derived`` holds doubling time and the two half-lives in days. The reason says why there is
    no fit; then all else is empty.
    """

    model: str
    reason: str
    quantified: int
    below: int
    logs: Array | None = None
    covariance: Array | None = None
    draws: Array | None = None
    parameters: tuple[FittedParameter, ...] = ()
    derived: tuple[FittedParameter, ...] = ()


@dataclass(frozen=True)
class _Problem:
    """Days (n,), ln of values or of LLOQs (n,), which are below, residual, prior."""

    days: Array
    seen: Array
    below: npt.NDArray[np.bool_]
    residual: float
    centre: Array
    spread: Array


def fit_stein(course: TransgeneCourse, model: KineticModel) -> SteinFit:
    """Fit one patient's values; raises `ValueFault` for a unit that is not the model's.

    Values without a day or without an LLOQ below it, and those before the infusion, take no part.
    """
    if course.unit not in (model.unit, "not stated"):
        raise ValueFault(f"values in {model.unit}", f"unit {course.unit!r}", "give those")
    used = [v for v in course.values if v.dated and (v.quantified or v.lloq is not None)]
    quantified = sum(v.quantified for v in used)
    below = len(used) - quantified
    if not quantified:
        return SteinFit(model.id, "no value at or above LLOQ", 0, below)
    problem = _Problem(
        np.array([v.first for v in used]),
        np.log([float((v.value if v.quantified else v.lloq) or 1.0) for v in used]),
        np.array([not v.quantified for v in used]),
        model.residual,
        typical_logs(model),
        spread_of(model),
    )
    checked_days(problem.days)
    logs = _most_probable(problem)
    covariance = np.asarray(np.linalg.inv(_curvature(problem, logs)), dtype=np.float64)
    draws = _drawn(problem, logs, covariance)
    return SteinFit(
        model.id,
        "",
        quantified,
        below,
        logs,
        covariance,
        draws,
        _parameters(model, logs, draws, problem.spread),
        _derived(logs, draws, problem.spread),
    )


def _drawn(problem: _Problem, logs: Array, covariance: Array) -> Array:
    """Draws of the parameters' logarithms, made in population standard deviations."""
    scale = problem.spread
    eta = (logs - problem.centre) / scale
    found = posterior_draws(
        lambda some: _minus_log(problem, some), eta, covariance / np.outer(scale, scale)
    )
    return np.asarray(problem.centre + scale * found)


def _minus_log(problem: _Problem, eta: Array) -> Array:
    """Minus the log posterior of each row of `eta` (m, 6), in population standard deviations."""
    logs = problem.centre + problem.spread * np.clip(eta, -12.0, 12.0)
    z = (problem.seen - log_copies(problem.days, logs)) / problem.residual
    loss = np.where(problem.below, -log_ndtr(z), 0.5 * z * z)
    return np.asarray(loss.sum(axis=-1) + 0.5 * (eta**2).sum(axis=-1))


def _most_probable(problem: _Problem) -> Array:
    """The best of several starts, as the curve has a corner at Tmax."""
    peak = float(problem.days[np.argmax(np.where(problem.below, -np.inf, problem.seen))])
    starts = [problem.centre]
    for factor in _STARTS if peak > 0 else ():
        start = problem.centre.copy()
        start[1] = math.log(peak * factor)
        start[2] = problem.seen[~problem.below].max()
        starts.append(start)

    def cost(eta: Array) -> tuple[float, Array]:
        return _cost(problem, eta)

    done = [
        minimize(cost, (s - problem.centre) / problem.spread, jac=True, method="BFGS")
        for s in starts
    ]
    best = min(done, key=lambda one: float(one.fun))
    return np.asarray(problem.centre + problem.spread * best.x, dtype=np.float64)


def _cost(problem: _Problem, eta: Array) -> tuple[float, Array]:
    """Minus the log posterior and its gradient, in population standard deviations."""
    kept = np.clip(eta, -12.0, 12.0)
    logs = problem.centre + problem.spread * kept
    z = (problem.seen - log_copies(problem.days, logs)) / problem.residual
    inside = log_ndtr(z)
    loss = np.where(problem.below, -inside, 0.5 * z * z)
    pull = np.where(problem.below, _hazard(z, inside), -z) / problem.residual
    slopes = log_copies_slopes(problem.days, logs) * problem.spread
    return float(loss.sum() + 0.5 * (eta**2).sum()), np.asarray(slopes.T @ pull + eta)


def _hazard(z: Array, log_inside: Array) -> Array:
    """phi(z) / Phi(z)."""
    return np.asarray(np.exp(-0.5 * z * z - 0.5 * math.log(2 * math.pi) - log_inside))


def _curvature(problem: _Problem, logs: Array) -> Array:
    """Of minus the log posterior by the parameters' logarithms, shape (6, 6)."""
    z = (problem.seen - log_copies(problem.days, logs)) / problem.residual
    hazard = _hazard(z, log_ndtr(z))
    weight = np.where(problem.below, hazard * (z + hazard), 1.0) / problem.residual**2
    slopes = log_copies_slopes(problem.days, logs)
    return np.asarray(np.diag(1 / problem.spread**2) + (slopes.T * weight) @ slopes)


def _parameters(
    model: KineticModel, logs: Array, draws: Array, spread: Array
) -> tuple[FittedParameter, ...]:
    units = {p.id: p.unit for p in model.parameters}
    return tuple(
        _fitted(name, units[name], logs[k], draws[:, k], spread[k]) for k, name in enumerate(ORDER)
    )


def _derived(logs: Array, draws: Array, spread: Array) -> tuple[FittedParameter, ...]:
    """Doubling time ln 2 Tmax / ln foldx, where there is growth, and the half-lives."""
    ln2 = math.log(2)
    found = []
    growing = draws[draws[:, 0] > 0]
    if logs[0] > 0 and len(growing):
        time = math.log(ln2) + growing[:, 1] - np.log(growing[:, 0])
        prior = math.hypot(spread[1], spread[0] / logs[0])
        best = math.log(ln2) + logs[1] - math.log(logs[0])
        found.append(_fitted("doubling time", "d", best, time, prior))
    for place, name in ((3, "half-life alpha"), (5, "half-life beta")):
        time, best = math.log(ln2) - draws[:, place], math.log(ln2) - logs[place]
        found.append(_fitted(name, "d", best, time, spread[place]))
    return tuple(found)


def _fitted(name: str, unit: str, log: float, draws: Array, prior: float) -> FittedParameter:
    low, high = np.exp(np.quantile(draws, _tails(LEVEL)))
    interval = Interval(LEVEL, float(low), float(high), KIND)
    rests = bool(draws.std() > HARDLY_INFORMED * prior)
    return FittedParameter(name, unit, math.exp(log), interval, rests)


def _tails(level: float) -> tuple[float, float]:
    return (1 - level) / 2, (1 + level) / 2


def fitted_curve(
    fit: SteinFit, days: Sequence[float], *, level: float = LEVEL
) -> tuple[tuple[float, float, float], ...]:
    """(low, curve, high) in copies/ug on each day, pointwise; empty where nothing was fitted."""
    if fit.logs is None or fit.draws is None:
        return ()
    times = np.asarray(days, dtype=np.float64)
    middle = np.exp(log_copies(times, fit.logs))
    low, high = np.exp(np.quantile(log_copies(times, fit.draws), _tails(level), axis=0))
    return tuple((float(a), float(b), float(c)) for a, b, c in zip(low, middle, high, strict=True))
