"""From one course to the next of the same regimen: its length, and doses per unit of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from residua.course.course import Course, Range
from residua.course.elapsed import anchored, days_between
from residua.course.placing import Placed
from residua.facts.treatment import Treatment
from residua.judgements.judgement import Judgement
from residua.standards.regimen import Cycle, Regimen
from residua.standards.regimen_shelf import plain

AS_PLANNED, LONGER, SHORTER = "as planned", "longer than planned", "shorter than planned"


def to_the_next(course: Course, item: Placed) -> tuple[str, Range] | None:
    """The next course of the same regimen by name, and the days to it; None where none follows."""
    assert isinstance(item.fact, Treatment)  # the caller walks the treatments
    name = plain(item.fact.regimen)
    here = course.position[item.id]
    for other, treatment in course.of(Treatment):
        if course.position[other.id] > here and plain(treatment.regimen) == name:
            days = days_between(course, anchored(course, item.id), anchored(course, other.id))
            return other.id, days
    return None


def course_length(
    course: Course, item: Placed, regimen: Regimen, base: Judgement
) -> Iterator[Judgement]:
    """Days to the next course against the cycle's planned length, where one follows."""
    planned, follows = _cycle(item, regimen), to_the_next(course, item)
    if planned is None or planned.length is None or follows is None:
        return
    name, days = follows
    low, high = _length(planned)
    said = replace(
        base, term="course-length", clause=planned.clause, cite=planned.cite,
        provenance=planned.provenance, facts=(*base.facts, name),
        reason=f"{days} to {name}, {low}{f'-{high}' if high != low else ''} days planned",
    )  # fmt: skip
    word = _word(days, low, high)
    if word is None:
        yield replace(said, missing=("days on which the courses began",))
    else:
        yield replace(said, outcome="verdict", basis="computed", verdict=f"{word}: {days}")


def per_unit_of_time(
    course: Course, item: Placed, regimen: Regimen, low: float, high: float
) -> tuple[str, ...]:
    """The dose intensity over the time to the next course, as a range where dates are partial."""
    planned, follows = _cycle(item, regimen), to_the_next(course, item)
    if planned is None or planned.length is None or follows is None:
        return ()
    name, days = follows
    if not days.shortest or not days.longest:
        return ()
    length, _ = _length(planned)
    least, most = low * length / days.longest * 100, high * length / days.shortest * 100
    shown = f"{least:.0f}" if f"{least:.0f}" == f"{most:.0f}" else f"{least:.0f}-{most:.0f}"
    return (f"dose intensity over time {shown} %: {days} to {name}, {length} days planned",)


def _cycle(item: Placed, regimen: Regimen) -> Cycle | None:
    """The cycle's length where it is the same whichever cycle it may be."""
    number = item.fact.cycle if isinstance(item.fact, Treatment) else None
    numbers = (number,) if number in regimen.numbers and number else regimen.numbers
    found = [regimen.cycle(n) for n in numbers]
    lengths = {_length(c) if c and c.length else None for c in found}
    return found[0] if len(lengths) == 1 else None


def _length(cycle: Cycle) -> tuple[int, int]:
    """Planned days, shortest and longest."""
    assert cycle.length is not None  # the callers ask only for stated lengths
    longest = cycle.up_to or cycle.length
    low, high = (round(float(q.to("d").value)) for q in (cycle.length, longest))
    return low, high


def _word(days: Range, low: int, high: int) -> str | None:
    if days.shortest is None or days.longest is None:
        return None
    if days.shortest >= low and days.longest <= high:
        return AS_PLANNED
    if days.shortest > high:
        return LONGER
    return SHORTER if days.longest < low else None
