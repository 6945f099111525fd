"""Contradictions in made-up records. Oracle: what each test makes contradict itself."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.finding import Event, Finding
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.treatment import Transplant
from residua.judgements.consistency.consistency import judge_consistency
from residua.judgements.judgement import Judgement


def _found(*facts, said=()):
    return judge_consistency(arrange(Case("x", "x", facts)), said)


@pytest.mark.parametrize(
    ("birth", "diagnosis", "age", "fits"),
    [
        ("2002-02-28", "2020-02-27", "17 a", True),
        ("2002-02-28", "2020-02-28", "17 a", False),
        ("2002-02-28", "2020-02-28", "18 a", True),
        ("2002", "2020", "17 a", True),
        ("2002", "2020", "18 a", True),
        ("2002", "2020", "19 a", False),
    ],
)
def test_age_against_birth(birth, diagnosis, age, fits):
    """Whole years; a year alone leaves two ages possible."""
    patient = Patient(id="p", birth=birth, age_at_diagnosis=age)
    found = _found(patient, Diagnosis(id="d", date=diagnosis, disease="B-ALL"))
    assert [j.term for j in found] == ([] if fits else ["age"])


@pytest.mark.parametrize(
    ("reading", "fits"),
    [
        ({"status": "not detected", "fraction": "9e-6", "lod": "1e-5"}, True),
        ({"status": "not detected", "fraction": "1e-5", "lod": "1e-5"}, False),
        ({"status": "not detected", "fraction": "<1e-4", "lod": "1e-5"}, True),
        ({"status": "quantified", "fraction": "1e-4", "lloq": "1e-4"}, True),
        ({"status": "quantified", "fraction": "9e-5", "lloq": "1e-4"}, False),
        ({"status": "quantified", "fraction": "1e-3", "lod": "1e-4", "lloq": "1e-5"}, False),
    ],
)
def test_mrd_against_its_own_limits(reading, fits):
    found = _found(MrdReading(id="m", date="2021-03-01", tissue="marrow", **reading))
    assert [j.term for j in found] == ([] if fits else ["mrd"])


@pytest.mark.parametrize(
    ("conditioning", "lacking"),
    [("busulfan 3.2 mg/kg, cyclophosphamide 1.8 g/m2", False), ("TBI 12 Gy", False), ("BuCy", True),
     (None, False)],
)  # fmt: skip
def test_conditioning_by_its_name_alone(conditioning, lacking):
    found = _found(Transplant(id="t", date="2021-03-01", conditioning=conditioning))
    assert [j.term for j in found] == (["conditioning"] if lacking else [])


def test_nothing_is_done_after_death():
    death = Event(id="death", kind="death", date="2021-03-01")
    marrow = Assessment(id="marrow", date="2021-03-02", kind="morphology", blasts="1 %")
    same_day = Assessment(id="autopsy", date="2021-03-01", kind="morphology", blasts="1 %")
    found = _found(death, marrow, same_day)
    assert [(j.subject, j.verdict) for j in found] == [
        ("marrow", "not supported: dates in conflict")
    ]


def _graded(verdict, **more):
    defaults = {
        "standard": "ctcae", "version": "5.0", "subject": "low", "term": "platelets", "date": "",
        "outcome": "verdict", "reason": "why", "clause": "c", "cite": "s", "provenance": "read",
        "basis": "computed", "verdict": verdict,
    }  # fmt: skip
    return Judgement(**(defaults | more))


@pytest.mark.parametrize(
    ("judgement", "fits"),
    [
        (_graded("grade 2"), True),
        (_graded("grade 3"), False),
        (_graded("grade 3", version="6.0", published_after_event=True), True),
        (_graded("grade 3", basis="reported"), True),
    ],
)
def test_a_grade_reported_is_the_one_of_the_values(judgement, fits):
    finding = Finding(id="low", date="2021-03-01", term="thrombocytopenia", grade_reported=2)
    found = _found(finding, said=(judgement,))
    assert [j.term for j in found] == ([] if fits else ["grade-ctcae-5.0"])


def test_a_record_without_slips_says_nothing():
    marrow = Assessment(id="marrow", date="2021-03-02", kind="morphology", blasts="1 %")
    assert _found(Diagnosis(id="d", date="2021-01", disease="B-ALL"), marrow) == ()
