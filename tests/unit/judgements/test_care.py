"""The CARE checklist. Oracle: the fact sheet of the checklist: from facts a draft can be made for
5a, 7, 8a, 8d, 9a-c, 10b, 10d; 5c, 8b, 8c, 11, 12, 13 belong to the author; the published case
lacks the words of the title, an abstract and the patient's perspective."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.errors import ValueFault
from residua.facts.case import Case
from residua.facts.patient import Patient
from residua.judgements.care import care_answers, missing_items
from residua.judgements.families import judge_families
from residua.readers.case import read_case
from residua.standards.care import CareChecklist, care_checklist

HUANG = Path(__file__).parents[3] / "examples" / "huang-2023"
AUTHOR = ["2", "3", "4", "5c", "8b", "8c", "11a", "11b", "11c", "11d", "12", "13"]
FROM_FACTS = ["5a", "7", "8a", "8d", "9a", "9b", "9c", "10b", "10d"]


@cache
def _huang():
    course = arrange(read_case(HUANG))
    return {a.item.id: a for a in care_answers(course, judge_families(course))}


def test_thirteen_items():
    numbers = {item.id.rstrip("abcd") for item in care_checklist().items}
    assert numbers == {str(number) for number in range(1, 14)}


@pytest.mark.parametrize("item", AUTHOR)
def test_what_belongs_to_the_author_is_missing(item):
    assert not _huang()[item].present
    assert _huang()[item].lacks == ("to be written by the author",)


@pytest.mark.parametrize("item", FROM_FACTS)
def test_what_the_facts_hold_has_its_place(item):
    answer = _huang()[item]
    assert answer.present
    assert answer.section
    assert answer.facts


def test_the_published_title_lacks_its_words():
    assert _huang()["1"].lacks == ("the words “case report”",)


def test_doses_that_are_not_stated_are_named():
    assert "dose or days of consolidation-2" in _huang()["9b"].lacks


def test_an_empty_record_answers_nothing():
    course = arrange(Case("x", "", (Patient(id="p"),)))
    answers = care_answers(course, {})
    assert set(missing_items(answers)) == {item.id for item in care_checklist().items}


def test_a_checklist_without_citation_does_not_load():
    with pytest.raises(ValueFault):
        CareChecklist("care", "", "read", ())
