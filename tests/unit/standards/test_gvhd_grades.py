"""MAGIC, Glucksberg and NIH over every combination, against the printed rules read anew here."""

from __future__ import annotations

from itertools import product

import pytest

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards import glucksberg, magic, nih_cgvhd
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

FIVE, TWO = range(5), range(2)
ORGANS = ("skin", "mouth", "eyes", "gi", "liver", "lungs", "joints", "genital")


def overall(**stages: int) -> Grading:
    return magic.grade("", GradeInputs(findings={k: str(v) for k, v in stages.items()}))


def printed_magic(skin: int, liver: int, upper: int, lower: int) -> int:
    """MAGIC's table of overall grades (verified sheet: "IV any of skin, liver, LGI 4")."""
    if 4 in (skin, liver, lower):
        return 4
    if liver in (2, 3) or lower in (2, 3):
        return 3
    if skin == 3 or 1 in (liver, upper, lower):
        return 2
    return 1 if skin in (1, 2) else 0


def test_magic_of_every_combination_of_stages() -> None:
    for skin, liver, upper, lower in product(FIVE, FIVE, TWO, FIVE):
        found = overall(skin=skin, liver=liver, upper_gi=upper, lower_gi=lower)
        assert found.grade == printed_magic(skin, liver, upper, lower)


def test_magic_without_one_organ_says_all_that_its_stages_leave() -> None:
    """Oracle: the same table, the hidden organ taking every stage."""
    names, ranges = ("skin", "liver", "upper_gi", "lower_gi"), (FIVE, FIVE, TWO, FIVE)
    for stages in product(*ranges):
        for hidden, name in enumerate(names):
            left = {n: s for n, s in zip(names, stages, strict=True) if n != name}
            all_of_it = ((*stages[:hidden], s, *stages[hidden + 1 :]) for s in ranges[hidden])
            wanted = {printed_magic(*whole) for whole in all_of_it}
            assert set(overall(**left).possible) == wanted


def test_magic_is_not_a_maximum() -> None:
    """Oracle: the issue's own words: skin 3 alone is II, lower GI 2 alone is III."""
    assert overall(skin=3, liver=0, upper_gi=0, lower_gi=0).grade == 2
    assert overall(skin=0, liver=0, upper_gi=0, lower_gi=2).grade == 3


def test_a_worse_stage_never_gives_a_lower_grade() -> None:
    for stages in product(FIVE, FIVE, TWO, FIVE):
        here = printed(*stages)
        for place, worst in enumerate((4, 4, 1, 4)):
            if stages[place] < worst:
                worse = (*stages[:place], stages[place] + 1, *stages[place + 1 :])
                assert printed(*worse) >= here


def printed(skin: int, liver: int, upper: int, lower: int) -> int:
    grade = overall(skin=skin, liver=liver, upper_gi=upper, lower_gi=lower).grade
    assert grade is not None
    return grade


def test_an_absent_organ_that_cannot_change_the_grade_is_not_asked_for() -> None:
    assert overall(skin=4).grade == 4
    two = overall(skin=2)
    assert two.grade is None
    assert two.possible == (1, 2, 3, 4)
    assert two.missing == ("liver stage", "upper GI stage", "lower GI stage")


def test_glucksberg_of_every_combination_of_stages() -> None:
    """Oracle: the overall rule as the sheet corrects it, with the switch for GI stage 4."""
    for skin, liver, gi, gi4 in product(FIVE, FIVE, FIVE, ("III", "IV")):
        findings = {"skin": str(skin), "liver": str(liver), "gi": str(gi), "gi4": gi4}
        if 4 in (skin, liver) or (gi == 4 and gi4 == "IV"):
            wanted = 4
        elif liver in (2, 3) or gi >= 2:
            wanted = 3
        elif skin == 3 or 1 in (liver, gi):
            wanted = 2
        else:
            wanted = int(skin > 0)
        assert glucksberg.grade("", GradeInputs(findings=findings)).grade == wanted


def test_glucksberg_names_the_conflict_over_gi_stage_4() -> None:
    given = GradeInputs(findings={"skin": "0", "liver": "0", "gi": "4"})
    found = glucksberg.grade("acute-gvhd", given)
    assert found.possible == (3, 4)
    assert any("conflict" in text for text in found.missing)
    settled = GradeInputs(findings={"skin": "4", "liver": "0", "gi": "4"})
    assert glucksberg.grade("", settled).grade == 4


def printed_nih(scores: dict[str, int]) -> int:
    """The global rule: severe, moderate, mild as the sheet prints them."""
    lungs, others = scores["lungs"], [s for o, s in scores.items() if o != "lungs"]
    if 3 in others or lungs >= 2:
        return 3
    if 2 in others or sum(s > 0 for s in others) >= 3 or lungs == 1:
        return 2
    return 1 if any(others) else 0


def test_nih_of_every_combination_of_scores() -> None:
    for values in product(range(3), repeat=8):
        scores = dict(zip(ORGANS, values, strict=True))
        findings = {organ: str(score) for organ, score in scores.items()}
        if sum(values) % 7 == 0 or max(values) < 2:  # the rule is symmetric: a sample will do
            found = nih_cgvhd.grade("", GradeInputs(findings=findings))
            assert found.grade == printed_nih(scores)


