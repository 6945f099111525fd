"""How old the patient was on a day of the course, as the dates allow."""

from __future__ import annotations

from datetime import date

from residua.course.course import Course, duration
from residua.course.placing import Placed
from residua.facts.patient import Diagnosis
from residua.facts.quantity import Quantity


def years_at(course: Course, item: Placed) -> tuple[Quantity, ...]:
    """The completed years that the record allows on the first day; none where it tells none."""
    patient, day = course.case.patient, item.span
    if patient is None or not item.dated or day.earliest is None or day.latest is None:
        return ()
    born = patient.birth.span if patient.birth else None
    if born is not None and born.earliest and born.latest:
        bounds = _years(born.latest, day.earliest), _years(born.earliest, day.latest)
    elif patient.age_at_diagnosis is not None and (since := _since_diagnosis(course, item)):
        years = int(patient.age_at_diagnosis.to("a").value)
        bounds = years + since[0] // 366, years + 1 + since[1] // 365
    else:
        return ()
    return tuple(Quantity.parse(f"{year} a") for year in range(max(bounds[0], 0), bounds[1] + 1))


def _since_diagnosis(course: Course, item: Placed) -> tuple[int, int] | None:
    """Days since the diagnosis, fewest and most; None where one of the days is not dated."""
    for placed, _ in course.of(Diagnosis):
        days = duration(placed.span, item.span)
        if placed.dated and days.shortest is not None and days.longest is not None:
            return max(days.shortest, 0), max(days.longest, 0)
    return None


def _years(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
