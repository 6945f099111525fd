"""The kinetics of MRD of a course: a trend for every line that its readings make."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from residua.course.course import Course
from residua.course.elapsed import anchored, days_between
from residua.course.mrd_curve import AssumedGrowth, MrdCurve, MrdSeries, MrdStep
from residua.course.placing import Placed
from residua.facts.mrd import MrdReading
from residua.judgements.mrd_cells import comparable
from residua.main.curves.mrd_order import certainly_before, certainly_not_before, one_before
from residua.main.curves.mrd_segments import Segment, mrd_segments, series_of
from residua.measures.mrd_kinetics import MrdTrend, Projection, measure_trend, project, trend_band
from residua.measures.mrd_observation import MrdObservation, mrd_observation
from residua.measures.mrd_steps import days_between as days_at
from residua.measures.mrd_steps import log_reduction
from residua.standards.mrd_growth import MrdGrowth, mrd_growth

_WITHIN, _BEYOND = 5, 4
"""Days of the band over the values, and from the last of them on."""
TURNS = "the values turn round by more than {log10} log10, so no one line describes them"


@dataclass(frozen=True)
class _Said:
    """A reading, and what it says on its day; `days` counts from the line's first reading."""

    placed: Placed
    observation: MrdObservation


def mrd_curves(course: Course) -> tuple[MrdCurve, ...]:
    """Every line of the course's MRD results that says something, in the order of the course."""
    book = mrd_growth()
    steps = _steps(course)
    found = [
        _curve(course, segment, steps, book)
        for segment in mrd_segments(course, baseline_days=book.baseline_days)
    ]
    return tuple(c for c in found if len(c.facts) > 1 or c.steps or c.assumed)


def _curve(
    course: Course, segment: Segment, steps: Mapping[str, MrdStep], book: MrdGrowth
) -> MrdCurve:
    said, notes = _said(course, segment)
    trend = _trend([one.observation for one in said], book)
    facts = tuple(one.placed.id for one in said)
    first = said[0].placed.span if said else None
    projections = _projections(trend, book)
    end = _end(course, segment, said)
    series, home = segment.series, segment.home
    return MrdCurve(
        home.therapy,
        series.method,
        series.denominator,
        facts,
        course.case.simulated or any(one.placed.fact.simulated for one in said),
        first.earliest.isoformat() if first and first.exact and first.earliest else "",
        trend,
        projections,
        target=series.target,
        tissue=series.tissue,
        phase=home.phase,
        relapse=home.relapse,
        steps=tuple(steps[p.id] for p in segment.own if p.id in steps),
        assumed=None if trend.outcome == "rise" else _assumed(course, segment, said, book),
        band=_band(trend, projections, end),
        notes=(*notes, *segment.notes, *_overtaken(segment, said, projections, end)),
    )


def _overtaken(
    segment: Segment,
    said: Sequence[_Said],
    projections: Sequence[tuple[float, Projection | str]],
    end: float,
) -> tuple[str, ...]:
    """That the record itself ends what a projection supposes."""
    reached = [p.day for _, p in projections if isinstance(p, Projection)]
    if segment.until is None or not reached or max(reached) <= end:
        return ()
    days = end - said[-1].observation.day
    when = f"{days:g} d after the last value" if days > 0 else "after the last value"
    return (f"{segment.until} came {when}: from then on the projections suppose what was not so",)


def _said(course: Course, segment: Segment) -> tuple[list[_Said], list[str]]:
    """What each reading says on its day since the first, and why some are not used."""
    notes: list[str] = []
    used: list[Placed] = []
    for placed in segment.used:
        against = sorted(course.conflicts_of(placed.id))
        says = _says(placed)
        if isinstance(says, str):
            notes.append(f"{placed.id} is not used: {says}")
        elif against:
            notes.append(f"{placed.id} is not used: it contradicts {', '.join(against)}")
        else:
            used.append(placed)
    root = _best_root(course, used)
    kept = [placed for placed in used if _root(course, placed) == root]
    told = {placed.id for placed in kept}
    notes += [f"{p.id} is not used: its day is not known" for p in used if p.id not in told]
    return [_on_day(course, kept[0], placed) for placed in kept], notes


def _says(placed: Placed, day: float = 0.0) -> MrdObservation | str:
    assert isinstance(placed.fact, MrdReading)  # what a segment holds
    return mrd_observation(placed.fact, day)


def _root(course: Course, placed: Placed) -> str:
    """Readings of one root have exact days between them: of the calendar, or from one event."""
    return "" if placed.dated and placed.span.exact else anchored(course, placed.id).root


def _best_root(course: Course, used: Sequence[Placed]) -> str:
    counted: dict[str, int] = defaultdict(int)
    for placed in used:
        counted[_root(course, placed)] += 1
    return max(counted, key=lambda root: (counted[root], root == ""), default="")


def _on_day(course: Course, first: Placed, placed: Placed) -> _Said:
    days = days_between(course, anchored(course, first.id), anchored(course, placed.id)).single
    says = _says(placed, float(days or 0))
    assert not isinstance(says, str)  # those that say nothing are left out
    return _Said(placed, says)


