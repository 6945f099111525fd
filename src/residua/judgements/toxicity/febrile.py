"""Febrile neutropenia: the lowest neutrophils and the highest temperature of one day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from residua.course.course import Course
from residua.judgements.toxicity.graded import (
    Moment,
    Series,
    books,
    grade_course,
    moment_of,
)
from residua.judgements.toxicity.graded_value import GradedValue
from residua.judgements.toxicity.moments import Value
from residua.judgements.unjudged import published_after
from residua.standards import ctcae
from residua.standards.grade_book import GradeBook
from residua.standards.grade_by_cells import find_term
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grade_known import unit_fits

TERM = "febrile-neutropenia"


def febrile_series(course: Course) -> tuple[Series, ...]:
    """Each day with a temperature, under each version; none where no temperature is stated.

    A fever on a day without a count leaves the grade open.
    """
    listed = grade_course(course)
    heat = _by_day(listed, "temperature")
    cells = _by_day(listed, "neutrophils")
    if not heat:
        return ()
    return tuple(
        Series(
            book, find_term(book, TERM), "neutrophils", tuple(_moments(book, heat, cells)), {}, {}
        )
        for book in books()
    )


def _by_day(listed: Iterable[Series], analyte: str) -> dict[date, list[Value]]:
    """The values of an analyte whose exact day is known, by day."""
    one = next((series for series in listed if series.analyte == analyte), None)
    found: dict[date, list[Value]] = {}
    for moment in one.moments if one else ():
        for row in moment.rows:
            if row.value.day is not None and not row.value.value.censored:
                found.setdefault(row.value.day, []).append(row.value)
    return found


def _moments(
    book: GradeBook, heat: dict[date, list[Value]], cells: dict[date, list[Value]]
) -> Iterator[Moment]:
    term = find_term(book, TERM)
    for day in sorted(heat):
        hottest = max(heat[day], key=lambda value: value.value.number)
        counts = [value for value in cells.get(day, ()) if unit_fits(value.value.unit, term)]
        lowest = min(counts, key=lambda value: value.value.number, default=None)
        yield moment_of([_row(book, hottest, lowest)])


def _row(book: GradeBook, hottest: Value, lowest: Value | None) -> GradedValue:
    temperature = f"{hottest.value.value} {hottest.value.unit}"
    count = lowest.value if lowest else None
    given = GradeInputs(count, findings={"temperature": temperature})
    grading = ctcae.grade(TERM, given, version=book.version)
    if lowest is None:
        missing = tuple("the neutrophil count" if m == "the value" else m for m in grading.missing)
        grading = replace(grading, missing=missing)
    value = lowest or hottest
    return GradedValue(
        value, grading, None, None, None, (), published_after(book.published, value.item.span),
        (hottest.item.id,) if lowest else (),
    )  # fmt: skip
