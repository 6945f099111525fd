"""Laws of CRS and ICANS grades: a worse finding never lowers one, what is hidden leaves it open."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.treatment import CellInfusion
from residua.judgements.immune_effector.effector import judge_effector
from residua.standards import astct_crs, astct_icans, lee
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

Words = dict[str, tuple[str, ...]]
CRS: Words = {
    "fever": ("no", "yes"),
    "anticytokine": ("no", "yes"),
    "hypotension": ("none", "no-vasopressor", "vasopressor", "multiple-vasopressors"),
    "hypoxia": ("none", "low-flow", "high-flow", "positive-pressure"),
}
ICANS: Words = {
    "ice": tuple(str(n) for n in range(10, -1, -1)),
    "consciousness": ("awake", "to-voice", "tactile", "unarousable"),
    "sedated": ("yes", "no"),
    "seizure": ("none", "brief", "prolonged"),
    "motor": ("none", "weakness"),
    "edema": ("none", "focal", "diffuse"),
}
CHILD = {name: words for name, words in ICANS.items() if name != "ice"} | {
    "capd": ("0", "8", "9", "20", "unable")
}
LEE: Words = {
    "constitutional": ("no", "yes"),
    "hypotension": ("none", "fluids", "low-dose-pressor", "high-dose-pressor",
                    "multiple-pressors"),
    "oxygen": ("none", "below-40-percent", "at-least-40-percent", "ventilator"),
    "organ_toxicity": ("none", "2", "3", "4"),
    "transaminitis": ("none", "2", "3", "4"),
}  # fmt: skip
SCALES = [
    pytest.param(astct_crs.grade, CRS, id="astct-crs"),
    pytest.param(astct_icans.grade, ICANS, id="astct-icans"),
    pytest.param(astct_icans.grade, CHILD, id="astct-icans-capd"),
    pytest.param(lee.grade, LEE, id="lee"),
]
Grade = Callable[[str, GradeInputs], Grading]


def possible(grade: Grade, findings: dict[str, str]) -> tuple[int, ...]:
    return grade("", GradeInputs(findings=findings)).possible


@pytest.mark.parametrize(("grade", "words"), SCALES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_worse_finding_never_lowers_the_grade(
    grade: Grade, words: Words, data: st.DataObject
) -> None:
    found = {name: data.draw(st.sampled_from(w), label=name) for name, w in words.items()}
    name = data.draw(st.sampled_from(sorted(words)))
    place = words[name].index(found[name])
    worse = data.draw(st.sampled_from(words[name][place:]))
    assert possible(grade, found)[0] <= possible(grade, found | {name: worse})[0]


@pytest.mark.parametrize(("grade", "words"), SCALES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_is_hidden_leaves_its_grade_possible(
    grade: Grade, words: Words, data: st.DataObject
) -> None:
    """Seizure, motor and oedema aside: absent, none is documented; likewise sedation."""
    found = {name: data.draw(st.sampled_from(w), label=name) for name, w in words.items()}
    may = sorted(set(words) - {"seizure", "motor", "edema", "sedated", "capd"})
    hidden = data.draw(st.sets(st.sampled_from(may)))
    left = {name: word for name, word in found.items() if name not in hidden}
    assert set(possible(grade, found)) <= set(possible(grade, left))


SIGNS = [("fever", ""), ("hypotension", "fluids"), ("hypotension", "vasopressor"),
         ("hypoxia", "nasal cannula"), ("hypoxia", "cpap"), ("ICE", "8"), ("ICE", "1"),
         ("consciousness", "tactile"), ("seizure", "brief")]  # fmt: skip
UNRELATED = ["nausea", "neutropenia", "tremor", "rash", "acute GVHD", "splenomegaly"]


def course(signs: list[tuple[str, str]], unrelated: list[str]) -> dict[str, tuple[object, ...]]:
    facts: list[Fact] = [CellInfusion(id="car-t", kind="car-t", date="2024-03-01")]  # type: ignore[arg-type]
    every = [*signs, *((term, "") for term in unrelated)]
    for n, (term, value) in enumerate(every):
        row = {"id": f"f-{n}", "term": term, "date": f"car-t+{n}d", "present": True}
        facts.append(Finding.model_validate(row | ({"value": value} if value else {})))
    judged = judge_effector(arrange(Case("x", "x", tuple(facts))))
    return {j.id: (j.outcome, j.verdict, j.basis, j.reason, j.missing) for j in judged}


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from(SIGNS), unique=True, max_size=6),
    st.lists(st.sampled_from(UNRELATED), unique=True),
)
def test_unrelated_findings_change_nothing(
    signs: list[tuple[str, str]], unrelated: list[str]
) -> None:
    assert course(signs, []) == course(signs, unrelated)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(SIGNS), unique=True, max_size=6), st.sampled_from(SIGNS))
def test_another_sign_never_lowers_a_computed_grade(
    signs: list[tuple[str, str]], more: tuple[str, str]
) -> None:
    before, after = course(signs, []), course([*signs, more], [])
    for name, (_, verdict, *_) in before.items():
        later = after[name][1]
        if isinstance(verdict, str) and isinstance(later, str):
            assert verdict <= later
