"""Judgements of counts that the worked courses leave aside. Oracle: the standards' sentences."""

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.finding import Event, Finding
from residua.facts.laboratory import Lab
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant
from residua.judgements.cytopenia.cytopenia import judge_cytopenia

INFUSION = CellInfusion(id="car-t", kind="car-t", date="2024-03-01")
TRANSPLANT = Transplant(id="hsct", date="2024-03-01", donor="sibling")


def counts(start, analyte, values):
    return [
        Lab(id=f"{analyte}-{day}", date=f"{start}+{day}d", analyte=analyte, value=str(value),
            unit="10*9/L")
        for day, value in values.items()
    ]  # fmt: skip


def judged(*facts):
    return {j.id: j for j in judge_cytopenia(arrange(Case("x", "x", facts)))}


def test_a_course_without_infusion_or_transplant_has_none():
    assert judged(*counts("x", "neutrophils", {})) == {}
    assert judged(CellInfusion(id="dli", kind="dli", date="2024-03-01")) == {}


def test_without_counts_one_judgement_for_each_standard_and_phase():
    found = judged(INFUSION, Transplant(id="hsct", date="2022-03-01", donor="sibling"))
    assert set(found) == {
        "icaht/2023/car-t/early", "icaht/2023/car-t/late",
        "t-icaht/2025/car-t/early", "t-icaht/2025/car-t/late",
        "astct-engraftment/2024/hsct/neutrophils", "astct-engraftment/2024/hsct/platelets",
        "astct-engraftment/2024/hsct/failure-primary",
        "cibmtr-engraftment/current/hsct/neutrophils", "cibmtr-engraftment/current/hsct/platelets",
    }  # fmt: skip
    for said in found.values():
        assert said.outcome == "not assessable"
        assert "counts" in said.reason
        assert said.missing
        assert said.clause
        assert said.cite
        assert said.provenance


def test_an_infusion_without_a_day_places_no_count():
    infusion = CellInfusion(id="car-t", kind="car-t", date="2024-03")
    lab = Lab(id="anc", date="2024-03-12", analyte="neutrophils", value="0.1", unit="10*9/L")
    said = judged(infusion, lab)["icaht/2023/car-t/early"]
    assert said.outcome == "not assessable"
    assert said.missing == ("the day of the infusion",)


def test_counts_tied_to_an_infusion_without_a_day_are_placed():
    infusion = CellInfusion(id="car-t", kind="car-t", date="2024-03")
    daily = counts("car-t", "neutrophils", {d: 0.3 if 5 <= d < 12 else 2 for d in range(31)})
    assert judged(infusion, *daily)["icaht/2023/car-t/early"].verdict == "grade 2"


def test_an_end_of_uncertain_day_leaves_the_grade_open_where_it_matters():
    daily = counts("car-t", "neutrophils", {d: 0.3 if d >= 2 else 2 for d in range(31)})
    calm = counts("car-t", "neutrophils", dict.fromkeys(range(31), 2))
    death = Event(id="death", kind="death", date="2024-03")
    assert judged(INFUSION, *daily)["icaht/2023/car-t/early"].verdict == "grade 4"
    assert judged(INFUSION, *daily, death)["icaht/2023/car-t/early"].outcome == "not assessable"
    said = judged(INFUSION, *calm, death)["icaht/2023/car-t/early"]
    assert said.verdict == "grade 0"
    assert any("every possible day was tried" in note for note in said.notes)


def test_published_after_the_event():
    early, late = (
        CellInfusion(id="car-t", kind="car-t", date=day) for day in ("2021-07-01", "2025-07-01")
    )
    assert judged(early)["icaht/2023/car-t/early"].published_after_event
    assert not judged(late)["icaht/2023/car-t/early"].published_after_event


EARLY_2 = {"term": "early ICAHT", "grade_reported": 2}


@pytest.mark.parametrize(
    ("finding", "name", "said", "basis"),
    [
        (EARLY_2, "icaht/2023/car-t/early", "grade 2", "reported"),
        (EARLY_2, "icaht/2023/car-t/late", "not assessable", None),
        ({"term": "ICAHT", "grade_reported": 3, "date": "car-t+14d"}, "icaht/2023/car-t/early",
         "grade 3", "reported"),
        ({"term": "ICAHT", "grade_reported": 3}, "icaht/2023/car-t/early", "not assessable", None),
        ({"term": "ICAHT", "present": False}, "icaht/2023/car-t/late", "grade 0", "reported"),
        ({"term": "T-ICAHT", "present": False}, "icaht/2023/car-t/late", "not assessable", None),
        ({"term": "late T-ICAHT", "grade_reported": 1}, "t-icaht/2025/car-t/late", "grade 1",
         "reported"),
    ],
)  # fmt: skip
def test_a_reported_grade_of_its_phase(finding, name, said, basis):
    row = {"after": "car-t", "present": True} | finding
    judgement = judged(INFUSION, Finding(id="told", **row))[name]
    assert (judgement.verdict or judgement.outcome) == said
    assert judgement.basis == basis
    assert judgement.missing


