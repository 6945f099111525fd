"""Kinetics of MRD, for ``course.json`` and the report."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import Any

from residua import NOTICE
from residua.course.course import Course
from residua.course.curves import Curves
from residua.course.mrd_curve import AssumedGrowth, MrdCurve, MrdStep
from residua.facts.interval import Interval
from residua.measures.mrd_kinetics import CROSS_METHOD, Projection
from residua.measures.mrd_kinetics import KIND as LINE_INTERVAL
from residua.views.anchors import fact_anchor
from residua.views.curves.group import CurveGroup
from residua.views.fact_words import DENOMINATORS, method_words
from residua.views.json_numbers import digits, interval_document
from residua.views.report_measures import MeasureLine
from residua.views.wording import id_words, short_fraction

KIND = "residua.mrd-kinetics"
_BAND = ("day", "low", "fraction", "high")
_ACROSS = "across methods or denominators, so only roughly"
_NOT_MEASURED = "assumed, not measured"


def mrd_documents(course: Course, curves: Curves) -> tuple[Mapping[str, Any], ...]:
    """One entry of ``measures[]`` per line of MRD; an interval's end of null is no end."""
    del course
    return tuple(_document(curve) for curve in curves.mrd)


def _document(curve: MrdCurve) -> Mapping[str, Any]:
    trend = curve.trend
    return {
        "kind": KIND,
        "version": "1.0",
        "notice": NOTICE,
        "simulated": curve.simulated,
        "after": curve.after,
        "phase": curve.phase,
        "relapse": curve.relapse,
        "method": curve.method or None,
        "denominator_kind": curve.denominator or None,
        "target": curve.target or None,
        "tissue": curve.tissue or None,
        "origin": curve.origin or None,
        "values": [
            {"fact": fact, "day": o.day, "low": o.low, "high": o.high, "log10_error": o.error}
            for fact, o in zip(curve.facts, trend.observations, strict=True)
        ],
        "outcome": trend.outcome,
        "reason": trend.reason or None,
        "slope_log10_per_day": digits(trend.slope),
        "slope_interval": interval_document(trend.slope_interval),
        "doubling_days": digits(trend.doubling),
        "doubling_interval": interval_document(trend.doubling_interval),
        "halving_days": digits(trend.halving),
        "halving_interval": interval_document(trend.halving_interval),
        "scatter_log10": digits(trend.scatter),
        "projections": [_projected(level, found) for level, found in curve.projections],
        "band": [dict(zip(_BAND, map(digits, point), strict=True)) for point in curve.band],
        "steps": [_step(step) for step in curve.steps],
        "assumed_growth": None if curve.assumed is None else _growth(curve.assumed),
        "flags": list(trend.flags),
        "notes": list(curve.notes),
    }


def _projected(level: float, found: Projection | str) -> Mapping[str, Any]:
    if isinstance(found, str):
        return {"fraction": level, "day": None, "reason": found}
    ends = {"low": digits(found.low), "high": digits(found.high)}
    return {"fraction": level, "day": digits(found.day), **ends, "assumption": found.assumption}


def _step(step: MrdStep) -> Mapping[str, Any]:
    found = step.reduction
    return {
        "from": step.earlier,
        "to": step.later,
        "days": step.days,
        "log_reduction": digits(found.value),
        "low": digits(found.low),
        "high": digits(found.high),
        "interval": interval_document(found.interval),
        "flags": list(found.flags),
    }


def _growth(growth: AssumedGrowth) -> Mapping[str, Any]:
    return {
        "words": _NOT_MEASURED,
        "assumption": growth.clause,
        "fact": growth.fact,
        "start": growth.start,
        "levels": list(growth.levels),
        "rows": [
            {"doubling_days": doubling, "days": [digits(day) for day in days]}
            for doubling, days in growth.rows
        ],
    }


def mrd_groups(course: Course, curves: Curves) -> tuple[CurveGroup, ...]:
    """One group of the report per line."""
    del course
    return tuple(_group(curve) for curve in curves.mrd)


def _group(curve: MrdCurve) -> CurveGroup:
    first = curve.facts[0] if curve.facts else curve.steps[0].later
    return CurveGroup(_title(curve), first, fact_anchor(first), tuple(_lines(curve)))


def _title(curve: MrdCurve) -> str:
    kind = DENOMINATORS.get(curve.denominator)
    parts = [
        f"MRD by {method_words(curve.method)}{f' of {curve.target}' if curve.target else ''}",
        f"of {kind}" if kind else "denominator not stated",
        curve.tissue or "tissue not stated",
        curve.phase if curve.after is None else f"{curve.phase} {id_words(curve.after)}",
        *([f"after {id_words(curve.relapse)}"] if curve.relapse else []),
    ]
    return ", ".join(parts)


