"""How fast MRD falls or rises: a log-linear trend with its interval, and what follows from it.

log10 of the fraction against days by `censored_line`: values below a limit count as the bounds
they are. A trend is told only where the interval of its slope excludes 0; times are then the
slope's own: log10(2) / slope. Projections hold if the trend goes on and nothing is given.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.measures.censored_line import CensoredData, CensoredLine, fit_censored_line
from residua.measures.mrd_observation import MrdObservation

Outcome = Literal["rise", "fall", "no trend shown", "not assessable"]
LEVEL = 0.95
KIND = "profile likelihood, two-sided"
CROSS_METHOD = "cross-method"
NOT_STATED = "method or denominator not stated"
GOES_ON = "if the trend goes on and treatment does not change"
_LOG2 = math.log10(2)


@dataclass(frozen=True)
class Projection:
    """The day on which the line reaches ``fraction``, from ``low`` to ``high`` (may be inf)."""

    fraction: float
    day: float
    low: float
    high: float
    assumption: str


@dataclass(frozen=True)
class MrdTrend:
    """``slope`` in log10 per day; ``doubling`` and ``halving`` times in days, None if not so.

    An interval of a time without an end has ``inf`` there: "at least so long". With "no trend
    shown" both times only have an interval, from their shortest on, and no estimate. ``line``
    is None where nothing could be fitted; ``scatter`` is in log10.
    """

    outcome: Outcome
    reason: str
    observations: tuple[MrdObservation, ...]
    flags: tuple[str, ...]
    slope: float | None = None
    slope_interval: Interval | None = None
    doubling: float | None = None
    doubling_interval: Interval | None = None
    halving: float | None = None
    halving_interval: Interval | None = None
    scatter: float | None = None
    line: CensoredLine | None = None


def measure_trend(
    observations: Sequence[MrdObservation],
    *,
    scatter: float | None = None,
    scatter_floor: float,
    level: float = LEVEL,
) -> MrdTrend:
    """The trend of one patient's results; `scatter` in log10 where it is known.

    Without it the scatter is estimated, which takes three numbers. `scatter_floor` is the least
    scatter (see the standard `mrd_growth`).
    """
    given = tuple(sorted(observations, key=lambda o: o.day))
    flags = _flags(given)
    reason = _lacking(given, scatter)
    if reason:
        return MrdTrend("not assessable", reason, given, flags)
    line = fit_censored_line(_data(given, scatter, scatter_floor))
    if scatter is None and line.scatter <= scatter_floor * 1.001 and not _errors(given):
        flags = (*flags, "the scatter is at its floor: the values lie on one line")
    return _told(line, given, flags, level)


def _lacking(given: Sequence[MrdObservation], scatter: float | None) -> str:
    days = {o.day for o in given if o.quantified}
    numbers = sum(o.quantified for o in given)
    if numbers < 2:
        return f"fewer than 2 quantified values ({numbers})"
    if len(days) < 2:
        return "the quantified values are of one day"
    if scatter is None and numbers < 3:
        return "2 quantified values show no scatter of their own, so the slope has no interval"
    return ""


def _flags(given: Sequence[MrdObservation]) -> tuple[str, ...]:
    methods, kinds = {o.method for o in given}, {o.denominator for o in given}
    flags = []
    if len(methods - {""}) > 1 or len(kinds - {""}) > 1:
        flags.append(CROSS_METHOD)
    if "" in methods or "" in kinds:
        flags.append(NOT_STATED)
    return tuple(flags)


def _errors(given: Sequence[MrdObservation]) -> bool:
    return any(o.error for o in given)


def _data(given: Sequence[MrdObservation], scatter: float | None, floor: float) -> CensoredData:
    if scatter is not None and not (math.isfinite(scatter) and scatter >= 0):
        raise ValueFault("a scatter of at least 0", "another", "correct it")
    used = None if scatter is None else max(scatter, floor)
    low = [math.log10(o.low) if o.low else -math.inf for o in given]
    high = [math.log10(o.high) for o in given]
    return CensoredData(
        np.array([o.day for o in given], dtype=np.float64),
        np.array(low, dtype=np.float64),
        np.array(high, dtype=np.float64),
        np.array([o.error for o in given], dtype=np.float64),
        used,
        floor,
    )


def _told(
    line: CensoredLine, given: tuple[MrdObservation, ...], flags: tuple[str, ...], level: float
) -> MrdTrend:
    low, high = line.slope_interval(level)
    outcome: Outcome = "rise" if low > 0 else "fall" if high < 0 else "no trend shown"
    reason = "the interval of the slope includes 0" if outcome == "no trend shown" else ""
    return MrdTrend(
        outcome,
        reason,
        given,
        flags,
        slope=line.slope,
        slope_interval=Interval(level, low, high, KIND),
        doubling=_LOG2 / line.slope if outcome == "rise" else None,
        doubling_interval=_times(low, high, level),
        halving=-_LOG2 / line.slope if outcome == "fall" else None,
        halving_interval=_times(-high, -low, level),
        scatter=line.scatter,
        line=line,
    )


def _times(low: float, high: float, level: float) -> Interval | None:
    """Days to double at slopes from `low` to `high`; None where none of them rises."""
    if high <= 0:
        return None
    shortest = 0.0 if math.isinf(high) else _LOG2 / high
    return Interval(level, shortest, _LOG2 / low if low > 0 else math.inf, KIND)


def project(trend: MrdTrend, fraction: float, *, level: float = LEVEL) -> Projection | str:
    """The day on which the trend reaches `fraction`, or in words why none is told."""
    if not 0 < fraction <= 1:
        raise ValueFault("a fraction above 0 and up to 1", "another", "correct it")
    line = trend.line
    if line is None or trend.outcome not in ("rise", "fall"):
        return f"{trend.outcome}: {trend.reason}"
    target, last = math.log10(fraction), trend.observations[-1].day
    if (target - line.at(last)) * line.slope <= 0:
        return "the trend leads away from this level, or has passed it"
    day = line.origin + (target - line.value) / line.slope
    low, high = line.crossing_interval(target, level)
    return Projection(fraction, day, low, high, GOES_ON)


def trend_band(
    trend: MrdTrend, days: Sequence[float], *, level: float = LEVEL
) -> tuple[tuple[float, float, float], ...]:
    """(low, line, high) as fractions on each day, pointwise; empty where nothing was fitted."""
    if trend.line is None:
        return ()
    found = []
    for day in days:
        low, high = trend.line.value_interval(day, level)
        found.append((_fraction(low), _fraction(trend.line.at(day)), _fraction(high)))
    return tuple(found)


def _fraction(log10_value: float) -> float:
    """No fraction is above 1, whatever a line says."""
    return float(10 ** min(log10_value, 0.0))
