"""How GVHD ran: its first day, its worst, when it was gone, what was given for it."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.course import Course
from residua.course.lab_series import days_after
from residua.course.placing import Placed, own_day
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.graft.moments import Stated
from residua.judgements.graft.worst import Time, Worst
from residua.judgements.judgement import Details

NOT_STATED = "day not stated"


def course_details(course: Course, graft: Placed, worst: Worst) -> Details:
    """Onset, worst, recovery and treatment, as far as the record states them."""
    times = worst.times
    ill = [time for time in times if min(time.possible) > 0]
    if not ill:
        seen = [time.main for time in times]
        return (
            (("assessed", ", ".join(_when(course, graft, item) for item in seen)),) if seen else ()
        )
    top = next((t for t in ill if max(t.possible) == worst.grade), ill[0])
    found = [
        ("onset", _when(course, graft, ill[0].main)),
        ("worst", f"grade {worst.grade}, {_when(course, graft, top.main)}"),
        ("recovery", _recovery(course, graft, times, ill)),
    ]
    treated = ", ".join(_treatment(course, ill))
    return (*found, *((("treatment", treated),) if treated else ()))


def _when(course: Course, graft: Placed, item: Placed) -> str:
    """``day 28`` after the graft; a range where dates are partial; the date where days are not."""
    days = days_after(course, graft.id, item.id)
    if days.single is not None:
        return f"day {days.single}"
    if not item.dated:
        return NOT_STATED
    if days.shortest is not None and days.longest is not None:
        return f"{days} after {graft.id}"
    day = own_day(item.fact)
    return day.text if day else NOT_STATED


def _recovery(course: Course, graft: Placed, times: tuple[Time, ...], ill: list[Time]) -> str:
    """The first time after the last of GVHD that has none, or the last day that is stated."""
    place = course.position[ill[-1].main.id]
    well = [t for t in times if t.possible == {0} and course.position[t.main.id] > place]
    after = [t.main for t in well if t.main.dated]
    if after:
        return f"grade 0 by {_when(course, graft, after[0])}"
    ends = [s.told.finding.end for s in _stated(ill[-1]) if s.told.finding.end is not None]
    return f"ended {ends[-1].text}" if len({end.text for end in ends}) == 1 else "not stated"


def _stated(time: Time) -> tuple[Stated, ...]:
    asserted = tuple(report.stated for report in time.reports)
    return (*(time.staged.moment.stated if time.staged else ()), *asserted)


def _treatment(course: Course, ill: list[Time]) -> Iterator[str]:
    """Treatments that the record lays to GVHD, and steroids of its days."""
    for item, treatment in course.of(Treatment):
        reasons = [treatment.intent or "", *(drug.reason or "" for drug in treatment.drugs)]
        if any("gvhd" in r.lower() and "prophyla" not in r.lower() for r in reasons):
            yield item.id
    for item, support in course.of(Support):
        if support.kind == "steroid" and any(_overlap(item, time.main) for time in ill):
            yield f"steroid ({item.id})"


def _overlap(support: Placed, time: Placed) -> bool:
    """Whether the support certainly lasted on the day, or began after it while GVHD lasted."""
    end = support.end or support.span
    last = (time.end or time.span).latest
    begin, first = support.span.latest, time.span.earliest
    if not (support.dated and time.dated and end.earliest and last and begin and first):
        return False
    return begin <= last and end.earliest >= first
