"""Which MRD result certainly came before which, whatever the order of the rows of a file."""

from __future__ import annotations

from collections.abc import Iterable

from residua.course.course import Course
from residua.course.elapsed import anchored, days_between
from residua.course.placing import Placed


def host_of(course: Course, placed: Placed) -> Placed:
    """The assessment whose day a result without one of its own has; else the result itself."""
    own = placed.fact
    return course.by_id.get(own.assessment or "", placed) if own.date is None else placed


def certainly_before(course: Course, one: Placed, other: Placed) -> bool:
    """Whether `one` lies before the day of `other`, by the days or by the record's own order."""
    if one.dated and other.dated and one.span.exact and other.span.exact:
        first, second = one.span.earliest, other.span.earliest
        return first is not None and second is not None and first < second
    if host_of(course, one).id in course.predecessors[host_of(course, other).id]:
        return True
    days = days_between(course, anchored(course, one.id), anchored(course, other.id))
    return days.shortest is not None and days.shortest > 0


def certainly_not_before(course: Course, one: Placed, other: Placed) -> bool:
    """Whether `one` is of the day of `other` or later."""
    if certainly_before(course, other, one):
        return True
    days = days_between(course, anchored(course, one.id), anchored(course, other.id))
    return days.longest is not None and days.longest <= 0


def one_before(course: Course, pool: Iterable[Placed], later: Placed) -> Placed | None:
    """The one of `pool` just before `later`; None where there is none or several may be it."""
    last: list[Placed] = []
    for one in pool:
        if one.id == later.id or certainly_not_before(course, one, later):
            continue
        if not certainly_before(course, one, later):
            return None
        if not any(certainly_before(course, one, other) for other in last):
            last = [other for other in last if not certainly_before(course, other, one)]
            last.append(one)
    return last[0] if len(last) == 1 else None
