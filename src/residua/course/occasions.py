"""What belongs to one occasion: an assessment with its counts, MRD, antigens and setting.

No clinical threshold stands here; how far apart a blood count may lie is an argument.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TypeVar

from residua.course.before import THERAPIES, therapies_before
from residua.course.candidates import Candidates
from residua.course.course import Course, duration
from residua.course.placing import Placed
from residua.course.this_course import ThisCourse
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.day import Day
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.support import Support

F = TypeVar("F", bound=Fact)
_SAME_DAY = (Assessment, Phenotype, AntigenReading, MrdReading)
_NEAR = (Lab, Finding, Support)


@dataclass(frozen=True)
class Occasion:
    """One occasion on which disease was looked for or reported.

    ``subject`` is the id under which it is judged; ``facts`` are its own fact and those that
    belong to it; ``therapies`` are all that came before, in order; ``line`` is the line of
    therapy of the last of them. ``unordered`` are therapies of which the record does not say
    whether they came before; ``same_day`` the subjects of other occasions of its day.
    """

    subject: str
    main: Placed
    facts: tuple[Placed, ...]
    therapies: tuple[Placed, ...]
    line: int | None
    unordered: tuple[Placed, ...] = ()
    same_day: tuple[str, ...] = ()

    def of(self, *kinds: type[F]) -> tuple[F, ...]:
        """The occasion's facts of the kinds."""
        return tuple(p.fact for p in self.facts if isinstance(p.fact, kinds))

    @property
    def date(self) -> str:
        """The date as stated, or ``not stated``."""
        return str(self.main.fact.date) if self.main.fact.date else "not stated"

    @property
    def treatment(self) -> str | None:
        """Id of the last therapy before it."""
        return self.therapies[-1].id if self.therapies else None


def occasions(course: Course, *, count_window_days: int) -> tuple[Occasion, ...]:
    """All occasions in the order of the course.

    An occasion is an assessment that belongs to no other, a reported relapse or progression,
    or an MRD result on a day without an assessment. It takes what names it as ``assessment``,
    what was drawn as its specimen, assessments, MRD and antigens of its day, and counts,
    findings and support of at most `count_window_days` before or after; counts and findings
    that lie nearer to another assessment or event are that one's alone.

    Those of the last course asked for are not worked out again: every family asks for them.
    """
    return _occasions(ThisCourse(course), count_window_days)


@lru_cache(maxsize=1)
def _occasions(this: ThisCourse, count_window_days: int) -> tuple[Occasion, ...]:
    course = this.course
    mains = tuple(item for item in _mains(course) if not isinstance(item.fact, MrdReading))
    candidates = Candidates(course, count_window_days)
    found: list[Occasion] = []
    taken: set[str] = set()
    for main in _mains(course):
        if main.id in taken and isinstance(main.fact, MrdReading):
            continue
        facts = tuple(
            p
            for p in candidates.near(main)
            if _belongs(course, p, main, count_window_days) and not _nearer_to(p, main, mains)
        )
        taken |= {p.id for p in facts}
        found.append(_occasion(course, main, facts, {o.subject for o in found}))
    found.sort(key=lambda o: course.position[o.main.id])
    return tuple(replace(o, same_day=_of_one_day(o, found)) for o in found)


def _of_one_day(occasion: Occasion, among: list[Occasion]) -> tuple[str, ...]:
    others = (o for o in among if o.main.id != occasion.main.id)
    return tuple(o.subject for o in others if same_day(o.main, occasion.main))


def _mains(course: Course) -> Iterator[Placed]:
    """Assessments and events first, so that an MRD result of their day is theirs."""
    for item in course.placed:
        fact = item.fact
        of_its_own = isinstance(fact, Assessment) and fact.assessment is None
        if of_its_own or (isinstance(fact, Event) and _is_turn(fact)):
            yield item
    for item in course.placed:
        if isinstance(item.fact, MrdReading):
            yield item


def _is_turn(event: Event) -> bool:
    return event.kind in ("relapse reported", "progression")


