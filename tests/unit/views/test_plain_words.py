"""Judgements in words for a page. Oracle: the sentences as a reader would write them, by hand."""

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.finding import Event
from residua.facts.laboratory import Lab
from residua.facts.treatment import Transplant, Treatment
from residua.views.plain_words import plain_words
from residua.views.report_details import windows

FACTS = (
    Treatment(id="induction-1", regimen="free", start="2020-01-05"),
    Treatment(id="ino", regimen="free", start="2020-05-05"),
    Transplant(id="hsct", date="2020-03-01"),
    Event(id="relapse", date="2020-05-01", kind="relapse reported"),
    Lab(id="labs-7", date="2020-06-14", analyte="bilirubin", value="70 umol/L"),
)


@pytest.fixture(scope="module")
def plain():
    return plain_words(arrange(Case("x", "x", FACTS)))


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("nothing of the liver after hsct", "nothing of the liver after HSCT"),
        ("induction-1 began; ino followed", "Induction 1 began; InO followed"),
        ("grade 3 on 2020-06-14 (labs-7)", "grade 3 on 14 Jun 2020"),
        ("on 2020-06-14 (labs-7: 70 umol/L)", "on 14 Jun 2020 (70 µmol/L)"),
        ("(labs-7, grade 1)", "(grade 1)"),
        ("the value labs-7", "the value bilirubin"),
        ("grade 3 on 2019-02, the last", "grade 3 in Feb 2019, the last"),
        ("2020-06-15 to 2020-06-27", "15 Jun 2020 to 27 Jun 2020"),
        ("12 10*9/L", "12 × 10⁹/L"),
        ("at least 30 x10^9/L", "at least 30 × 10⁹/L"),
        ("eln-all 2024: failure", "ELN 2024: failure"),
        ("nccn current and lee 2014", "NCCN and Lee 2014"),
    ],
)
def test_ids_dates_units_and_standards_are_said_as_people_write_them(plain, said, words):
    assert plain(said) == words


@pytest.mark.parametrize(
    "said",
    [
        "no relapse criterion met",  # a word, though an event has it as its id
        "doi:10.3760/cma.j.issn.0253-2727.2021.09.001",
        "chimerism 95 % of hsct-like cells",
        "pages 2019-2024",
    ],
)
def test_what_only_looks_like_one_is_left_alone(plain, said):
    assert plain(said) == said


def test_treatments_with_the_same_times_stand_together():
    assert windows("a (days not stated); b (3 days before); c (days not stated)") == (
        "a, c (days not stated); b (3 days before)"
    )
    assert windows("none: before any treatment") == "none: before any treatment"
