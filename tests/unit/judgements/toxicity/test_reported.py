"""Adverse events as reported. Oracle: the printed cells, and the dates of the two versions."""

from __future__ import annotations

from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.laboratory import Lab
from residua.judgements.judgement import Judgement
from residua.judgements.toxicity.toxicity import judge_toxicity
from residua.readers.case import read_case

EXAMPLE = Path(__file__).parents[4] / "examples" / "huang-2023"


def judged(*facts: Fact) -> dict[str, Judgement]:
    return {j.id: j for j in judge_toxicity(arrange(Case("x", "x", facts)))}


def finding(term: str, **fields: object) -> Finding:
    given = {"id": "f", "date": "2022-08-20", "present": True, "term": term, **fields}
    return Finding.model_validate(given)


@pytest.fixture(scope="module")
def published() -> dict[str, Judgement]:
    return {j.id: j for j in judge_toxicity(arrange(read_case(EXAMPLE)))}


def test_the_published_case_reports_under_5_0_in_force_in_2022(
    published: dict[str, Judgement],
) -> None:
    low, none = published["ctcae/5.0/neutropenia/neutrophils"], published["ctcae/5.0/nausea/nausea"]
    assert (low.verdict, low.basis) == ("grade 1", "reported")
    assert low.clause == "Neutrophil count decreased, grade 1: <LLN - 1.5 x 10^9/L"
    assert low.missing == ("a value of neutrophils", "the lower limit of normal")
    assert any("scale not stated" in note for note in low.notes)
    platelets = published["ctcae/5.0/thrombocytopenia/platelets"]
    assert (platelets.verdict, platelets.basis) == ("grade 4", "reported")
    assert dict(platelets.details)["recovery"] == "as the source says: 'recovered with support'"
    assert dict(platelets.details)["attribution"] == "the source lays it to ino"
    assert (none.verdict, none.basis, none.provenance) == ("grade 1", "reported", "choice")


def test_the_published_case_is_not_carried_over_to_6_0(published: dict[str, Judgement]) -> None:
    """Grade 1 of 6.0 is 1.0 to below 1.5: other counts than grade 1 of 5.0."""
    for name in ("neutropenia/neutrophils", "thrombocytopenia/platelets", "nausea/nausea"):
        other = published[f"ctcae/6.0/{name}"]
        assert other.outcome == "not assessable"
        assert other.published_after_event


def test_the_published_case_at_diagnosis(published: dict[str, Judgement]) -> None:
    """Treatment.md 0.9: haemoglobin 79 grade 3; platelets 12 grade 4 in 5.0, 3 in 6.0."""
    expected = {"5.0/labs-2/hemoglobin": "grade 3", "6.0/labs-2/hemoglobin": "grade 3",
                "5.0/labs-3/platelets": "grade 4", "6.0/labs-3/platelets": "grade 3"}  # fmt: skip
    for name, verdict in expected.items():
        episode = published[f"ctcae/{name}"]
        assert (episode.verdict, episode.basis) == (verdict, "computed")
        assert {"before any treatment", "confounded by leukaemia: at diagnosis"} <= set(
            episode.notes
        )
        assert dict(episode.details)["window"] == "none: before any treatment"
    assert not [name for name in published if "leukocytosis" in name]


def test_other_findings_of_the_published_case_are_left_to_their_standards(
    published: dict[str, Judgement],
) -> None:
    subjects = {j.subject for j in published.values()}
    assert not subjects & {"crs", "icans", "sos-vod", "splenomegaly", "nose-and-gum-bleeding"}


@pytest.mark.parametrize(
    ("date", "fields", "version"),
    [
        ("2017-11-27", {}, "5.0"), ("2025-07-21", {}, "5.0"), ("2025-07-22", {}, "6.0"),
        ("2016", {}, "5.0"), ("2022-08", {"standard": "CTCAE", "version": "6.0"}, "6.0"),
        ("2022-08", {"standard": "ctcae"}, "5.0"),
    ],
)  # fmt: skip
def test_the_version_in_force_at_the_date(
    date: str, fields: dict[str, object], version: str
) -> None:
    """Before 5.0 the oldest encoded version stands, marked as published later."""
    found = judged(finding("neutropenia", date=date, grade_reported=3, **fields))
    by_version = {j.version: j.verdict for j in found.values()}
    other = {"5.0": "6.0", "6.0": "5.0"}[version]
    assert by_version == {version: "grade 3", other: None}


