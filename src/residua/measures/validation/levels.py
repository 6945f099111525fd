"""Each level of a series: how precise, how true, how often detected; and the LLOQ from it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.facts.interval import Interval
from residua.facts.validation_series import SeriesResult
from residua.measures.limits import clopper_pearson
from residua.measures.validation.laws import sd_interval
from residua.measures.validation.precision import Precision, measure_precision
from residua.standards.assay_validation import ValidationNumbers

CV_KIND = "chi-square of the SD, over the mean"


@dataclass(frozen=True)
class Level:
    """One level: `cv` is over all its results, `recovery` the mean over what was expected."""

    expected: float
    count: int
    detected: int
    rate: Interval | None
    mean: float
    sd: float | None
    cv: float | None
    cv_interval: Interval | None
    recovery: float
    precision: Precision

    @property
    def bias(self) -> float:
        """The mean's departure from what was expected, as a share of it."""
        return self.recovery - 1


@dataclass(frozen=True)
class QuantificationLimit:
    """The lowest level from which on CV and bias hold, or why there is none."""

    level: float | None = None
    reason: str = ""
    flags: tuple[str, ...] = ()


def measure_levels(
    results: Sequence[SeriesResult], *, blank_limit: float | None, numbers: ValidationNumbers
) -> tuple[Level, ...]:
    """Every level above zero, from the lowest; detected is also above the limit of blank."""
    levels = sorted({r.row.expected for r in results if r.row.expected is not None})
    return tuple(
        _level(at, [r for r in results if r.row.expected == at], blank_limit, numbers)
        for at in levels
    )


def is_detected(result: SeriesResult, blank_limit: float | None) -> bool:
    """Called by the counting policy, and above the limit of blank where there is one."""
    return result.detected and (blank_limit is None or result.fraction > blank_limit)


def _level(
    expected: float,
    results: Sequence[SeriesResult],
    blank_limit: float | None,
    numbers: ValidationNumbers,
) -> Level:
    values = np.array([result.fraction for result in results])
    mean, count = float(values.mean()), len(values)
    detected = sum(is_detected(result, blank_limit) for result in results)
    sd = float(values.std(ddof=1)) if count > 1 else None
    cv = interval = None
    if sd is not None and mean > 0:
        cv = sd / mean
        interval = sd_interval(cv, count - 1, level=numbers.confidence, kind=CV_KIND)
    rows = [result.row for result in results]
    cells = [(row.instrument, row.operator, row.run) for row in rows]
    factors = (
        ("instrument", [row.instrument for row in rows]),
        ("operator", [row.operator for row in rows]),
        ("run", cells),
    )
    return Level(
        expected, count, detected, clopper_pearson(detected, count), mean, sd, cv, interval,
        mean / expected, measure_precision(values.tolist(), factors, level=numbers.confidence),
    )  # fmt: skip


def quantification_limit(
    levels: Sequence[Level], *, detection: float | None, numbers: ValidationNumbers
) -> QuantificationLimit:
    """The lowest level at which, and at every higher one, CV and bias are within their limits.

    `detection` is the limit of detection, below which nothing is quantified.
    """
    judged = [level for level in levels if level.count >= numbers.replicates]
    if not judged:
        few = f"no level has {numbers.replicates} results"
        return QuantificationLimit(reason=few)
    reached: Level | None = None
    for level in sorted(judged, key=lambda one: -one.expected):
        if not _precise(level, numbers) or (detection is not None and level.expected < detection):
            break
        reached = level
    if reached is None:
        most = f"CV {100 * numbers.cv:g} % and bias {100 * numbers.bias:g} %"
        return QuantificationLimit(reason=f"the highest level does not meet {most}")
    flags = []
    if reached is min(judged, key=lambda one: one.expected):
        flags.append("no lower level was measured often enough: the LLOQ may be lower")
    top = reached.cv_interval.high if reached.cv_interval else math.inf
    if top > numbers.cv:
        flags.append("the upper limit of the CV there lies above the limit")
    return QuantificationLimit(reached.expected, flags=tuple(flags))


def _precise(level: Level, numbers: ValidationNumbers) -> bool:
    return level.cv is not None and level.cv <= numbers.cv and abs(level.bias) <= numbers.bias
