"""Facts that are nearly right or told in an odd order. Oracle: the sentence in each name."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.course.follow_up import cuts_after, possible_ends
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment, Phenotype
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Claim, Event
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement


def course(*facts: Fact):
    return arrange(Case("x", "x", facts))


def judged(*facts: Fact) -> dict[str, Judgement]:
    return {j.id: j for said in judge_families(course(*facts)).values() for j in said}


def test_a_count_in_percent_with_limits_is_not_graded():
    row = {"date": "2020-03-01", "analyte": "neutrophils", "unit": "%"}
    found = judged(Lab(id="n", value="12", lower="40", upper="70", **row))
    said = [j for name, j in found.items() if name.startswith("ctcae/")]
    assert {j.outcome for j in said} == {"not assessable"}


def test_a_remission_claimed_of_something_never_judged_says_what_is_missing():
    claim = Claim(id="c", text="In remission.", predicate="in remission", about="lab")
    lab = Lab(id="lab", date="2020-03-01", analyte="crp", value="3 mg/L")
    said = judged(lab, claim)["claim/current/c/in-remission"]
    assert (said.outcome, said.verdict) == ("not assessable", None)
    assert "marrow blasts at that time" in said.missing
    assert said.clause
    assert said.cite


def test_two_results_of_one_assay_both_stand_beside_a_claim():
    marrow = Assessment(id="m", date="2021-03-01", kind="flow")
    mrd = [
        MrdReading(id=f"r{n}", assessment="m", method="flow", tissue="marrow", status=status)
        for n, status in enumerate(("positive", "not assessable"))
    ]
    claim = Claim(id="c", text="Undetectable.", predicate="undetectable", about="m")
    said = dict(judged(marrow, *mrd, claim)["claim/current/c/undetectable"].details)
    assert "MRD was detected" in said["MRD by flow"]
    assert "whether MRD was detected is not stated" in said["MRD by flow"]


def test_markers_are_the_same_in_small_letters():
    assert CellInfusion(id="i", kind="car-t", target=["cd19", "CD22"]).target == ("CD19", "CD22")
    assert AntigenReading(id="a", marker="Cd22").marker == "CD22"
    seen = Phenotype(id="p", positive="cd19 dim", negative=["cCD79a", "MPO"])
    assert (seen.positive, seen.negative) == (("CD19 dim",), ("cCD79a", "MPO"))


@pytest.mark.parametrize(("age", "wrong"), [("<18 a", False), (">10 a", False), ("12 a", True)])
def test_an_age_that_is_a_bound_contradicts_no_birth_within_it(age, wrong):
    found = judged(
        Patient(id="p", birth="2003-05-01", age_at_diagnosis=age),
        Diagnosis(id="d", date="2020-03-01", disease="B-ALL"),
    )
    assert any(j.subject == "p" and j.standard == "consistency" for j in found.values()) is wrong


@pytest.mark.parametrize("turn", [1, -1])
def test_days_from_an_undated_event_order_the_course(turn):
    """In any order of the rows; a treatment by its start, days before as well as after."""
    facts = (
        Treatment(id="first", drugs=[{"name": "vincristine", "days": "1"}]),
        Transplant(id="later", date="first+30d"),
        Treatment(id="earlier", start="first-20d"),
    )
    found = course(*facts[::turn])
    assert [item.id for item in found.placed] == ["earlier", "first", "later"]
    assert found.predecessors["later"] == {"earlier", "first"}


def test_a_therapy_that_may_lie_before_an_infusion_need_not_end_its_window():
    infusion = CellInfusion(id="car-t", kind="car-t", date="2020-03")
    for rows in ((infusion, LD), (LD, infusion)):
        found = possible_ends(cuts_after(course(*rows), "car-t"), ("next therapy",), 100)
        assert (found[0].last, found[-1].last, found[-1].cut) == (0, 100, None)


LD = Treatment(id="ld", start="2020-03")


IND = Treatment(id="ind", start="2020-01-10", drugs=[{"name": "vincristine", "days": "1"}])


def test_a_relapse_that_may_lie_before_a_remission_does_not_end_it():
    marrow = Assessment(id="cr", date="2020-03", kind="morphology", blasts="1 %")
    relapse = Event(id="relapse", date="2020-03-10", kind="relapse reported")
    said = judged(IND, marrow, relapse)["nci/2010/cr/response"]
    assert not (said.verdict or "").startswith("not CR")
    later = Event(id="relapse", date="2020-03-10", kind="relapse reported", after="cr")
    assert (judged(IND, marrow, later)["nci/2010/cr/response"].verdict or "").startswith("not CR")


def test_a_first_report_of_unknown_time_is_not_assessable():
    ino = Treatment(id="ino", intent="MRD", drugs=[{"name": "inotuzumab ozogamicin"}])
    claim = Claim(id="c", text="The first.", predicate="first report", about="ino")
    said = judged(ino, claim)["claim/current/c/first-report"]
    assert (said.outcome, said.missing) == ("not assessable", ("the date of the claim",))


@pytest.mark.parametrize(
    ("died", "last", "outcome"),
    [
        (False, 0, "not assessable"),
        (False, 29, "not assessable"),
        (False, 30, "verdict"),
        (True, 0, "does not apply"),
        (True, 30, "verdict"),
    ],
)
def test_counts_that_have_not_fallen_yet_show_no_graft(died, last, outcome):
    """Normal counts of the first days come before the nadir: they say nothing of a failure."""
    labs = [
        Lab(id=f"n{day}", date=f"hsct+{day}d", analyte="neutrophils", value="1.2", unit="10*9/L")
        for day in range(last + 1)
    ]
    death = [Event(id="death", date=f"hsct+{last}d", kind="death")] if died else []
    hsct = Transplant(id="hsct", date="2024-03-01", donor="sibling")
    said = judged(hsct, *labs, *death)["astct-engraftment/2024/hsct/failure-primary"]
    assert said.outcome == outcome
    assert said.verdict == ("none" if outcome == "verdict" else None)