def _lines(curve: MrdCurve) -> Iterator[MeasureLine]:
    trend = curve.trend
    flags = tuple(_ACROSS if flag == CROSS_METHOD else flag for flag in trend.flags)
    told = f"{trend.outcome}: {trend.reason}" if trend.reason else trend.outcome
    yield MeasureLine("Trend", (told, _used(curve)), flags)
    if trend.slope is not None and trend.slope_interval is not None:
        ends = trend.slope_interval
        words = f"{trend.slope:.3g} log10 per day ({_level(ends)} {ends.low:.3g} to {ends.high:.3g}"
        yield MeasureLine("Slope", (f"{words}, {ends.kind})",))
    yield from _times("Doubling time", trend.doubling, trend.doubling_interval)
    yield from _times("Halving time", trend.halving, trend.halving_interval)
    for level, found in curve.projections:
        yield MeasureLine(f"To {short_fraction(level)}", (_projection_words(curve, found),))
    if curve.steps:
        yield MeasureLine("From reading to reading", tuple(map(_step_words, curve.steps)))
    if curve.assumed is not None:
        yield _assumed_line(curve.assumed)
    if curve.notes:
        yield MeasureLine("Notes", curve.notes)


def _used(curve: MrdCurve) -> str:
    numbers = sum(o.quantified for o in curve.trend.observations)
    bounds = len(curve.facts) - numbers
    return f"values used: {numbers} quantified, {bounds} as bounds"


def _level(interval: Interval) -> str:
    return f"{interval.level * 100:g} %"


def _times(name: str, days: float | None, interval: Interval | None) -> Iterator[MeasureLine]:
    """A time with its interval; without a trend only how short it may be."""
    if interval is None:
        return
    if days is None:
        if math.isinf(interval.high):
            words = f"no shorter than {interval.low:.3g} d ({_level(interval)}); no trend shown"
            yield MeasureLine(name, (words,))
        return
    high = "no end" if math.isinf(interval.high) else f"{interval.high:.3g}"
    ends = f"{_level(interval)} {interval.low:.3g} to {high}, {interval.kind}"
    yield MeasureLine(name, (f"{days:.3g} d ({ends})",))


def _projection_words(curve: MrdCurve, found: Projection | str) -> str:
    if isinstance(found, str):
        return f"not told: {found}"
    last = curve.trend.observations[-1].day
    days = f"{_after(found.day - last)} after the last value"
    ends = f"95 % {_after(found.low - last)} to {_after(found.high - last)}, {LINE_INTERVAL}"
    return f"{days} ({ends}), {found.assumption}"


def _after(days: float) -> str:
    return "no end" if math.isinf(days) else f"{days:.0f} d"


def _step_words(step: MrdStep) -> str:
    found = step.reduction
    time = "" if step.days is None else f" in {step.days} d"
    marks = [_ACROSS if flag == CROSS_METHOD else flag for flag in found.flags]
    marked = f" ({'; '.join(marks)})" if marks else ""
    words = f"{_reduction_words(step)}{time}, {step.earlier} to {step.later}"
    if found.interval is not None:
        ends = found.interval
        words += f" ({_level(ends)} {ends.low:.2f} to {ends.high:.2f}, {ends.kind})"
    return words + marked


def _reduction_words(step: MrdStep) -> str:
    """``2.68 log10 lower``; a rise is told as one, a bound as one."""
    found = step.reduction
    if found.value is not None:
        return _signed(found.value)
    if math.isinf(found.high):
        above = f"at most {-found.low:.2f} log10 higher" if found.low else "not higher"
        return f"at least {_signed(found.low)}" if found.low > 0 else above
    if math.isinf(found.low):
        below = f"at most {found.high:.2f} log10 lower" if found.high else "not lower"
        return f"at least {_signed(found.high)}" if found.high < 0 else below
    if found.high < 0:
        return f"{-found.high:.2f} to {-found.low:.2f} log10 higher"
    if found.low > 0:
        return f"{found.low:.2f} to {found.high:.2f} log10 lower"
    return f"from {-found.low:.2f} log10 higher to {found.high:.2f} log10 lower"


def _signed(value: float) -> str:
    return f"{value:.2f} log10 lower" if value >= 0 else f"{-value:.2f} log10 higher"


def _assumed_line(growth: AssumedGrowth) -> MeasureLine:
    levels = [short_fraction(level) for level in growth.levels]
    rows = [
        f"doubling in {doubling:g} d: "
        + ", ".join(f"{day:.3g} d to {level}" for day, level in zip(days, levels, strict=True))
        for doubling, days in growth.rows
    ]
    start = f"from {short_fraction(growth.start)} ({growth.fact})"
    return MeasureLine("If it grew", (start, *rows), (_NOT_MEASURED, growth.clause))