def test_a_date_on_both_sides_of_a_version_leaves_it_open() -> None:
    found = judged(finding("neutropenia", date="2025-07", grade_reported=3))
    assert {j.outcome for j in found.values()} == {"not assessable"}
    assert "which version was in force" in found["ctcae/5.0/f/neutrophils"].reason


def test_a_version_that_is_not_encoded_grades_nothing() -> None:
    found = judged(finding("nausea", grade_reported=2, standard="ctcae", version="4.03"))
    assert {j.outcome for j in found.values()} == {"not assessable"}


@pytest.mark.parametrize(
    ("name", "term"),
    [("Thrombocytopenia", "platelets"), ("platelet count decreased", "platelets"),
     ("Anaemia", "hemoglobin"), ("febrile neutropenia", "febrile-neutropenia"),
     ("Bacteraemia", "bacteremia"), ("Infusion-related reaction", "infusion-related-reaction")],
)  # fmt: skip
def test_names_and_spellings_of_terms(name: str, term: str) -> None:
    assert f"ctcae/5.0/f/{term}" in judged(finding(name, grade_reported=3))


@pytest.mark.parametrize("name", ["rash", "platelets", "headache", "cytokine release syndrome"])
def test_other_words_are_no_term_of_ctcae(name: str) -> None:
    assert not judged(finding(name, grade_reported=2))


def test_a_scale_that_is_named_and_is_not_ctcae_is_left_alone() -> None:
    assert not judged(finding("nausea", grade_reported=2, standard="who"))


def test_an_event_that_is_denied_is_grade_0_as_reported() -> None:
    found = judged(finding("nausea", present=False))["ctcae/5.0/f/nausea"]
    assert (found.verdict, found.basis) == ("grade 0", "reported")


@pytest.mark.parametrize("word", ["severe", "moderate", "bad"])
def test_a_word_that_is_no_word_of_the_scale_grades_nothing(word: str) -> None:
    found = judged(finding("nausea", value=word))["ctcae/5.0/f/nausea"]
    assert found.outcome == "not assessable"
    assert found.missing == ("which description of the term fits",)


def test_the_words_of_a_cell_are_graded() -> None:
    found = judged(finding("nausea", value="intake-decreased"))
    assert (found["ctcae/6.0/f/nausea"].verdict, found["ctcae/6.0/f/nausea"].basis) == (
        "grade 2", "computed",
    )  # fmt: skip


def count(day: str, value: str) -> Lab:
    given = {"id": f"n-{day}", "date": day, "analyte": "neutrophils", "value": f"{value} 10*9/L"}
    return Lab.model_validate(given)


def test_a_computed_grade_wins_over_a_report_that_it_contradicts() -> None:
    found = judged(finding("neutropenia", grade_reported=1), count("2022-08-20", "0.3"))
    five = found["ctcae/5.0/f/neutrophils"]
    assert (five.verdict, five.basis) == ("grade 4", "computed")
    assert "the source reports 'neutropenia' of grade 1" in five.notes
    assert set(five.facts) == {"f", "n-2022-08-20"}


def test_values_of_a_longer_time_may_have_missed_the_worst() -> None:
    """Grade 4 over two weeks stands beside a single count of grade 3 in them."""
    told = finding("neutropenia", date="2022-08-15", end="2022-08-30", grade_reported=4)
    five = judged(told, count("2022-08-20", "0.7"))["ctcae/5.0/f/neutrophils"]
    assert (five.verdict, five.basis) == ("grade 4", "reported")
    assert "worst of the values of its days: grade 3 (n-2022-08-20)" in five.notes


def test_a_worse_value_of_its_days_contradicts_a_report() -> None:
    told = finding("neutropenia", date="2022-08-15", end="2022-08-30", grade_reported=1)
    five = judged(told, count("2022-08-20", "0.7"))["ctcae/5.0/f/neutrophils"]
    assert (five.verdict, five.basis) == ("grade 3", "computed")


def test_a_term_without_the_grade_gives_no_verdict() -> None:
    found = judged(finding("nausea", grade_reported=4))["ctcae/5.0/f/nausea"]
    assert found.outcome == "not assessable"
    assert "the term has no such grade" in found.reason


def test_a_report_without_day_is_dated_by_its_place_in_the_record() -> None:
    """After an event of 2022 and with the last data of 2023, 5.0 was in force."""
    start = Event(id="start", date="2022-08-01", kind="relapse reported", detail="MRD relapse")
    end = Event(id="end", date="2023-09", kind="last contact")
    told = finding("neutropenia", date=None, after="start", grade_reported=1)
    assert judged(start, end, told)["ctcae/5.0/f/neutrophils"].verdict == "grade 1"
