"""What the scales of CRS and ICANS refuse, and the ICE score. Oracle: the printed tables."""

from __future__ import annotations

import pytest

from residua.errors import ValueFault
from residua.standards import astct_crs, astct_icans, lee, penn
from residua.standards.grade_inputs import GradeInputs
from residua.standards.ice import ice_score

AWAKE = {"consciousness": "awake"}


@pytest.mark.parametrize(
    ("points", "score"),
    [((4, 3, 1, 1, 1), 10), ((0, 0, 0, 0, 0), 0), ((2, 3, 1, 0, 1), 7), ((4, 3, 0, 0, 0), 7)],
)
def test_the_ice_score_is_the_sum_of_its_tasks(points: tuple[int, ...], score: int) -> None:
    names = ("orientation", "naming", "command", "sentence", "attention")
    assert ice_score(**dict(zip(names, points, strict=True))) == score


@pytest.mark.parametrize(
    ("task", "points"),
    [("orientation", 5), ("naming", 4), ("command", 2), ("sentence", 2), ("attention", -1)],
)
def test_a_task_gives_no_more_than_its_points(task: str, points: int) -> None:
    """Four for orientation, three for naming, one each for the rest."""
    full = {"orientation": 4, "naming": 3, "command": 1, "sentence": 1, "attention": 1}
    with pytest.raises(ValueFault, match=task):
        ice_score(**{**full, task: points})


@pytest.mark.parametrize(
    "findings",
    [
        {"ice": "11"}, {"ice": "-1"}, {"ice": "6.5"}, {"ice": "<5"}, {"ice": "many"},
        {"ice": "7 kg"}, {"capd": "-1"}, {"ice": "7", "capd": "3"}, {"ice": "7", "age": "11"},
        {"capd": "7", "age": "12"}, {"ice": "7", "developmental_delay": "yes"},
        {"ice": "7", "developmental_delay": "x"}, {"tremor": "yes"}, {"consciousness": "sleepy"},
    ],
)  # fmt: skip
def test_findings_that_icans_does_not_take(findings: dict[str, str]) -> None:
    """The ICE score runs from 0 to 10, from 12 years on; below, the CAPD is taken."""
    with pytest.raises(ValueFault) as caught:
        astct_icans.grade("", GradeInputs(findings=findings))
    assert caught.value.field == "finding"


@pytest.mark.parametrize(
    ("findings", "term"),
    [
        ({"age": "11.9"}, "icans-capd"), ({"age": "12"}, "icans"),
        ({"age": "143 mo"}, "icans-capd"),
        ({"age": "30", "developmental_delay": "yes"}, "icans-capd"), ({}, "icans"),
        ({"capd": "3"}, "icans-capd"), ({"ice": "3"}, "icans"),
    ],
)  # fmt: skip
def test_capd_below_twelve_or_with_delay(findings: dict[str, str], term: str) -> None:
    assert astct_icans.grade("", GradeInputs(findings=AWAKE | findings)).term == term


def test_a_term_that_the_age_forbids() -> None:
    with pytest.raises(ValueFault, match="icans-capd"):
        astct_icans.grade("icans", GradeInputs(findings={"age": "3"}))


@pytest.mark.parametrize(
    "findings",
    [
        {"fever": "yes", "temperature": "39"}, {"temperature": "<38"}, {"temperature": "39 L"},
        {"hypoxia": "none", "oxygen_flow": "2"}, {"oxygen_flow": "0"}, {"organ_toxicity": "4"},
        {"hypotension": "bad"},
    ],
)  # fmt: skip
def test_findings_that_crs_does_not_take(findings: dict[str, str]) -> None:
    """Organ toxicity does not count under ASTCT, so it is no finding of it."""
    with pytest.raises(ValueFault) as caught:
        astct_crs.grade("", GradeInputs(findings=findings))
    assert caught.value.field == "finding"


def test_nothing_stated_is_not_assessable_and_says_what_would_settle_it() -> None:
    for grade in (astct_crs.grade, astct_icans.grade, lee.grade, penn.grade):
        said = grade("", GradeInputs())
        assert said.outcome == "not assessable"
        assert said.missing


def test_penn_says_that_only_one_rule_is_encoded() -> None:
    found = penn.grade("crs", GradeInputs(findings={"hypotension": "none"}))
    assert found.outcome == "not assessable"
    assert "only the hypotension rule" in found.reason
    assert "choice" in found.provenance
    three = penn.grade("", GradeInputs(findings={"hypotension": "low-dose-pressor"}))
    assert (three.grade, three.provenance) == (3, "read")
    assert "a worse grade by another cell is not excluded" in three.flags[0]


def test_lee_takes_forty_percent_for_grade_3_where_one_copy_prints_a_slip() -> None:
    """A reproduction prints "<40 %" in the cell of grade 3; the right one is at least 40 %."""
    rest = {"constitutional": "yes", "hypotension": "none"}
    rest |= {"organ_toxicity": "none", "transaminitis": "none"}
    below, over = (
        lee.grade("", GradeInputs(findings=rest | {"oxygen": word}))
        for word in ("below-40-percent", "at-least-40-percent")
    )
    assert (below.grade, over.grade) == (2, 3)
    assert "slip" in over.readings[0]
