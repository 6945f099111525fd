"""Days between two facts, exact where the record ties them to one event.

Two facts dated ``ino+29d`` and day 15 of ``ino`` lie 15 - 1 = 14 days after that event's first
day and 29 days after it: 15 days apart, although the day itself is not known.
"""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, Range, duration
from residua.course.placing import Placed, own_day
from residua.course.targets import Targeting
from residua.facts.treatment import Treatment


@dataclass(frozen=True)
class Anchored:
    """A day as `offset` days from the day of the fact `root`."""

    root: str
    offset: int


def anchored(course: Course, fact_id: str) -> Anchored:
    """The fact's day from the farthest event that the record ties it to (itself, if none)."""
    root, offset = fact_id, 0
    for _ in course.placed:  # no chain is longer than the course
        item = course.by_id.get(root)
        step = _step(item) if item else None
        if step is None or step.root not in course.by_id:
            break
        root, offset = step.root, offset + step.offset
    return Anchored(root, offset)


def _step(item: Placed) -> Anchored | None:
    day = own_day(item.fact)
    if day is not None:
        return Anchored(day.anchor, day.offset) if day.anchor else None
    refers = item.fact.refers_to
    target = refers.get("assessment") or refers.get("specimen")
    return Anchored(target, 0) if target else None


def days_between(course: Course, start: Anchored, end: Anchored) -> Range:
    """From `start` to `end`: exact where both hang on one event, else the range of both dates."""
    if start.root == end.root:
        days = end.offset - start.offset
        return Range(days, days)
    first, last = course.by_id[start.root], course.by_id[end.root]
    if not (first.dated and last.dated):
        return Range(None, None)
    return duration(first.span.shifted(start.offset), last.span.shifted(end.offset))


def last_dose(course: Course, therapy: Targeting) -> Anchored | None:
    """The day of the therapy's last dose; None where the record does not state it."""
    if therapy.last is None:
        return None
    item = course.by_id[therapy.treatment]
    begins = anchored(course, therapy.treatment)
    if not isinstance(item.fact, Treatment):
        return begins
    if therapy.last.earliest and item.span.earliest:
        shift = (therapy.last.earliest - item.span.earliest).days
        if item.span.shifted(shift) == therapy.last:
            return Anchored(begins.root, begins.offset + shift)
    return None


def since_last_dose(course: Course, therapy: Targeting, fact_id: str) -> Range:
    """Days from the therapy's last dose to the fact; unbounded where a date is missing."""
    dose = last_dose(course, therapy)
    if dose is not None:
        return days_between(course, dose, anchored(course, fact_id))
    item = course.by_id[fact_id]
    if therapy.last is None or not item.dated:
        return Range(None, None)
    return duration(therapy.last, item.span)
