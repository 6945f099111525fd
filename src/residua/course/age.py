"""Completed years of age on the days of a fact, as far as the record bounds them."""

from __future__ import annotations

from datetime import date

from residua.course.course import Course, Range, duration
from residua.course.placing import Placed
from residua.facts.day import Span
from residua.facts.patient import Diagnosis
from residua.facts.quantity import Quantity

_SHORT_YEAR, _LONG_YEAR = 365, 366
_OPEN = Range(None, None)


def completed_years(born: Span, day: Span) -> Range:
    """The fewest and the most completed years; None where the dates leave an end open."""
    fewest = _years(born.latest, day.earliest) if born.latest and day.earliest else None
    most = _years(born.earliest, day.latest) if born.earliest and day.latest else None
    return Range(fewest, most)


def years_of_age(course: Course, item: Placed) -> Range:
    """Completed years when `item` began, by birth, else by the age at diagnosis.

    An end is None where the record leaves it open.
    """
    patient = course.case.patient
    if patient is None:
        return _OPEN
    if patient.birth is not None and patient.birth.span.known:
        return completed_years(patient.birth.span, item.span)
    if patient.age_at_diagnosis is None:
        return _OPEN
    return _since_diagnosis(course, item, int(patient.age_at_diagnosis.to("a").value))


def ages_at(course: Course, item: Placed) -> tuple[Quantity, ...]:
    """Each age that is possible when `item` began; none where its date or the record is open."""
    years = years_of_age(course, item)
    if not item.dated or years.shortest is None or years.longest is None:
        return ()
    return tuple(
        Quantity.parse(f"{year} a") for year in range(max(years.shortest, 0), years.longest + 1)
    )


def younger_than(course: Course, item: Placed, limit: Quantity) -> bool | None:
    """Whether the patient was below an age when `item` began; None where that is open."""
    years, asked = years_of_age(course, item), int(limit.to("a").value)
    if years.longest is not None and years.longest < asked:
        return True
    return False if years.shortest is not None and years.shortest >= asked else None


def _since_diagnosis(course: Course, item: Placed, years: int) -> Range:
    """From the age at the first dated diagnosis; the birthday may lie anywhere in the year."""
    for placed, _ in course.of(Diagnosis):
        days = duration(placed.span, item.span)
        if placed.dated and days.shortest is not None:
            most = None if days.longest is None else max(days.longest, 0) // _SHORT_YEAR
            fewest = max(days.shortest, 0) // _LONG_YEAR
            return Range(years + fewest, None if most is None else years + 1 + most)
    return _OPEN


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
