"""The course in sentences. Oracle: the facts as made here; no word or number beside theirs."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.finding import Event, Finding
from residua.facts.laboratory import Lab
from residua.facts.patient import Diagnosis, Patient
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.families import judge_families
from residua.readers.case import read_case
from residua.views.course_json import course_text, fact_document
from residua.views.fact_words import value_words
from residua.views.narrative.course_sentences import course_paragraphs
from residua.views.narrative.sentence import listed
from residua.views.standard_names import judged_by
from residua.views.wording import date_words

HUANG = Path(__file__).parents[4] / "examples" / "huang-2023"


def _paragraphs(*facts, told=()):
    return course_paragraphs(arrange(Case("x", "x", facts)), told)


def _texts(*facts):
    return [s.text for p in _paragraphs(*facts) for s in p.sentences]


@pytest.mark.parametrize(
    ("fact", "text"),
    [
        (
            Patient(id="p", sex="female", age_at_diagnosis="17 a"),
            "The patient is female, 17 years old at diagnosis.",
        ),
        (
            Patient(id="p"),
            "The patient's sex is not stated; the age at diagnosis is not stated.",
        ),
        (
            Assessment(id="a", date="2020-01", kind="morphology", blasts="3 %"),
            "Blasts were 3 % by morphology.",
        ),
        (
            Assessment(id="a", date="2020-01", response_reported="CR"),
            "The source calls the response “CR”.",
        ),
        (Finding(id="f", term="splenomegaly", present=False), "Splenomegaly: absent."),
        (
            Finding(id="f", term="neutropenia", present=True, grade_reported=1),
            "Neutropenia: present, reported as grade 1.",
        ),
        (
            Transplant(id="t", date="2020-01", donor="sibling"),
            "A transplant, donor sibling; conditioning not stated; prophylaxis not stated.",
        ),
        (
            CellInfusion(id="c", date="2020-01", kind="car-t", dose="1e6 /kg"),
            "An infusion of CAR-T cells, dose 1 × 10⁶/kg, lymphodepletion not stated.",
        ),
        (
            Treatment(id="t", regimen="free", intent="re-induction", start="2020-01"),
            "Treatment with the intent “re-induction”: drugs not stated.",
        ),
    ],
)
def test_a_fact_is_told_in_its_own_words(fact, text):
    assert _texts(fact) == [text]


def test_what_is_not_stated_says_so():
    assert _texts(Diagnosis(id="d", date="2020-01", disease="B-ALL")) == [
        "The disease is B-ALL; Philadelphia chromosome not stated; extramedullary disease not "
        "stated; central nervous system not stated."
    ]


def test_conflicts_stand_in_the_sentence():
    first = Assessment(id="first", date="2020-01-02", kind="morphology", blasts="3 %")
    second = Assessment(id="second", date="2020-01-02", kind="morphology", blasts="9 %")
    texts = _texts(first, second)
    assert texts[0] == "Blasts were 3 % by morphology, in conflict with “Second”."
    assert texts[1] == "Blasts were 9 % by morphology, in conflict with “First”."


def test_treatments_and_relapses_open_paragraphs():
    facts = (
        Patient(id="p", sex="male"),
        Diagnosis(id="d", date="2020-01-01", disease="B-ALL"),
        Lab(id="wbc", date="2020-01-02", analyte="wbc", value="30 10*9/L"),
        Treatment(id="induction", regimen="free", start="2020-01-05"),
        Finding(id="fever", date="2020-01-09", term="fever", present=True),
        Event(id="relapse", date="2021-01-05", kind="relapse reported"),
        Event(id="last-contact", date="2021-02-05", kind="last contact"),
    )
    paragraphs = _paragraphs(*facts)
    assert [p.title for p in paragraphs] == ["Diagnosis", "Induction", "Relapse"]
    assert paragraphs[0].sentences[-1].text == "Measured, 2 Jan 2020: white cells 30 × 10⁹/L."
    assert paragraphs[2].sentences[-1].text == "Last contact, 5 Feb 2021."


def test_many_values_are_counted_and_not_listed():
    labs = [
        Lab(id=f"l{day}", date=f"2020-01-{day:02}", analyte="wbc", value="3 10*9/L")
        for day in range(1, 9)
    ]
    assert _texts(Diagnosis(id="d", date="2020-01-01", disease="B-ALL"), *labs)[-1] == (
        "The record holds 8 measured values of white cells."
    )


def test_lists_as_people_write_them():
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"])] == [
        "a", "a and b", "a, b and c",
    ]  # fmt: skip


@cache
def _huang():
    course = arrange(read_case(HUANG))
    return course, tuple(j for said in judge_families(course).values() for j in said)


def test_every_number_of_a_sentence_is_one_of_its_facts_or_verdicts():
    """The published case whole: digits come from the record, the verdicts or their standards."""
    course, said = _huang()
    known = " ".join(
        course_text(fact_document(course, item)) + value_words(item.fact) + date_words(course, item)
        for item in course.placed
    )
    known += " ".join(f"{j.verdict} {judged_by(j)}" for j in said)
    numbers = set(re.findall(r"\d+(?:\.\d+)?", known))
    for paragraph in course_paragraphs(course, said):
        for sentence in paragraph.sentences:
            assert set(re.findall(r"\d+(?:\.\d+)?", sentence.text)) <= numbers, sentence.text


def test_every_sentence_leads_to_what_it_says():
    course, said = _huang()
    ids = {j.id for j in said}
    for paragraph in course_paragraphs(course, said):
        for sentence in paragraph.sentences:
            assert sentence.facts or sentence.judgements
            assert set(sentence.facts) <= course.by_id.keys()
            assert set(sentence.judgements) <= ids


def test_no_sentence_advises():
    course, said = _huang()
    text = " ".join(s.text for p in course_paragraphs(course, said) for s in p.sentences).lower()
    assert not re.search(r"\b(should|recommend\w*|prefer\w*|best|advise\w*|must)\b", text)