def _trend(observations: Sequence[MrdObservation], book: MrdGrowth) -> MrdTrend:
    trend = measure_trend(observations, scatter_floor=book.scatter_floor)
    if trend.line is not None and _turns(trend.observations, book.turn):
        reason = TURNS.format(log10=book.turn)
        return MrdTrend("not assessable", reason, trend.observations, trend.flags)
    return trend


def _turns(observations: Sequence[MrdObservation], most: float) -> bool:
    """Whether some value lies, beyond its bounds, more than `most` log10 below (or above) both
    an earlier and a later one."""
    factor = 10**most
    for place, middle in enumerate(observations):
        sides = (observations[:place], observations[place + 1 :])
        if all(any(o.low > factor * middle.high for o in side) for side in sides):
            return True
        if all(any(middle.low > factor * o.high for o in side) for side in sides):
            return True
    return False


def _projections(trend: MrdTrend, book: MrdGrowth) -> tuple[tuple[float, Projection | str], ...]:
    """Where a rise reaches every level, a fall the lowest; empty where no trend is told."""
    levels = [level.fraction for level in book.levels]
    asked = {"rise": levels, "fall": [min(levels)]}.get(trend.outcome, [])
    return tuple((level, project(trend, level)) for level in asked)


def _end(course: Course, segment: Segment, said: Sequence[_Said]) -> float:
    """The day of the next change of therapy, or the last value's where it is not known."""
    if segment.until is None or not said:
        return math.inf
    first, change = (anchored(course, name) for name in (said[0].placed.id, segment.until))
    day = days_between(course, first, change).shortest
    last = said[-1].observation.day
    return last if day is None else max(float(day), last)


def _band(
    trend: MrdTrend, projections: Sequence[tuple[float, Projection | str]], end: float
) -> tuple[tuple[float, float, float, float], ...]:
    """The line with its band at some days; empty where no trend is told."""
    if trend.outcome not in ("rise", "fall"):
        return ()
    first, last = trend.observations[0].day, trend.observations[-1].day
    goes_to = max((p.day for _, p in projections if isinstance(p, Projection)), default=last)
    days = [*np.linspace(first, last, _WITHIN)]
    if min(goes_to, end) > last:
        days += [*np.linspace(last, min(goes_to, end), _BEYOND)[1:]]
    at = [float(day) for day in days]
    return tuple((day, *ends) for day, ends in zip(at, trend_band(trend, at), strict=True))


def _assumed(
    course: Course, segment: Segment, said: Sequence[_Said], book: MrdGrowth
) -> AssumedGrowth | None:
    """From the last reading of a series, if it is a number and no therapy came after it."""
    if not said or said[-1].placed.id != segment.own[-1].id:
        return None
    last, observation = said[-1].placed, said[-1].observation
    others = [p for p, r in course.of(MrdReading) if series_of(course, r) == segment.series]
    if not all(certainly_before(course, p, last) for p in others if p.id != last.id):
        return None
    place = course.position[last.id]
    if any(course.position[therapy.id] > place for therapy in course.therapies):
        return None
    levels = tuple(v.fraction for v in book.levels if v.fraction > observation.low)
    if not observation.quantified or not levels:
        return None
    start = observation.low
    rows = tuple(
        (days, tuple(days_at(start, level, doubling_days=days) for level in levels))
        for days in book.assumed_days
    )
    return AssumedGrowth(last.id, start, levels, rows, book.assumed_clause)


def _steps(course: Course) -> dict[str, MrdStep]:
    """Id -> the step to that reading from the one before it in its series; to the first of a
    series from the last of its tissue by another method."""
    series: dict[MrdSeries, list[Placed]] = defaultdict(list)
    tissues: dict[str, list[Placed]] = defaultdict(list)
    for placed, reading in course.of(MrdReading):
        its = series_of(course, reading)
        series[its].append(placed)
        tissues[its.tissue].append(placed)
    found = (
        _step(course, placed, own, tissues[its.tissue])
        for its, own in series.items()
        for placed in own
    )
    return {step.later: step for step in found if step is not None}


def _step(
    course: Course, later: Placed, series: Sequence[Placed], tissue: Sequence[Placed]
) -> MrdStep | None:
    """None where no one reading is known to be the one before, where one says nothing, or where
    one is a fraction of cells and the other is not."""
    first = all(certainly_not_before(course, p, later) for p in series if p.id != later.id)
    earlier = one_before(course, tissue if first else series, later)
    if earlier is None or any(course.conflicts_of(p.id) for p in (earlier, later)):
        return None
    before, after = _says(earlier), _says(later)
    if isinstance(before, str) or isinstance(after, str):
        return None
    if not _comparable(earlier, later):
        return None
    reduction = log_reduction(before, after)
    if math.isinf(reduction.low) and math.isinf(reduction.high):
        return None
    days = days_between(course, anchored(course, earlier.id), anchored(course, later.id))
    return MrdStep(earlier.id, later.id, days.single, reduction)


def _comparable(earlier: Placed, later: Placed) -> bool:
    one, other = earlier.fact, later.fact
    return isinstance(one, MrdReading) and isinstance(other, MrdReading) and comparable(one, other)
