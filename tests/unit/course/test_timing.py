"""Times since milestones and overlapping treatments. Oracle: the calendar, by hand."""

from __future__ import annotations

from typing import Any

from residua.course.course import arrange
from residua.course.timing import Overlap, overlapping, since_milestones
from residua.facts.case import Case
from residua.facts.day import Day
from residua.facts.finding import Event
from residua.facts.patient import Diagnosis
from residua.facts.treatment import Transplant, Treatment


def course(*facts: Any):
    return arrange(Case("p", "a course", facts))


def course_of_drugs(name: str, start: str, days: str) -> Treatment:
    drug = {"name": "x", "days": days}
    return Treatment.model_validate({"id": name, "start": start, "drugs": [drug]})


def test_time_since_transplant_and_diagnosis_are_ranges() -> None:
    """The published case: February 2019, August 2019, July 2021."""
    made = course(
        Diagnosis(id="diagnosis", date=Day.parse("2019-02"), disease="B-ALL"),
        Transplant.model_validate({"id": "hsct", "date": "2019-08"}),
        Event.model_validate({"id": "relapse", "date": "2021-07", "kind": "relapse reported"}),
    )
    words = {since.milestone: str(since.days) for since in since_milestones(made, "relapse")}
    assert words == {"diagnosis": "28-30 months", "hsct": "22-24 months"}


def test_two_courses_of_the_same_days_overlap() -> None:
    made = course(
        course_of_drugs("a", "2023-03-01", "1-28"), course_of_drugs("b", "2023-03-28", "1")
    )
    assert overlapping(made, "a") == (Overlap("b", True),)
    assert overlapping(made, "b") == (Overlap("a", True),)


def test_partial_dates_only_may_overlap() -> None:
    made = course(
        course_of_drugs("a", "2023-03", "1-14"), course_of_drugs("b", "2023-03-28", "1-3")
    )
    assert overlapping(made, "a") == (Overlap("b", False),)


def test_what_ends_before_does_not_overlap() -> None:
    made = course(
        course_of_drugs("a", "2023-03-01", "1-7"), course_of_drugs("b", "2023-03-08", "1")
    )
    assert overlapping(made, "a") == ()


def test_without_dates_nothing_is_said() -> None:
    undated = Treatment.model_validate({"id": "u", "drugs": [{"name": "x", "days": "1-7"}]})
    assert overlapping(course(undated, course_of_drugs("b", "2023-03-08", "1")), "u") == ()
