"""Given against planned. Oracle: sums by hand of invented courses of published regimens."""

from __future__ import annotations

from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.laboratory import Vital
from residua.facts.patient import Diagnosis, Patient
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.adherence import judge_adherence
from residua.judgements.judgement import Judgement
from residua.readers.case import read_case

INO = "inotuzumab ozogamicin"
EXAMPLE = Path(__file__).parents[3] / "examples" / "huang-2023"


def judged(*facts: Fact) -> dict[str, Judgement]:
    return {j.id: j for j in judge_adherence(arrange(Case("x", "x", facts)))}


def course(regimen: str, *drugs: dict[str, object], **fields: object) -> Treatment:
    given = [{"status": "given", **drug} for drug in drugs]
    return Treatment.model_validate(
        {"id": "c-1", "regimen": regimen, "start": "2022-08-01", "drugs": given, **fields}
    )


def ino(*days: str, dose: str = "0.5 mg/m2", **fields: object) -> Treatment:
    drugs = ({"name": "InO", "dose": dose, "days": day} for day in days)
    return course("free", *drugs, **fields)


def dose(regimen: str, *drugs: dict[str, object], drug: str, **fields: object) -> Judgement:
    found = judged(course(regimen, *drugs, **fields))
    return next(j for j in found.values() if j.term == f"dose-{drug}")


VCR = {"name": "VCR", "dose": "2 mg", "days": "4,11"}


@pytest.mark.parametrize(
    ("drugs", "verdict"),
    [
        ([VCR], "as planned: 100 %"),
        ([{**VCR, "days": "4"}], "below plan: 50 %"),
        ([{**VCR, "days": "4"}, {**VCR, "days": "11", "status": "reduced", "dose": "1 mg"}],
         "below plan: 75 %"),
        ([{**VCR, "days": "4"}, {**VCR, "days": "11", "status": "omitted", "reason": "ileus"}],
         "below plan: 50 %"),
        ([{**VCR, "status": "held"}], "not given: 0 %"),
        ([{**VCR, "days": "4,11,12"}], "above plan: 150 %"),
        ([{**VCR, "dose": "1.99 mg"}], "below plan: 99.5 %"),
        ([{**VCR, "dose": "2000 ug"}], "as planned: 100 %"),
    ],
)  # fmt: skip
def test_the_part_of_the_plan_that_was_given(drugs: list[dict[str, object]], verdict: str) -> None:
    found = dose("hyper-cvad-a", *drugs, drug="vincristine")
    assert (found.verdict, found.basis) == (verdict, "computed")
    assert found.id == "hyper-cvad-a/2010/c-1/dose-vincristine"
    assert found.clause
    assert found.cite
    if any("reason" in drug for drug in drugs):
        assert "omitted on day 11: ileus" in found.notes


@pytest.mark.parametrize(
    ("drugs", "reason"),
    [
        ([], "not in the record"),
        ([{"name": "vincristine", "days": "4,11"}], "dose not stated"),
        ([{"name": "vincristine", "dose": "2 mg"}], "days not stated"),
        ([{**VCR, "dose": "1.4 mg/m2"}], "height and weight not stated"),
        ([{**VCR, "status": "planned"}], "not in the record"),
    ],
)
def test_what_the_record_leaves_out_is_not_zero(
    drugs: list[dict[str, object]], reason: str
) -> None:
    found = dose("hyper-cvad-a", *drugs, drug="vincristine")
    assert found.outcome == "not assessable"
    assert reason in found.reason
    assert found.missing


def vital(item: str, value: str, day: str = "2022-07-31", name: str = "") -> Vital:
    return Vital.model_validate({"id": name or item, "date": day, "item": item, "value": value})


def test_a_dose_per_m2_is_held_against_a_flat_one_by_the_body_surface() -> None:
    """150 cm and 54 kg are 1.5 m2: 1.4 mg/m2 twice is 4.2 mg against 4 mg."""
    drug = {**VCR, "dose": "1.4 mg/m2"}
    size = (vital("height", "150 cm"), vital("weight", "54 kg"))
    found = judged(*size, course("hyper-cvad-a", drug))["hyper-cvad-a/2010/c-1/dose-vincristine"]
    assert found.verdict == "above plan: 105 %"
    assert found.facts == ("c-1", "height", "weight")
    two = vital("weight", "60 kg", name="weight-2")
    found = judged(*size, two, course("hyper-cvad-a", drug))
    assert found["hyper-cvad-a/2010/c-1/dose-vincristine"].outcome == "not assessable"


def test_a_dose_that_depends_on_age_takes_the_age_that_the_dates_allow() -> None:
    """Born in May 1962: 60 in August 2022; born in 1962, 59 or 60, and no verdict."""
    drug = {"name": "cytarabine", "dose": "1 g/m2", "days": "2-3", "every": "12 h"}
    given = course("hyper-cvad-b", drug)
    name = "hyper-cvad-b/2010/c-1/dose-cytarabine"
    for birth, verdict in (("1962-05", "as planned: 100 %"), ("1962-10", "below plan: 33 %")):
        patient = Patient.model_validate({"id": "p", "birth": birth})
        assert judged(patient, given)[name].verdict == verdict
    open_ = judged(Patient.model_validate({"id": "p", "birth": "1962"}), given)[name]
    assert open_.outcome == "not assessable"
    diagnosis = Diagnosis.model_validate({"id": "d", "disease": "B-ALL", "date": "2022-07"})
    told = Patient.model_validate({"id": "p", "age_at_diagnosis": "30 a"})
    assert judged(told, diagnosis, given)[name].verdict == "below plan: 33 %"


