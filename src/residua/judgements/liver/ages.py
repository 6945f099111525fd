"""Whether the patient was a child when an episode began."""

from __future__ import annotations

from datetime import date

from residua.course.course import Course, duration
from residua.course.placing import Placed
from residua.facts.patient import Diagnosis
from residua.facts.quantity import Quantity

_SHORT_YEAR, _LONG_YEAR = 365, 366


def is_child(course: Course, item: Placed, limit: Quantity) -> bool | None:
    """Whether the age is below `limit`; None where the record leaves it open."""
    found = _ages(course, item)
    if found is None:
        return None
    years = int(limit.to("a").value)
    low, high = found
    if high < years:
        return True
    return False if low >= years else None


def _ages(course: Course, item: Placed) -> tuple[int, int] | None:
    """The fewest and most completed years that the record allows."""
    patient, day = course.case.patient, item.span
    if patient is None or day.earliest is None:
        return None
    latest = day.latest or date.max
    if patient.birth is not None and patient.birth.span.known:
        born = patient.birth.span
        assert born.earliest is not None  # known
        assert born.latest is not None
        return _years(born.latest, day.earliest), _years(born.earliest, latest)
    if patient.age_at_diagnosis is None:
        return None
    years = int(patient.age_at_diagnosis.to("a").value)
    for placed, _ in course.of(Diagnosis):
        days = duration(placed.span, item.span)
        if placed.dated and days.shortest is not None:
            longest = days.longest if days.longest is not None else _LONG_YEAR * 200
            since = max(days.shortest, 0) // _LONG_YEAR
            return years + since, years + 1 + max(longest, 0) // _SHORT_YEAR
    return None


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
