"""Febrile neutropenia from counts and temperatures. Oracle: the printed cell of grade 3."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab, Vital
from residua.judgements.judgement import Judgement
from residua.judgements.toxicity.toxicity import judge_toxicity


def anc(value: str, day: str = "2022-02-01") -> Lab:
    given = {"id": f"anc-{day}", "date": day, "analyte": "neutrophils", "value": f"{value} 10*9/L"}
    return Lab.model_validate(given)


def heat(value: str, day: str = "2022-02-01", name: str = "t") -> Vital:
    given = {"id": f"{name}-{day}", "date": day, "item": "temperature", "value": f"{value} Cel"}
    return Vital.model_validate(given)


def judged(*facts: Fact) -> list[Judgement]:
    every = judge_toxicity(arrange(Case("x", "x", facts)))
    return [j for j in every if j.version == "5.0" and j.term == "febrile-neutropenia"]


@pytest.mark.parametrize(
    ("count", "temperature", "met"),
    [("0.99", "38.4", True), ("0.99", "38.3", False), ("1.0", "39", False), ("0.2", "37.9", False)],
)
def test_below_1_and_above_38_3_on_one_day(count: str, temperature: str, met: bool) -> None:
    found = judged(anc(count), heat(temperature))
    assert [j.verdict for j in found] == (["grade 3"] if met else [])


def test_both_facts_are_named() -> None:
    (episode,) = judged(anc("0.4"), heat("38"), heat("39", name="later"))
    assert set(episode.facts) == {"anc-2022-02-01", "later-2022-02-01"}


def test_a_temperature_of_another_day_is_not_taken() -> None:
    assert judged(anc("0.4"), heat("39", "2022-02-02")) == []


def lines(*facts: Fact) -> list[str]:
    every = judge_toxicity(arrange(Case("x", "x", facts)))
    return [dict(j.details).get("febrile-neutropenia", "") for j in every if j.term == "not-graded"]


def test_a_fever_without_a_count_of_the_day_stays_open() -> None:
    assert "1 of grade 0 or 3 (the neutrophil count not stated)" in lines(heat("39"))


def test_38_degrees_may_have_been_sustained() -> None:
    """From 38.0 to 38.3 the hour decides, which no table of temperatures states."""
    words = lines(anc("0.4"), heat("38.2"))[0]
    assert words.startswith("1 of grade 0 or 3 (whether the temperature was sustained for more")


def test_days_in_a_row_are_one_episode() -> None:
    days = ["2022-02-01", "2022-02-02"]
    facts = [*(anc("0.4", day) for day in days), *(heat("39", day) for day in days)]
    (episode,) = judged(*facts, anc("2", "2022-02-03"), heat("37", "2022-02-03"))
    assert "grade 0 on 2022-02-03" in dict(episode.details)["recovery"]
