"""Counts by day and what ends the follow-up. Oracle: the dates as they are written here."""

import pytest

from residua.course.course import Range, arrange
from residua.course.daily_counts import daily_counts, may_lie
from residua.course.follow_up import cuts_after, possible_ends
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.finding import Event
from residua.facts.laboratory import Lab
from residua.facts.treatment import CellInfusion, Treatment

INFUSION = CellInfusion(id="car-t", kind="car-t", date="2024-03-01")


def lab(number, day, value="0.4", unit="10*9/L"):
    row = {"id": f"labs-{number}", "date": day, "analyte": "neutrophils", "value": value}
    return Lab(**row, unit=unit)


def course(*facts):
    return arrange(Case("x", "x", facts))


def test_counts_stand_by_day_and_those_of_one_day_together():
    found = daily_counts(
        course(
            INFUSION,
            lab(1, "2024-03-03"),
            lab(2, "2024-03-03", "0.3"),
            lab(3, "car-t+5d"),
            lab(4, "2024-02-28"),
            lab(5, "2024-03-04", "40", "%"),
        ),
        "car-t",
        "neutrophils",
    )
    ids = {day: [point.id for point in points] for day, points in found.by_day.items()}
    assert ids == {2: ["labs-1", "labs-2"], 5: ["labs-3"], -2: ["labs-4"]}
    assert [point.id for point in found.of_days(0, 30)] == ["labs-1", "labs-2", "labs-3"]


def test_a_count_of_a_month_has_no_day_and_may_be_of_the_window():
    found = daily_counts(
        course(INFUSION, lab(1, "2024-03"), lab(2, "2023-10")), "car-t", "neutrophils"
    )
    assert not found.by_day
    assert [point.id for point in found.perhaps_of(0, 30)] == ["labs-1"]
    assert not found.perhaps_of(31, 100)


@pytest.mark.parametrize(
    ("days", "inside"),
    [
        (Range(30, 30), True),
        (Range(31, 40), False),
        (Range(None, -1), False),
        (Range(None, None), True),
        (Range(-5, 0), True),
    ],
)
def test_may_lie(days, inside):
    assert may_lie(days, 0, 30) is inside


def ends(*facts, kinds=("death", "last contact", "progression", "next therapy"), last=30):
    found = possible_ends(cuts_after(course(INFUSION, *facts), "car-t"), kinds, last)
    return [(end.last, end.cut.kind if end.cut else None) for end in found]


def test_nothing_ends_the_window():
    assert ends() == [(30, None)]
    assert ends(Treatment(id="before", start="2024-02-20")) == [(30, None)]


def test_the_first_of_several_ends_it():
    death = Event(id="death", kind="death", date="car-t+20d")
    relapse = Event(id="relapse", kind="relapse reported", date="car-t+12d")
    word = Assessment(id="marrow", date="car-t+10d", response_reported="relapse")
    assert ends(death, relapse) == [(12, "progression")]
    assert ends(death, relapse, word) == [(10, "progression")]
    assert ends(death, relapse, kinds=("death",)) == [(20, "death")]
    assert ends(Treatment(id="next", start="car-t+15d")) == [(15, "next therapy")]


def test_the_last_contact_that_counts_is_the_latest():
    first, second = (
        Event(id=f"contact-{n}", kind="last contact", date=f"car-t+{n}d") for n in (12, 60)
    )
    assert ends(first) == [(12, "last contact")]
    assert ends(first, second) == [(30, None)]


def test_an_end_without_a_day_is_tried_on_every_day():
    relapse = Event(id="relapse", kind="relapse reported", date="2024-03")
    found = ends(relapse, last=40)
    assert found[0] == (0, "progression")
    assert found[-1] == (30, "progression")
    assert ends(Event(id="r", kind="progression", after="car-t"))[-1] == (30, None)