def test_a_regimen_that_is_not_encoded_is_said_to_be_so() -> None:
    found = judged(course("GRAALL-2014", VCR))["regimen/not encoded/c-1/dose"]
    assert found.outcome == "not assessable"


@pytest.mark.parametrize(
    ("second", "verdict"),
    [
        ("6", "interval too short: 5 days"),
        ("7", "interval kept: 6 days"),
        ("8", "interval kept: 7 days"),
    ],
)
def test_inotuzumab_at_least_six_days_apart(second: str, verdict: str) -> None:
    found = judged(ino("1", second))[f"drug-rules/current/c-1/interval-{INO.replace(' ', '-')}"]
    assert found.verdict == verdict


def test_the_interval_runs_over_courses_and_partial_dates_leave_it_open() -> None:
    name = "drug-rules/current/c-2/interval-inotuzumab-ozogamicin"
    first = ino("1", "8", "15")
    for start, said in (
        ("2022-08-20", "interval too short: 5 days"),
        ("2022-08-21", "interval kept: 6 days"),
        ("2022-08", None),
        ("2022-09", "interval kept: 7 days"),
    ):
        second = ino("1", "8", id="c-2", start=start, after="c-1")
        assert judged(first, second)[name].verdict == said, start


def test_a_rescue_is_documented_or_not_assessable_never_missing() -> None:
    """500 mg/m2 asks for leucovorin, 499 does not; two infusions of one day are added."""
    name = "drug-rules/current/c-1/rescue-methotrexate"
    mtx = {"name": "MTX", "days": "1"}
    assert name not in judged(course("free", {**mtx, "dose": "499 mg/m2"}))
    found = judged(course("free", {**mtx, "dose": "500 mg/m2"}))[name]
    assert (found.outcome, found.verdict) == ("not assessable", None)
    assert found.reason.startswith("rescue not documented: leucovorin")
    both = course("free", {**mtx, "dose": "250 mg/m2"}, {**mtx, "dose": "0.25 g/m2"})
    assert name in judged(both)
    folinate = {"name": "calcium folinate", "dose": "15 mg", "days": "2", "every": "6 h"}
    given = course("free", {**mtx, "dose": "2 g/m2"}, folinate)
    assert judged(given)[name].verdict == "rescue documented"
    rescue = Support.model_validate({"id": "s", "date": "2022-08-02", "kind": "rescue"})
    high = course("free", {**mtx, "dose": "2 g/m2"}, end="2022-08-10")
    assert judged(high, rescue)[name].verdict == "rescue documented"
    early = Support.model_validate({"id": "s", "date": "2022-06-02", "kind": "rescue"})
    assert judged(high, early)[name].verdict is None
    unknown = judged(course("free", mtx))[name]
    assert unknown.outcome == "not assessable"
    assert "dose of methotrexate" in unknown.missing
    intrathecal = course("free", {**mtx, "route": "IT", "dose": "12 mg"})
    assert name not in judged(intrathecal)


def test_dose_intensity_over_time_is_a_range_where_dates_are_partial() -> None:
    """21 days planned: 28 to the next are 75 %, 31-60 (a next course in September) 35-68 %."""
    mini = course("hyper-cvad-a", VCR)
    exact = course("hyper-cvad-a", VCR, id="c-2", start="2022-08-29")
    vague = course("hyper-cvad-a", VCR, id="c-2", start="2022-09", after="c-1")
    key = "hyper-cvad-a/2010/c-1/dose-vincristine"
    length = "hyper-cvad-a/2010/c-1/course-length"
    assert "dose intensity over time 75 %: 28 days" in judged(mini, exact)[key].notes[-1]
    assert judged(mini, exact)[length].verdict == "longer than planned: 28 days"
    assert "dose intensity over time 35-68 %: 31-60 days" in judged(mini, vague)[key].notes[-1]
    on_time = course("hyper-cvad-a", VCR, id="c-2", start="2022-08-22")
    assert judged(mini, on_time)[length].verdict == "as planned: 21 days"


def test_a_dose_that_depends_on_the_response_is_not_assessable_in_later_cycles() -> None:
    drugs = [{"name": INO, "dose": "0.8 mg/m2", "days": "1"}]
    drugs += [{"name": INO, "dose": "0.5 mg/m2", "days": "8,15"}]
    name = "ino-label/2024/c-1/dose-inotuzumab-ozogamicin"
    assert judged(course("ino-label", *drugs, cycle=1))[name].verdict == "as planned: 100 %"
    later = judged(course("ino-label", *drugs, cycle=3))[name]
    assert "depends on response" in later.reason


def test_the_published_case() -> None:
    """The case's Hyper-CVAD fits part A; its methotrexate of 2 g/m2 names no leucovorin."""
    found = {j.id: j for j in judge_adherence(arrange(read_case(EXAMPLE)))}
    part_a = "hyper-cvad-a/2010/induction-1"
    for drug in ("cyclophosphamide", "doxorubicin", "dexamethasone"):
        assert found[f"{part_a}/dose-{drug}"].verdict == "as planned: 100 %"
    assert found[f"{part_a}/dose-vincristine"].missing == ("height and weight",)
    assert found[f"{part_a}/rescue-cyclophosphamide"].outcome == "not assessable"
    assert (
        "rescue not documented"
        in found["drug-rules/current/consolidation-1/rescue-methotrexate"].reason
    )
    rules = "drug-rules/current/ino"
    assert found[f"{rules}/interval-inotuzumab-ozogamicin"].verdict == "interval kept: 7 days"
    assert found[f"{rules}/support-inotuzumab-ozogamicin"].facts == ("ino", "ursodiol")
    assert not any(j.verdict and j.verdict.startswith("not given") for j in found.values())