def _occasion(course: Course, main: Placed, facts: tuple[Placed, ...], used: set[str]) -> Occasion:
    therapies, unordered = therapies_before(course, main)
    line = course.line_of(therapies[-1].id) if therapies else None
    subject = _subject(course, main, used)
    return Occasion(subject, main, facts, therapies, line.number if line else None, unordered)


def _subject(course: Course, main: Placed, used: set[str]) -> str:
    """The treatment that an undated assessment comes ``after``, else its own id."""
    after = main.fact.after
    if isinstance(main.fact, Assessment) and main.fact.date is None and after is not None:
        treatment = course.by_id.get(after)
        if treatment and isinstance(treatment.fact, THERAPIES) and after not in used:
            return after
    return main.id


def _belongs(course: Course, item: Placed, main: Placed, window: int) -> bool:
    if item.id == main.id or main.id in (item.fact.assessment, item.fact.refers_to.get("at")):
        return not isinstance(item.fact, THERAPIES)
    if item.fact.assessment is not None:
        other = course.by_id.get(item.fact.assessment)
        near = other is not None and same_day(other, main)
        return near and isinstance(item.fact, _SAME_DAY)
    if isinstance(item.fact, Event):
        return _is_turn(item.fact) and same_day(item, main)
    if isinstance(item.fact, _SAME_DAY):
        return same_day(item, main) or _same_specimen(item.fact, main.fact)
    if not isinstance(item.fact, _NEAR):
        return False
    if isinstance(item.fact, Lab) and _parted(course, item, main):
        return False
    return within(item, main, window) or _lasts_into(item, main, window)


def _parted(course: Course, item: Placed, main: Placed) -> bool:
    """Whether a therapy certainly began between the two; its first day lies before it."""
    starts = [placed.span for placed, _ in course.of(*THERAPIES) if placed.dated]
    pairs = ((item.span, main.span), (main.span, item.span))
    return any(
        _not_after(first.latest, start.earliest) and _after(second.earliest, start.latest)
        for start in starts
        for first, second in pairs
    )


def _not_after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one <= other


def _after(one: date | None, other: date | None) -> bool:
    return one is not None and other is not None and one > other


def _nearer_to(item: Placed, main: Placed, mains: tuple[Placed, ...]) -> bool:
    """Whether a count or finding without an assessment of its own lies nearer to another one."""
    if not isinstance(item.fact, (Lab, Finding)) or item.fact.assessment is not None:
        return False
    own = days_apart(item, main)
    others = [days_apart(item, other) for other in mains]
    return own is not None and any(apart is not None and apart < own for apart in others)


def _lasts_into(item: Placed, main: Placed, window: int) -> bool:
    """Whether something with an end is known to have gone on within the window."""
    start, end, day = item.span.latest, item.end and item.end.earliest, main.span
    if not (item.dated and main.dated and start and end and day.earliest and day.latest):
        return False
    step = timedelta(days=window)
    return start <= day.earliest + step and end >= day.latest - step


def _same_specimen(a: Fact, b: Fact) -> bool:
    specimen = a.refers_to.get("specimen")
    return specimen is not None and specimen == b.refers_to.get("specimen")


def same_day(a: Placed, b: Placed) -> bool:
    """Whether both are known to lie on one day."""
    return days_apart(a, b) == 0


def within(a: Placed, b: Placed, days: int) -> bool:
    """Whether both are known to lie at most `days` apart."""
    apart = days_apart(a, b)
    return apart is not None and apart <= days


def days_apart(a: Placed, b: Placed) -> int | None:
    """The most days that may lie between two facts; None where a date is not stated."""
    if not (a.dated and b.dated):
        return None
    first, second = a.fact.date, b.fact.date
    if _one_anchor(first, second) and first is not None and second is not None:
        return abs(first.offset - second.offset)
    apart = duration(a.span, b.span)
    if apart.shortest is None or apart.longest is None:
        return None
    return max(abs(apart.shortest), abs(apart.longest))


def _one_anchor(a: Day | None, b: Day | None) -> bool:
    return a is not None and b is not None and a.relative and a.anchor == b.anchor
