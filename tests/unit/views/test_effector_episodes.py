"""CRS, ICANS and treatments as episodes in days since the infusion. Oracle: counted by hand."""

from __future__ import annotations

from made_courses import course_of
from made_cytokines import effects, infusion

from residua.course.course import Range
from residua.facts.finding import Finding
from residua.facts.support import Support
from residua.judgements.immune_effector.effector import judge_effector
from residua.views.curves.cytokines import episode_words
from residua.views.effector_episodes import effector_episodes


def found(*facts):
    course = course_of(infusion(), *facts)
    return effector_episodes(course, judge_effector(course))


def test_reported_grades_with_their_days_and_treatments():
    words = [episode_words(one) for one in found(*effects())]
    assert words == [
        "CRS grade 2 (as reported), day 3 to day 9",
        "ICANS grade 1 (as reported), day 7, last seen day 7, end not stated",
        "tocilizumab, day 5", "tocilizumab, day 6", "steroid, day 6 to day 9",
    ]  # fmt: skip


def test_the_id_is_that_of_the_judgement():
    crs, icans, *given = found(*effects())
    assert (crs.id, icans.id) == ("astct-crs/2019/car-t/crs", "astct-icans/2019/car-t/icans")
    assert given[0].id == "toci-1"


def test_a_computed_grade_is_not_called_reported():
    """Fever, and hypotension that needs no vasopressor: grade 2 of the ASTCT."""
    signs = [
        Finding(id="fever", term="fever", present=True, date="car-t+2d", end="car-t+5d"),
        Finding(id="low", term="hypotension", value="fluids", present=True, date="car-t+3d",
                end="car-t+4d"),
        Finding(id="oxygen", term="hypoxia", present=False, date="car-t+3d"),
    ]  # fmt: skip
    (crs,) = found(*signs)
    assert (crs.words, crs.first, crs.last, crs.ended) == (
        "CRS grade 2", Range(2, 2), Range(5, 5), True,
    )  # fmt: skip


def test_denied_is_not_drawn_and_a_grade_that_is_open_says_so():
    assert found(Finding(id="crs", term="CRS", present=False, date="car-t+3d")) == ()
    (crs,) = found(Finding(id="crs", term="CRS", present=True, date="car-t+3d"))
    assert crs.words == "CRS (grade not assessable)"


def test_another_scale_is_named():
    reported = Finding(id="crs", term="CRS", present=True, grade_reported=3, standard="CTCAE",
                       date="car-t+3d")  # fmt: skip
    (crs,) = found(reported)
    assert crs.words == "CRS grade 3 (as reported ctcae)"


def test_partial_dates_are_ranges_and_later_days_are_no_treatment():
    month = Support(id="t", kind="tocilizumab", date="2021-07")
    late = Support(id="s", kind="steroid", date="car-t+60d")
    (given,) = found(month, late)
    assert (given.first, given.last) == (Range(0, 21), Range(0, 21))
    assert found(late) == ()


def test_without_car_t_cells_there_is_none():
    course = course_of(Support(id="t", kind="tocilizumab", date="2021-07-12"))
    assert effector_episodes(course, ()) == ()
