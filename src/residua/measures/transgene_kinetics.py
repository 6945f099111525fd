"""Maximum, exposure, last value, half-lives, persistence and loss of CAR-T cells, without a model.

Worked example (LLOQ 50 copies/ug): below on day 1, then 100 on day 3, 800 on 7, 400 on 14, 200
on 21, 100 on 28, below on 42. Cmax 800 on day 7, Clast 100 on day 28. From day 0 as leading BLQ
at 0: AUC 0-1 is 0, 1-3 is 100, 3-7 is 1800 (up, linear); 7-14 is 400 x 7 / ln 2, 14-21 half and
21-28 a quarter of it (down, logarithmic): 1900 + 4900 / ln 2 = 8969.2 copies d/ug. Half-life 7 d
from the three values after Cmax. Still there on day 28, lost by day 42.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.special import stdtrit

from residua.facts.interval import Interval
from residua.measures.transgene_course import TransgeneCourse, TransgeneValue
from residua.standards.stein_2019 import Noncompartmental

LEVEL = 0.95
KIND = "Student, two-sided, of the regression of ln copies on days"
ALL_AFTER = "all values at or above LLOQ after Cmax"
BEST_FIT = "the last values after Cmax, at least 3, of the greatest adjusted R2"
_TIE = 1e-4  # adjusted R2 as good as equal: the longer run of values is taken
Days = tuple[float, float]


@dataclass(frozen=True)
class Known:
    """A number with its days where it has some, or the reason why there is none."""

    value: float | None
    days: Days | None = None
    reason: str = ""


@dataclass(frozen=True)
class HalfLife:
    """ln 2 / lambda_z in days by a definition; the interval may have no end (inf)."""

    definition: str
    days: float | None
    interval: Interval | None
    points: int
    adjusted_r2: float | None
    reason: str = ""


@dataclass(frozen=True)
class TransgeneKinetics:
    """``cmax`` and ``clast`` carry their days; ``auc`` is to ``auc_until`` days in unit x d.

    ``auc_to_last`` ends at the last day looked at where that comes first. ``persistent`` is the
    last day (range) on which the cells were there; ``lost`` the days between which they went, None
    where no loss was shown.
    """

    unit: str
    cmax: Known
    clast: Known
    auc: Known
    auc_to_last: Known
    half_lives: tuple[HalfLife, ...]
    persistent: Days | None
    lost: Days | None
    loss_reason: str
    below_lloq: str
    flags: tuple[str, ...]


def measure_transgene(course: TransgeneCourse, rules: Noncompartmental) -> TransgeneKinetics:
    """The summary of one course by the conventions of `rules` (see `stein_2019`)."""
    there = [v for v in course.values if v.quantified]
    peak = max(there, key=lambda v: v.value or 0.0, default=None)  # the first of equal ones
    latest = max(there, key=lambda v: (v.last, v.first), default=None)
    until, to_last = _areas(course.values, rules)
    persistent, lost, reason = _loss(course.values)
    part = rules.later_below_lloq
    return TransgeneKinetics(
        course.unit,
        _known(peak),
        _known(latest),
        until,
        to_last,
        _half_lives(there, peak, rules.least_points),
        persistent,
        lost,
        reason,
        f"below LLOQ: 0 before the first value, {part:g} x LLOQ after it; day 0 counts as 0",
        course.flags,
    )


def _known(value: TransgeneValue | None) -> Known:
    if value is None:
        return Known(None, None, "no value at or above LLOQ")
    return Known(value.value, (value.first, value.last))


def _areas(values: Sequence[TransgeneValue], rules: Noncompartmental) -> tuple[Known, Known]:
    """The area to the day asked for, and to the last day looked at before it."""
    points = _points(values, rules)
    if isinstance(points, str):
        return Known(None, None, points), Known(None, None, points)
    last = points[-1][0]
    if last < rules.auc_until:
        reason = f"the last value is of day {last:g}; nothing is extrapolated"
        return Known(None, None, reason), Known(_area(points), (0.0, last))
    found = Known(_area(_cut(points, rules.auc_until)), (0.0, rules.auc_until))
    return found, found


def _points(values: Sequence[TransgeneValue], rules: Noncompartmental) -> list[Days] | str:
    """(day, copies) from day 0 on with what stands for values below LLOQ, or why there are none."""
    if not any(v.quantified for v in values):
        return "no value at or above LLOQ"
    within = [v for v in values if v.first <= rules.auc_until]
    beyond = [v for v in values if v.first > rules.auc_until][:1]
    points: list[Days] = []
    started = False
    for v in (*within, *beyond):
        if not v.dated:
            return "a day is known only within a range"
        started = started or v.quantified
        stand_in = None if v.lloq is None else rules.later_below_lloq * v.lloq
        level = v.value if v.quantified else stand_in if started else 0.0
        if level is None:
            return "a value below an LLOQ that is not stated"
        points.append((v.first, level))
    if any(a[0] == b[0] for a, b in pairwise(points)):
        return "two values of one day"
    return points if points[0][0] == 0 else [(0.0, 0.0), *points]


def _falls(a: float, b: float) -> bool:
    return 0 < b < a


def _area(points: Sequence[Days]) -> float:
    """Linear up, logarithmic down."""
    total = 0.0
    for (t1, c1), (t2, c2) in pairwise(points):
        mean = (c1 - c2) / math.log(c1 / c2) if _falls(c1, c2) else (c1 + c2) / 2
        total += mean * (t2 - t1)
    return total


def _cut(points: Sequence[Days], until: float) -> list[Days]:
    """The points up to `until`, with one on it by the same rule between its neighbours."""
    kept = [p for p in points if p[0] <= until]
    if kept[-1][0] == until:
        return kept
    (t1, c1), (t2, c2) = kept[-1], points[len(kept)]
    part = (until - t1) / (t2 - t1)
    level = c1 * (c2 / c1) ** part if _falls(c1, c2) else c1 + part * (c2 - c1)
    return [*kept, (until, level)]


def _half_lives(
    there: Sequence[TransgeneValue], peak: TransgeneValue | None, least: int
) -> tuple[HalfLife, ...]:
    after = [v for v in there if peak is not None and v.first > peak.last]
    if len(after) < least:
        reason = f"fewer than {least} values at or above LLOQ after Cmax ({len(after)})"
        return tuple(HalfLife(d, None, None, len(after), None, reason) for d in _DEFINITIONS)
    if not all(v.dated for v in after):
        reason = "a day is known only within a range"
        return tuple(HalfLife(d, None, None, len(after), None, reason) for d in _DEFINITIONS)
    points = [(v.first, math.log(v.value or 1.0)) for v in after]
    runs = [_regression(BEST_FIT, points[-n:]) for n in range(least, len(points) + 1)]
    fits = [run.adjusted_r2 or 0.0 for run in runs]
    best = [r for r, fit in zip(runs, fits, strict=True) if fit >= max(fits) - _TIE][-1]
    return _regression(ALL_AFTER, points), best


_DEFINITIONS = (ALL_AFTER, BEST_FIT)


def _regression(definition: str, points: Sequence[Days]) -> HalfLife:
    days, logs = (np.array(x) for x in zip(*points, strict=True))
    n = len(points)
    spread = float(((days - days.mean()) ** 2).sum())
    if spread == 0:
        return HalfLife(definition, None, None, n, None, "all values are of one day")
    slope = float(((days - days.mean()) * logs).sum()) / spread
    rest = float(((logs - logs.mean() - slope * (days - days.mean())) ** 2).sum())
    total = float(((logs - logs.mean()) ** 2).sum())
    fit = 1 - (rest / (n - 2)) / (total / (n - 1)) if total > 0 else None
    reach = float(stdtrit(n - 2, (1 + LEVEL) / 2)) * math.sqrt(rest / (n - 2) / spread)
    if slope >= 0:
        return HalfLife(definition, None, None, n, fit, "the values after Cmax do not fall")
    fastest, slowest = reach - slope, -slope - reach
    longest = math.log(2) / slowest if slowest > 0 else math.inf
    interval = Interval(LEVEL, math.log(2) / fastest, longest, KIND)
    return HalfLife(definition, math.log(2) / -slope, interval, n, fit)


def _loss(values: Sequence[TransgeneValue]) -> tuple[Days | None, Days | None, str]:
    """Last days there, days between which they were lost, and why no loss is told.

    Lost is the first value below LLOQ after which none is at or above it; one that may lie before
    the last value there shows nothing.
    """
    there = [v for v in values if v.quantified]
    if not there:
        return None, None, "never at or above LLOQ"
    latest = max(v.last for v in there)
    persistent = (max(v.first for v in there), latest)
    below = [v for v in values if not v.quantified and v.first > latest]
    if not below:
        return persistent, None, "at or above LLOQ when last looked at"
    return persistent, (persistent[0], min(v.last for v in below)), ""
