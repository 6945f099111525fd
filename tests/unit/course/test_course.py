"""One patient in order. Oracle: small courses worked by hand on the calendar."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from residua.course.course import arrange, duration
from residua.course.elapsed import since_last_dose
from residua.course.targets import targeting
from residua.errors import InputError
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.day import Day, Span
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.laboratory import Lab
from residua.facts.patient import Diagnosis
from residua.facts.treatment import CellInfusion, Transplant, Treatment


def case(*facts: Fact) -> Case:
    return Case("p", "a course", facts)


def diagnosis(day: str = "2019-02") -> Diagnosis:
    return Diagnosis(id="diagnosis", date=Day.parse(day), disease="B-ALL")


def treatment(name: str, **fields: Any) -> Treatment:
    return Treatment.model_validate({"id": name, **fields})


def assessment(name: str, **fields: Any) -> Assessment:
    return Assessment.model_validate({"id": name, **fields})


def order(*facts: Fact) -> list[str]:
    return [item.id for item in arrange(case(*facts)).placed]


def test_undated_facts_stand_after_what_they_follow() -> None:
    """after/before first, then the earliest possible day, then the place in the file."""
    facts = (
        Transplant.model_validate({"id": "hsct", "date": "2019-08"}),
        treatment("re-induction", after="smear"),
        assessment("smear", after="induction"),
        treatment("induction", after="diagnosis"),
        diagnosis(),
        assessment("pre-hsct", before="hsct", after="re-induction"),
    )
    names = ["diagnosis", "induction", "smear", "re-induction", "pre-hsct", "hsct"]
    assert order(*facts) == names


def test_the_order_bounds_undated_facts_and_invents_no_day() -> None:
    hsct = Transplant.model_validate({"id": "hsct", "date": "2019-08"})
    course = arrange(case(diagnosis(), treatment("a", after="diagnosis", before="hsct"), hsct))
    placed = course.by_id["a"]
    assert not placed.dated
    assert placed.span == Span(date(2019, 2, 1), date(2019, 8, 31))


def test_relative_days_follow_their_anchor_at_its_precision() -> None:
    """Day 28 after a CAR-T infusion of July 2021: from 29 July to 28 August 2021."""
    infusion = CellInfusion.model_validate({"id": "car-t", "date": "2021-07", "kind": "car-t"})
    course = arrange(case(diagnosis(), infusion, assessment("d28", date="car-t+28d")))
    assert course.by_id["d28"].span == Span(date(2021, 7, 29), date(2021, 8, 28))


def test_the_first_day_of_a_drug_course_is_day_1() -> None:
    """A course from 27 May 2025 with its last dose on day 15 ends on 10 June 2025."""
    drugs = [{"name": "inotuzumab ozogamicin", "dose": "0.5 mg/m2", "days": "8,15"}]
    course = arrange(case(diagnosis(), treatment("ino", start="2025-05-27", drugs=drugs)))
    assert course.by_id["ino"].end == Span(date(2025, 6, 10), date(2025, 6, 10))


def test_a_circle_in_the_order_is_a_fault() -> None:
    with pytest.raises(InputError, match="circle"):
        arrange(case(diagnosis(), treatment("a", after="b"), treatment("b", after="a")))


def test_a_circle_of_relative_dates_is_a_fault() -> None:
    with pytest.raises(InputError, match="circle"):
        arrange(case(treatment("a", start="b+1d"), treatment("b", start="a+1d")))


def test_durations_between_months_are_ranges() -> None:
    """August 2019 to July 2021: 670 to 730 days, the sheet's 22-24 months."""
    length = duration(Day.parse("2019-08").span, Day.parse("2021-07").span)
    assert (length.shortest, length.longest) == (670, 730)
    assert str(length) == "22-24 months"


def test_a_duration_without_a_date_is_not_assessable() -> None:
    assert "not assessable" in str(duration(Span(), Day.parse("2021-07").span))


def test_two_readings_of_one_time_that_differ_are_in_conflict() -> None:
    """The published case: 91 % by differential and 31.5 % by flow in one month."""
    course = arrange(
        case(
            diagnosis(),
            assessment("smear", date="2019-02", kind="differential", blasts="91 %"),
            assessment("flow", date="2019-02", kind="flow", blasts="31.5 %"),
        )
    )
    assert [(c.first, c.second) for c in course.conflicts] == [("smear", "flow")]
    assert course.conflicts_of("flow") == ("smear",)


@pytest.mark.parametrize(
    "second",
    [
        {"date": "2019-03", "blasts": "31.5 %"},
        {"date": "2019-02", "blasts": "0.91"},
        {"date": "2019-02", "blasts": "31.5 %", "after": "smear"},
        {"blasts": "31.5 %"},
    ],
    ids=["another month", "the same value", "ordered", "no date"],
)
def test_what_is_no_conflict(second: dict[str, str]) -> None:
    first = assessment("smear", date="2019-02", blasts="91 %")
    assert not arrange(case(diagnosis(), first, assessment("other", **second))).conflicts


def test_counts_of_one_day_in_two_units_agree() -> None:
    rows = [("12", "10*9/L"), ("12000", "/uL")]
    labs = [
        Lab.model_validate(
            {"id": f"l{n}", "date": "2019-02-03", "analyte": "plt", "value": v, "unit": u}
        )
        for n, (v, u) in enumerate(rows)
    ]
    assert not arrange(case(diagnosis("2019"), *labs)).conflicts


def test_lines_count_from_relapse_to_relapse_and_stated_ones_win() -> None:
    event = Event.model_validate({"id": "r", "date": "2021-07", "kind": "relapse reported"})
    infusion = CellInfusion.model_validate({"id": "car-t", "date": "2021-08", "kind": "car-t"})
    course = arrange(
        case(
            diagnosis(),
            treatment("a", start="2019-02"),
            treatment("b", start="2019-04"),
            event,
            infusion,
            assessment("m", date="2022-08", response_reported="MRD relapse"),
            treatment("c", start="2022-09"),
            treatment("d", start="2022-11", line=7),
        )
    )
    numbers = {line.treatment: (line.number, line.basis) for line in course.lines}
    chosen = "Residua's choice"
    assert numbers == {
        "a": (1, chosen), "b": (1, chosen), "car-t": (2, chosen), "c": (3, chosen),
        "d": (7, "stated"),
    }  # fmt: skip


def test_targeted_therapy_is_known_with_its_last_dose() -> None:
    """Day 30 of a course (first day + 29) lies 15 days after its dose of day 15."""
    drugs = [{"name": "InO", "dose": "0.8 mg/m2", "days": "1,8,15"}]
    ino = treatment("ino", start="2022-08", drugs=drugs)
    course = arrange(case(diagnosis(), ino, assessment("d30", date="ino+29d")))
    (therapy,) = targeting(course)
    assert therapy.marker == "CD22"
    since = since_last_dose(course, therapy, "d30")
    assert (since.shortest, since.longest) == (15, 15), "exact, though the day is not known"


def test_a_planned_drug_has_not_been_given() -> None:
    drugs = [{"name": "InO", "dose": "0.8 mg/m2", "days": "1", "status": "planned"}]
    assert not targeting(arrange(case(treatment("ino", start="2022-08", drugs=drugs))))


def test_a_length_that_may_be_negative_is_written_with_to():
    """Two days of one February of 28 days lie at most 27 days apart, either way."""
    month = Day.parse("2019-02").span
    assert str(duration(month, month)) == "-27 to 27 days"
