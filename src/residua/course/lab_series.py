"""The values of one analyte in blood over the course, each with the day that it is known for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import get_args

from residua.course.course import Course, Range
from residua.course.elapsed import anchored, days_between
from residua.course.placing import Placed
from residua.facts.laboratory import Lab
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen, Tissue


@dataclass(frozen=True)
class LabPoint:
    """One value: its fact's id, the value, and its exact day where the record states one."""

    item: Placed
    lab: Lab
    value: Quantity
    day: date | None

    @property
    def id(self) -> str:
        """The id of its fact."""
        return self.lab.id


def lab_series(course: Course, analyte: str) -> tuple[LabPoint, ...]:
    """The values of `analyte` in blood, or in a tissue not stated, in the order of the course.

    Nothing is interpolated; two values of one day both stand.
    """
    return tuple(
        LabPoint(item, lab, lab.value, _day(item))
        for item, lab in course.labs.get(analyte, ())
        if lab.value is not None and of_blood(course, lab)
    )


def days_after(course: Course, start: str, fact: str) -> Range:
    """Days from the fact `start` (its first day) to `fact`, exact where the record ties them."""
    return days_between(course, anchored(course, start), anchored(course, fact))


def _day(item: Placed) -> date | None:
    return item.span.earliest if item.dated and item.span.exact else None


def of_blood(course: Course, lab: Lab) -> bool:
    """Whether a value is of blood, or of a tissue not stated."""
    drawn = course.by_id.get(lab.specimen or "")
    named = lab.specimen if lab.specimen in get_args(Tissue) else None
    tissue = drawn.fact.tissue if drawn and isinstance(drawn.fact, Specimen) else named
    return tissue in (None, "blood")