def test_a_computed_grade_wins_over_a_report_and_names_it():
    daily = counts("car-t", "neutrophils", {d: 0.3 if 5 <= d < 12 else 2 for d in range(31)})
    told = Finding(id="told", after="car-t", term="early ICAHT", grade_reported=4)
    said = judged(INFUSION, *daily, told)["icaht/2023/car-t/early"]
    assert (said.verdict, said.basis) == ("grade 2", "computed")
    assert "the source reports 'grade 4'" in said.notes


def test_a_report_that_the_counts_exclude_does_not_stand():
    some = counts("car-t", "neutrophils", {d: 0.3 if 5 <= d < 12 else 2 for d in range(20)})
    told = Finding(id="told", after="car-t", term="early ICAHT", grade_reported=1)
    said = judged(INFUSION, *some, told)["icaht/2023/car-t/early"]
    assert said.outcome == "not assessable"
    assert "the source reports 'grade 1'" in said.notes


PLATELETS = {d: 12 if d < 12 else 30 for d in range(31)}
ASTCT = "astct-engraftment/2024/hsct/platelets"


def test_transfusions_that_are_not_stated_are_not_none():
    daily = counts("hsct", "platelets", PLATELETS)
    assert judged(TRANSPLANT, *daily)[ASTCT].missing == ("platelet transfusions",)
    denied = Finding(id="none", after="hsct", term="platelet transfusion", present=False)
    assert judged(TRANSPLANT, *daily, denied)[ASTCT].verdict == "engrafted: day +12"


@pytest.mark.parametrize(
    ("support", "said"),
    [
        ({"date": "hsct+8d"}, "engrafted: day +15"),
        ({"date": "hsct+8d", "end": "hsct+13d"}, "engrafted: day +20"),
        ({"date": "2024-03"}, "not assessable"),
        ({"after": "hsct"}, "not assessable"),
    ],
)
def test_transfusions_by_their_days(support, said):
    given = Support(id="given", kind="platelets", **support)
    found = judged(TRANSPLANT, *counts("hsct", "platelets", PLATELETS), given)[ASTCT]
    assert (found.verdict or found.outcome) == said


@pytest.mark.parametrize(
    ("donor", "graft", "recovers", "said"),
    [
        ("sibling", "PBSC", 30, "none"),
        ("sibling", "PBSC", 31, "not assessable"),
        ("cord", None, 42, "none"),
        ("cord", None, 43, "not assessable"),
        (None, None, 30, "none"),
        (None, None, 36, "not assessable"),
    ],
)
def test_primary_failure_by_the_source_of_the_cells(donor, graft, recovers, said):
    """Day 30 for marrow and blood, 42 for cord blood; pancytopenia is not stated here."""
    transplant = Transplant(id="hsct", date="2024-03-01", donor=donor, graft=graft)
    daily = {d: 0.1 if d < recovers else 0.9 for d in range(50)}
    found = judged(transplant, *counts("hsct", "neutrophils", daily))
    judgement = found["astct-engraftment/2024/hsct/failure-primary"]
    assert (judgement.verdict or judgement.outcome) == said


def test_a_count_without_a_day_may_be_of_the_days_that_decide():
    """One of the same month may be lower on those days; one of a later month may not."""
    daily = counts("hsct", "neutrophils", {d: 0.1 if d < 12 else 0.9 for d in range(25)})
    name = "astct-engraftment/2024/hsct/neutrophils"
    for month, said in (("2024-03", "not assessable"), ("2024-05", "engrafted: day +12")):
        row = {"analyte": "neutrophils", "value": "0.2", "unit": "10*9/L"}
        found = judged(TRANSPLANT, *daily, Lab(id="some", date=month, **row))[name]
        assert (found.verdict or found.outcome) == said


def test_counts_that_never_fell():
    daily = counts("hsct", "neutrophils", dict.fromkeys(range(31), 1.2))
    found = judged(TRANSPLANT, *daily)
    assert found["astct-engraftment/2024/hsct/neutrophils"].outcome == "does not apply"
    assert found["astct-engraftment/2024/hsct/failure-primary"].verdict == "none"
    some = judged(TRANSPLANT, *daily[::3])
    assert some["astct-engraftment/2024/hsct/neutrophils"].outcome == "not assessable"


def test_a_reported_day_outside_the_possible_range_does_not_stand():
    some = counts("hsct", "neutrophils", {3: 0.1, 5: 0.1, 8: 0.1, 12: 0.8, 13: 0.9, 15: 0.9})
    row = {"id": "told", "term": "neutrophil engraftment", "present": True}
    told = Finding(**row, after="hsct", value="day 8")
    name = "astct-engraftment/2024/hsct/neutrophils"
    assert judged(TRANSPLANT, *some, told)[name].outcome == "not assessable"
    told = Finding(**row, date="hsct+12d")
    assert judged(TRANSPLANT, *some, told)[name].verdict == "engrafted: day +12"


def test_a_platelet_transfusion_is_no_nadir_of_neutrophils():
    """Three values that all reach 500/uL, the first on day +30: nobody saw them fall or rise."""
    some = counts("hsct", "neutrophils", {30: 1.3, 100: 2.6, 200: 0.9})
    given = Support(id="units", kind="platelets", date="hsct+28d")
    for standard in ("cibmtr-engraftment/current", "astct-engraftment/2024"):
        found = judged(TRANSPLANT, *some, given)[f"{standard}/hsct/neutrophils"]
        assert found.outcome == "not assessable"
        assert "no count below 500/uL" in found.reason
