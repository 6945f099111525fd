"""Which MRD results stand on one line: one method, between two changes of therapy.

See decisions/one-line-per-therapy.md.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from residua.course.before import therapies_before
from residua.course.course import Course, duration
from residua.course.elapsed import anchored, days_between
from residua.course.lines import is_relapse
from residua.course.mrd_curve import MrdSeries, Phase
from residua.course.placing import Placed
from residua.facts.mrd import MrdReading
from residua.facts.treatment import Treatment
from residua.judgements.readings import tissue_of
from residua.main.curves.mrd_order import host_of


@dataclass(frozen=True)
class Home:
    """Where a reading stands: to which therapy, in which phase, after which relapse."""

    therapy: str | None
    phase: Phase
    relapse: str | None


@dataclass(frozen=True)
class Segment:
    """The readings of one line; ``own`` are those of no other, ``used`` also what it begins with
    and, under a therapy, the first reading after it.

    ``until`` is the next therapy or relapse (id), at which it ends; ``notes`` say what was left
    out.
    """

    series: MrdSeries
    home: Home
    own: tuple[Placed, ...]
    used: tuple[Placed, ...]
    until: str | None = None
    notes: tuple[str, ...] = ()


def series_of(course: Course, reading: MrdReading) -> MrdSeries:
    """What a reading must share with another to stand on one line with it."""
    tissue = tissue_of(reading, course.case)
    return MrdSeries(
        reading.method or "", reading.denominator_kind or "", reading.target or "", tissue or ""
    )


def mrd_segments(course: Course, *, baseline_days: float) -> tuple[Segment, ...]:
    """The lines of every series in the order of the course.

    A value of at most `baseline_days` before a therapy is what the line under it begins with.
    """
    groups: dict[MrdSeries, list[Placed]] = defaultdict(list)
    for placed, reading in course.of(MrdReading):
        groups[series_of(course, reading)].append(placed)
    heads = _heads(course)
    found = [
        segment
        for series, readings in groups.items()
        for segment in _of_series(course, series, readings, heads, baseline_days)
    ]
    return tuple(sorted(found, key=lambda s: course.position[s.own[0].id]))


def _heads(course: Course) -> dict[str, str]:
    """Therapy -> the first of its run: cycles of one regimen with the same drugs are no change."""
    heads: dict[str, str] = {}
    before: Placed | None = None
    for item in course.therapies:
        goes_on = before is not None and _alike(before.fact, item.fact)
        heads[item.id] = heads[before.id] if goes_on and before is not None else item.id
        before = item
    return heads


def _alike(one: object, other: object) -> bool:
    if not (isinstance(one, Treatment) and isinstance(other, Treatment)):
        return False
    drugs = [frozenset(drug.name for drug in t.drugs) for t in (one, other)]
    named = one.regimen != "free" or bool(drugs[0])
    return named and one.regimen == other.regimen and drugs[0] == drugs[1]


def _of_series(
    course: Course,
    series: MrdSeries,
    readings: list[Placed],
    heads: Mapping[str, str],
    baseline_days: float,
) -> list[Segment]:
    asked = [(placed, _home(course, placed, heads)) for placed in readings]
    known = [(placed, home) for placed, home in asked if isinstance(home, Home)]
    notes = tuple(f"{p.id} is not used: {why}" for p, why in asked if isinstance(why, str))
    groups: dict[Home, list[Placed]] = defaultdict(list)
    for placed, home in known:
        groups[home].append(placed)
    last = known[-1][1] if known else None
    return [
        Segment(
            series, home, tuple(own), _used(course, home, own, known, baseline_days),
            _until(course, home, own[-1]), notes if home == last else (),
        )
        for home, own in groups.items()
    ]  # fmt: skip


def _used(
    course: Course,
    home: Home,
    own: list[Placed],
    known: list[tuple[Placed, Home]],
    baseline_days: float,
) -> tuple[Placed, ...]:
    """What the line holds: a value just before its therapy, its own, the first one after it."""
    if home.therapy is None or home.phase == "after" or home.relapse is not None:
        return tuple(own)
    mine = {placed.id for placed in own}
    start = [p for p, _ in known if p.id not in mine]
    start = _at_one_end(course, home.therapy, start, (-baseline_days, 0))
    response = Home(home.therapy, "after", None)
    end = [p for p, its in known if home.phase == "under" and its == response]
    return (*start, *own, *_at_one_end(course, home.therapy, end, (0, math.inf)))


def _at_one_end(
    course: Course, therapy: str, among: list[Placed], within: tuple[float, float]
) -> list[Placed]:
    """Of the readings so many days after a therapy began those of the day nearest to the line."""
    first = anchored(course, therapy)
    days = {p.id: days_between(course, first, anchored(course, p.id)).single for p in among}
    known = {name: day for name, day in days.items() if day is not None}
    inside = {name: abs(day) for name, day in known.items() if within[0] <= day <= within[1]}
    nearest = min(inside.values(), default=None)
    return [placed for placed in among if inside.get(placed.id, -1) == nearest]


def _until(course: Course, home: Home, last: Placed) -> str | None:
    """The first therapy or relapse after the last reading of a line."""
    changes = {item.id for item in course.therapies if item.id != home.therapy}
    changes |= {item.id for item in course.placed if is_relapse(item.fact)}
    later = course.placed[course.position[last.id] + 1 :]
    return next((item.id for item in later if item.id in changes), None)


def _home(course: Course, placed: Placed, heads: Mapping[str, str]) -> Home | str:
    """Where a reading stands, or in words why the record does not tell."""
    host = host_of(course, placed)
    certain, unordered = therapies_before(course, host)
    last = certain[-1].id if certain else None
    reach = course.position[last] if last else -1
    open_still = [item.id for item in unordered if course.position[item.id] > reach]
    if open_still:
        return f"whether it was before or after {', '.join(open_still)} is not stated"
    relapse = _relapse_before(course, host, reach)
    if isinstance(relapse, str):
        return f"whether it was before or after {relapse} is not stated"
    came_back = relapse.id if relapse else None
    if last is None:
        return Home(None, "before any therapy", came_back)
    phase = _phase(course, placed, heads[last], last)
    if phase is None:
        return f"its day is not known well enough to tell whether {last} was still given"
    return Home(heads[last], phase, came_back)


def _relapse_before(course: Course, placed: Placed, reach: int) -> Placed | str | None:
    """The last relapse after the therapy at `reach` and before the reading; the id of one of
    which the record does not tell. What is read on its day belongs to the rise that led to it."""
    found: Placed | None = None
    for item in course.placed[reach + 1 :]:
        if not is_relapse(item.fact) or item.id == placed.id:
            continue
        if item.id in course.predecessors[placed.id]:
            found = item
        elif placed.id not in course.predecessors[item.id]:
            days = days_between(course, anchored(course, item.id), anchored(course, placed.id))
            if days.shortest is not None and days.shortest > 0:
                found = item
            elif days.longest is None or days.longest > 0:
                return item.id
    return found


def _phase(course: Course, placed: Placed, head: str, last: str) -> Phase | None:
    """Under a therapy or after its last day; None where the record does not tell which."""
    length = _length(course, head, last)
    if length is None:
        return "from the start of"
    day = days_between(course, anchored(course, head), anchored(course, placed.id))
    if day.longest is not None and day.longest <= length:
        return "under"
    if day.shortest is not None and day.shortest > length:
        return "after"
    at_once = head == last and not isinstance(course.by_id[last].fact, Treatment)
    return "after" if at_once else None  # the record's order alone puts it after one day


def _length(course: Course, head: str, last: str) -> int | None:
    """Days from the first day of a run of cycles to its last; None where not known."""
    item = course.by_id[last]
    fact = item.fact
    before = days_between(course, anchored(course, head), anchored(course, last)).single
    if before is None:
        return None
    if not isinstance(fact, Treatment):
        return before
    if fact.end is not None:
        if fact.end.anchor == item.id:
            return before + fact.end.offset
        days = duration(item.span, item.end).single if item.end else None
        return None if days is None else before + days
    listed = [day for drug in fact.drugs for day in drug.days]
    return before + max(listed) - 1 if listed else None
