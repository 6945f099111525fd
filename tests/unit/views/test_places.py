"""Places: days as days, months as months, undated facts in the known order only."""

from __future__ import annotations

from datetime import date

import pytest
from made_courses import course_of

from residua.facts.assessment import Assessment
from residua.facts.finding import Event
from residua.facts.mrd import MrdReading
from residua.facts.treatment import Treatment
from residua.views.places import host_of, place_on_axis


def placed(*facts, width=120):
    return place_on_axis(course_of(*facts), [fact.id for fact in facts], width)


def test_a_month_is_drawn_as_that_month():
    found = placed(Event(id="e1", kind="death", date="2020-03"),
                   Event(id="e2", kind="last contact", date="2020-01-15"))  # fmt: skip
    place = found.by_id["e1"]
    assert (place.dated, place.exact) == (True, False)
    assert place.left == found.axis.x(date(2020, 3, 1))
    assert place.right == found.axis.x(date(2020, 4, 1))
    assert found.by_id["e2"].exact


def test_a_course_reaches_from_its_first_to_its_last_day():
    """Oracle: day 1 is the first day, so days 1-14 from 1 March end on 14 March."""
    drugs = [{"name": "vincristine", "days": "1-14"}]
    found = placed(Treatment(id="t1", start="2020-03-01", drugs=drugs))
    place = found.by_id["t1"]
    assert place.exact
    assert place.right == pytest.approx(found.axis.x(date(2020, 3, 15)))
    assert not place.open_end


def test_a_course_known_to_the_month_has_a_certain_core_only_where_it_overlaps():
    found = placed(Treatment(id="t1", start="2020-01", end="2020-04"),
                   Treatment(id="t2", start="2020-01-02"))  # fmt: skip
    core = found.by_id["t1"].core
    assert core == (found.axis.x(date(2020, 1, 31)), found.axis.x(date(2020, 4, 2)))
    assert found.by_id["t2"].open_end


def test_undated_facts_stand_between_their_neighbours_in_order():
    found = placed(
        Event(id="first", kind="progression", date="2020-01-01"),
        Treatment(id="t1", after="first"),
        Treatment(id="t2", after="t1", before="last"),
        Event(id="last", kind="death", date="2020-12-31"),
    )
    order = [found.by_id[name].x for name in ("first", "t1", "t2", "last")]
    assert order == sorted(order)
    assert not found.by_id["t1"].dated
    assert not found.by_id["t2"].dated


def test_a_reading_stands_where_its_undated_assessment_does():
    course = course_of(
        Treatment(id="t1", start="2020-01-01"),
        Assessment(id="a1", after="t1"),
        MrdReading(id="m1", assessment="a1", fraction="1e-3"),
    )
    assert host_of(course, course.by_id["m1"].fact).id == "a1"
