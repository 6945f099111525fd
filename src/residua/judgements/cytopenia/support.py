"""Support around an infusion or transplant, by days from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from residua.course.course import Course, Range, duration
from residua.course.daily_counts import days_allowed, may_lie
from residua.course.placing import Placed
from residua.facts.finding import Finding
from residua.facts.support import Support
from residua.standards.count_window import in_day
from residua.standards.engraftment import Transfused
from residua.standards.rulebook import load

KINDS = ("platelets", "g-csf")


def horizon() -> int:
    """Days after a transplant that are looked at for engraftment."""
    return int(load("conventions")["count-horizon"].limit_number)


@dataclass(frozen=True)
class Given:
    """One support: its first and last day from the start, each a range."""

    id: str
    kind: str
    first: Range
    last: Range

    @property
    def exact(self) -> bool:
        """Whether both days are known."""
        return self.first.single is not None and self.last.single is not None

    @property
    def words(self) -> str:
        """``g-csf, day +5 to +9``."""
        first, last = self.first.single, self.last.single
        if first is None or last is None:
            return f"{self.kind}, day not stated"
        to = f" to {in_day(last)}" if last != first else ""
        return f"{self.kind}, day {in_day(first)}{to}"


def given_after(course: Course, start: Placed, first: int, last: int) -> tuple[Given, ...]:
    """Platelets and growth factor that may have been given on days `first` to `last`."""
    listed = tuple(_given(course, start))
    return tuple(one for one in listed if may_lie(_whole(one), first, last))


def _given(course: Course, start: Placed) -> Iterator[Given]:
    for item, support in course.of(Support):
        if support.kind in KINDS:
            begins = days_allowed(course, start.id, item.id)
            if begins == Range(None, None) and start.id in course.predecessors[item.id]:
                begins = Range(0, None)
            yield Given(item.id, support.kind, begins, _last_day(start, item, begins))


def _last_day(start: Placed, item: Placed, begins: Range) -> Range:
    end = item.fact.end if isinstance(item.fact, Support) else None
    if end is None:
        return begins
    if end.anchor == start.id:
        return Range(end.offset, end.offset)
    return duration(start.span, item.end) if item.end is not None else Range(None, None)


def _whole(one: Given) -> Range:
    return Range(one.first.shortest, one.last.longest)


def transfused(given: tuple[Given, ...]) -> Transfused:
    """Days on which platelets were given (True) or may have been (None)."""
    found: dict[int, bool | None] = {}
    far = horizon()
    for one in given:
        if one.kind == "platelets":
            span = _whole(one)
            days = range(
                max(-far, -far if span.shortest is None else span.shortest),
                min(far, far if span.longest is None else span.longest) + 1,
            )
            found |= {day: True if one.exact else found.get(day) for day in days}
    return found


def transfusions_stated(course: Course, start: Placed, given: tuple[Given, ...]) -> bool:
    """Whether the record speaks of platelet transfusions after `start`: some, or that none were."""
    if any(one.kind == "platelets" for one in given):
        return True
    return any(
        finding.present is False
        and "platelet" in finding.term.lower()
        and "transfus" in finding.term.lower()
        and course.position[item.id] > course.position[start.id]
        for item, finding in course.of(Finding)
    )