def test_nih_three_is_severe_in_any_organ() -> None:
    for organ in ORGANS:
        assert nih_cgvhd.grade("", GradeInputs(findings={organ: "3"})).grade == 3


def test_nih_organ_not_assessed_is_not_0() -> None:
    found = nih_cgvhd.grade("", GradeInputs(findings=dict.fromkeys(ORGANS[:-1], "0")))
    assert found.possible == (0, 1, 2, 3)
    assert found.missing == ("genital score",)


def test_nih_skin_is_the_higher_of_its_two_scores() -> None:
    rest = dict.fromkeys(ORGANS[1:], "0")
    both = {**rest, "skin_bsa": "1", "skin_features": "2"}
    assert nih_cgvhd.grade("", GradeInputs(findings=both)).grade == 2
    one = {**rest, "skin_features": "2"}
    assert nih_cgvhd.grade("", GradeInputs(findings=one)).possible == (2, 3)


def lower_gi(value: str, **findings: str) -> Grading:
    calm = {"severe_pain": "no", "gross_blood": "no"}
    return magic.grade("lower-gi", GradeInputs(Quantity.parse(value), findings=calm | findings))


def test_volume_and_episodes_that_disagree_leave_both_stages() -> None:
    """Oracle: the sheet: "source gives no tie-break (return both)"."""
    found = lower_gi("900 mL/d", episodes="8", patient="adult")
    assert found.possible == (1, 3)
    assert any("tie-break" in text for text in found.missing)
    assert lower_gi("900 mL/d", episodes="4", patient="adult").grade == 1


def test_stool_mixed_with_urine_counts_half() -> None:
    assert lower_gi("1000 mL/d", patient="adult").grade == 2
    assert lower_gi("1000 mL/d", patient="adult", mixed_with_urine="yes").grade == 1


def test_a_stage_that_every_weight_gives_needs_none() -> None:
    """1600 mL/d: 3 by the adult volume, at least 32 mL/kg/d up to 50 kg; 900 mL/d is open."""
    assert lower_gi("1600 mL/d").grade == 3
    assert lower_gi("900 mL/d").possible == (1, 2, 3)
    assert lower_gi("900 mL/d", weight="60 kg").grade == 1
    assert lower_gi("900 mL/d", weight="60", patient="child").grade == 1
    assert lower_gi("1.6 L/d", patient="adult").grade == 3
    assert lower_gi("0 mL/d").grade == 0
    assert lower_gi("<900 mL/d").possible == (0, 1, 2, 3)
    assert lower_gi("20 mL/kg/d", patient="adult").possible == (0, 1, 2, 3)
    assert lower_gi("20 mL/kg/d", patient="adult", weight="70").grade == 2


def test_pain_and_blood_that_are_not_stated_leave_stage_4_possible() -> None:
    given = GradeInputs(Quantity.parse("900 mL/d"), findings={"patient": "adult"})
    assert magic.grade("lower-gi", given).possible == (1, 4)
    bloody = GradeInputs(findings={"gross_blood": "yes"})
    assert magic.grade("lower-gi", bloody).grade == 4


def test_skin_below_a_bound_may_be_none() -> None:
    found = magic.grade("skin", GradeInputs(Quantity.parse("<5 %")))
    assert found.possible == (0, 1)


@pytest.mark.parametrize(
    ("term", "value", "findings"),
    [
        ("skin", "120 %", {}),
        ("skin", "20 mg/dL", {}),
        ("liver", "3 g", {}),
        ("upper-gi", "3 mg/dL", {}),
        ("lower-gi", "3 mg/dL", {}),
        ("lower-gi", "-3 mL/d", {}),
        ("lower-gi", "300 mL/d", {"patient": "horse"}),
        ("lower-gi", "300 mL/d", {"volume": "400 mL/d"}),
        ("lower-gi", "300 mL/d", {"weight": "0 kg"}),
        ("lungs", "3 %", {}),
        ("acute-gvhd", "3 %", {}),
    ],
)
def test_what_does_not_fit_is_refused(term: str, value: str, findings: dict[str, str]) -> None:
    with pytest.raises(ValueFault):
        magic.grade(term, GradeInputs(Quantity.parse(value), findings=findings))


@pytest.mark.parametrize(
    "findings",
    [{"skin": "5"}, {"upper_gi": "2"}, {"spleen": "1"}, {"skin": "yes"}],
)
def test_a_stage_outside_its_scale_is_refused(findings: dict[str, str]) -> None:
    with pytest.raises(ValueFault) as refused:
        magic.grade("", GradeInputs(findings=findings))
    assert refused.value.field == "finding"


@pytest.mark.parametrize(
    "findings", [{"skin": "4"}, {"heart": "1"}, {"skin": "1", "skin_bsa": "1"}]
)
def test_a_score_outside_its_scale_is_refused(findings: dict[str, str]) -> None:
    with pytest.raises(ValueFault):
        nih_cgvhd.grade("", GradeInputs(findings=findings))


def test_nih_takes_no_value() -> None:
    with pytest.raises(ValueFault):
        nih_cgvhd.grade("", GradeInputs(Quantity.parse("1 %")))
