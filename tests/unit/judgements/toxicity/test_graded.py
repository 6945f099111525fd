"""Single values of a course. Oracle: the cells of CTCAE 5.0 and 6.0, read off by hand."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.laboratory import Lab, Vital
from residua.facts.patient import Diagnosis
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.toxicity.graded import grade_course
from residua.judgements.toxicity.graded_value import GradedValue

DIAGNOSIS = Diagnosis(id="diagnosis", date="2022-01-01", disease="B-ALL")
FIRST = Treatment(id="first", start="2022-01-10")
RELAPSE = Event(id="relapse", date="2022-06-01", kind="relapse reported")
SECOND = Treatment(id="second", start="2022-06-10")


def lab(day: str, value: str, analyte: str = "platelets", **more: object) -> Lab:
    return Lab.model_validate(
        {"id": f"{analyte}-{day}", "date": day, "analyte": analyte, "value": value, **more}
    )


def graded(*facts: Fact) -> dict[tuple[str, str, str], GradedValue]:
    """(id, term, version) -> the graded value."""
    return {
        (row.value.item.id, row.grading.term, row.grading.version): row
        for series in grade_course(arrange(Case("x", "x", facts)))
        for moment in series.moments
        for row in moment.rows
    }


def grade(*facts: Fact, fact: str, term: str, version: str = "5.0") -> int | None:
    return graded(*facts)[fact, term, version].grading.grade


def test_every_term_of_an_analyte_and_both_versions() -> None:
    rows = graded(lab("2022-02-01", "26.98 10*9/L", "wbc", lower="4 10*9/L"))
    assert {key[1:]: row.grading.grade for key, row in rows.items()} == {
        ("wbc", "5.0"): 0, ("leukocytosis", "5.0"): 0,
        ("wbc", "6.0"): 0, ("leukocytosis", "6.0"): 0,
    }  # fmt: skip


def test_what_no_version_grades_gives_no_row() -> None:
    assert not graded(lab("2022-02-01", "140 mmol/L", "sodium"))


@pytest.mark.parametrize("specimen", ["marrow", "csf", "other"])
def test_values_of_other_fluids_are_left_out(specimen: str) -> None:
    assert not graded(lab("2022-02-01", "2 10*9/L", "wbc", specimen=specimen))


def test_a_percentage_of_neutrophils_is_not_graded() -> None:
    (row, _) = graded(lab("2022-02-01", "40 %", "neutrophils")).values()
    assert row.grading.outcome == "not assessable"
    assert "the term is not graded" in row.grading.reason


def test_the_baseline_is_the_last_value_before_the_line_of_therapy() -> None:
    """ALT 100 with ULN 40: 3.1 x a raised baseline of 100 is grade 2, 7.75 x ULN is grade 3."""
    upper = {"upper": "40 U/L"}
    facts = [
        FIRST, RELAPSE, SECOND, lab("2022-01-05", "30 U/L", "alt", **upper),
        lab("2022-02-01", "310 U/L", "alt", **upper), lab("2022-06-05", "100 U/L", "alt", **upper),
        lab("2022-06-20", "310 U/L", "alt", **upper),
    ]  # fmt: skip
    assert grade(*facts, fact="alt-2022-02-01", term="alt") == 3
    assert grade(*facts, fact="alt-2022-06-20", term="alt") == 2
    row = graded(*facts)["alt-2022-06-20", "alt", "5.0"]
    assert row.baseline is not None
    assert row.baseline.item.id == "alt-2022-06-05"


def test_a_value_of_the_first_day_is_drawn_before_the_first_dose() -> None:
    upper = {"upper": "40 U/L"}
    facts = [FIRST, lab("2022-01-10", "30 U/L", "alt", **upper),
             lab("2022-01-20", "100 U/L", "alt", **upper)]  # fmt: skip
    assert grade(*facts, fact="alt-2022-01-20", term="alt") == 1
    assert "before any treatment" in graded(*facts)["alt-2022-01-10", "alt", "5.0"].flags


def test_without_a_baseline_the_grade_stays_open() -> None:
    facts = [FIRST, lab("2022-01-20", "100 U/L", "alt", upper="40 U/L")]
    assert grade(*facts, fact="alt-2022-01-20", term="alt") is None
    assert graded(*facts)["alt-2022-01-20", "alt", "5.0"].grading.missing == ("the baseline",)


def test_two_baselines_of_one_day_that_differ_are_none() -> None:
    upper = {"upper": "40 U/L"}
    facts = [FIRST, lab("2022-01-05", "30 U/L", "alt", **upper),
             lab("2022-01-05", "90 U/L", "alt", **upper).model_copy(update={"id": "other"}),
             lab("2022-01-20", "130 U/L", "alt", **upper)]  # fmt: skip
    assert grade(*facts, fact="alt-2022-01-20", term="alt") is None


def test_before_any_treatment_there_is_no_baseline_to_ask_for() -> None:
    facts = [FIRST, lab("2022-01-05", "100 U/L", "alt", upper="40 U/L")]
    assert grade(*facts, fact="alt-2022-01-05", term="alt") == 1


@pytest.mark.parametrize("lower", [None, "0 10*9/L", "<150 10*9/L"])
def test_a_limit_that_is_none_leaves_grade_0_and_1_open(lower: str | None) -> None:
    row = graded(lab("2022-02-01", "100 10*9/L", lower=lower))["platelets-2022-02-01",
                 "platelets", "5.0"]  # fmt: skip
    assert row.grading.possible == (0, 1)


def test_limits_in_another_unit_of_the_kind() -> None:
    facts = [lab("2022-02-01", "100 10*9/L", lower="150000 /uL")]
    assert grade(*facts, fact="platelets-2022-02-01", term="platelets") == 1


def flags(*facts: Fact, day: str, analyte: str = "platelets") -> str:
    row = graded(*facts)[f"{analyte}-{day}", analyte, "5.0"]
    return "; ".join(row.flags)


def marrow(day: str, blasts: str) -> Assessment:
    return Assessment.model_validate(
        {"id": f"marrow-{day}", "date": day, "kind": "morphology", "blasts": blasts}
    )


LOW = [lab(day, "60 10*9/L") for day in ("2022-01-02", "2022-01-30", "2022-03-15", "2022-06-05")]


@pytest.mark.parametrize(
    ("day", "confounded"),
    [("2022-01-02", True), ("2022-01-30", True), ("2022-03-15", False), ("2022-06-05", True)],
)
def test_leukaemia_confounds_from_diagnosis_or_relapse_to_a_clear_marrow(
    day: str, confounded: bool
) -> None:
    facts = [DIAGNOSIS, FIRST, marrow("2022-01-25", "5 %"), marrow("2022-02-20", "4.9 %"),
             RELAPSE, *LOW]  # fmt: skip
    assert ("confounded by leukaemia" in flags(*facts, day=day)) is confounded


def test_a_marrow_of_unknown_place_in_time_leaves_it_open() -> None:
    undated = Assessment(id="later", after="first", kind="morphology", blasts="1 %")
    words = flags(DIAGNOSIS, FIRST, undated, LOW[1], day="2022-01-30")
    assert "perhaps confounded by leukaemia" in words
    assert "later" in words


def test_a_relapse_of_mrd_alone_confounds_nothing() -> None:
    mrd = Event(id="r", date="2022-06-01", kind="relapse reported", detail="MRD relapse")
    facts = [DIAGNOSIS, FIRST, marrow("2022-02-20", "0 %"), mrd, LOW[3]]
    assert "confounded" not in flags(*facts, day="2022-06-05")


def test_an_abnormal_baseline_confounds_until_the_count_was_normal_once() -> None:
    days = {"2022-01-05": 40, "2022-01-20": 30, "2022-02-01": 200, "2022-03-01": 30}
    counts = [lab(day, f"{n} 10*9/L", lower="150 10*9/L") for day, n in days.items()]
    assert "baseline_confounded" in flags(FIRST, *counts, day="2022-01-20")
    assert "baseline_confounded" not in flags(FIRST, *counts, day="2022-03-01")


@pytest.mark.parametrize(
    ("given", "said"),
    [("2022-02-10", "the same day"), ("2022-02-09", "1 day before"), ("2022-02-03", "7 days"),
     ("2022-02-02", ""), ("2022-02-11", "")],
)  # fmt: skip
def test_transfusions_of_the_seven_days_before(given: str, said: str) -> None:
    """Seven days as for platelet engraftment: a convention, the limit included."""
    support = Support(id="s", date=given, kind="platelets")
    words = flags(support, lab("2022-02-10", "60 10*9/L"), day="2022-02-10")
    assert said in words
    assert ("transfused" in words) is bool(said)


@pytest.mark.parametrize(("day", "on"), [("2022-02-03", True), ("2022-02-07", False)])
def test_g_csf_marks_neutrophils_of_its_days(day: str, on: bool) -> None:
    support = Support(id="s", date="2022-02-01", end="2022-02-05", kind="g-csf")
    count = lab(day, "0.4 10*9/L", "neutrophils")
    assert ("on G-CSF" in flags(support, count, day=day, analyte="neutrophils")) is on


@pytest.mark.parametrize(
    ("day", "after"),
    [("2017-11-26", (True, True)), ("2017-11-27", (False, True)), ("2025-07-21", (False, True)),
     ("2025-07-22", (False, False)), ("2025-07", (False, False))],
)  # fmt: skip
def test_a_version_is_marked_where_it_is_younger_than_the_value(
    day: str, after: tuple[bool, bool]
) -> None:
    """5.0 is of 27 November 2017, 6.0 of 22 July 2025; a month counts by its last day."""
    rows = graded(lab(day, "60 10*9/L"))
    found = [rows[f"platelets-{day}", "platelets", v].published_after for v in ("5.0", "6.0")]
    assert tuple(found) == after


@pytest.mark.parametrize(("value", "expected"), [("37.9", 0), ("38", 1), ("39.1", 2)])
def test_a_temperature_is_graded_as_fever(value: str, expected: int) -> None:
    vital = Vital(id="v", date="2022-02-01", item="temperature", value=f"{value} Cel")
    assert grade(vital, fact="v", term="fever") == expected


@pytest.mark.parametrize("value", ["-5 ms", "1e50 ms", "<450 ms"])
def test_odd_values_are_answered(value: str) -> None:
    assert graded(lab("2022-02-01", value, "qtc"))
