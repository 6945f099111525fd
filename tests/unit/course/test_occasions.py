"""What belongs to one occasion. Oracle: small courses worked by hand on the calendar."""

from __future__ import annotations

from residua.course.course import arrange
from residua.course.occasions import occasions
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.laboratory import Lab
from residua.facts.treatment import CellInfusion, Treatment


def counts_of(*facts) -> set[str]:
    """Ids of the counts that belong to the marrow ``m``."""
    found = occasions(arrange(Case("p", "a course", facts)), count_window_days=7)
    (marrow,) = [occasion for occasion in found if occasion.main.id == "m"]
    return {placed.id for placed in marrow.facts if isinstance(placed.fact, Lab)}


def marrow(day: str) -> Assessment:
    return Assessment(id="m", date=day, kind="morphology", blasts="2 %")


def platelets(name: str, day: str) -> Lab:
    return Lab(id=name, date=day, analyte="platelets", value="120 10*9/L")


def test_counts_of_the_week_around_belong_to_a_marrow() -> None:
    facts = [platelets(f"d{n:02}", f"2024-03-{n:02}") for n in (2, 3, 10, 17, 18)]
    assert counts_of(marrow("2024-03-10"), *facts) == {"d03", "d10", "d17"}


def test_counts_after_the_next_course_began_do_not() -> None:
    """The next course begins on 12 March; its first day's counts were drawn before it."""
    course = Treatment(id="next", start="2024-03-12")
    facts = [platelets(f"d{n:02}", f"2024-03-{n:02}") for n in (11, 12, 13, 16)]
    assert counts_of(marrow("2024-03-10"), course, *facts) == {"d11", "d12"}


def test_counts_from_before_a_therapy_say_nothing_of_a_marrow_after_it() -> None:
    """CAR-T cells on 5 March, a marrow on 10 March."""
    infusion = CellInfusion(id="car-t", date="2024-03-05", kind="car-t")
    facts = [platelets(f"d{n:02}", f"2024-03-{n:02}") for n in (4, 5, 6, 9)]
    assert counts_of(marrow("2024-03-10"), infusion, *facts) == {"d06", "d09"}


def test_a_therapy_of_an_uncertain_day_parts_nothing() -> None:
    course = Treatment(id="next", start="2024-03")
    facts = [platelets(f"d{n:02}", f"2024-03-{n:02}") for n in (8, 13)]
    assert counts_of(marrow("2024-03-10"), course, *facts) == {"d08", "d13"}
