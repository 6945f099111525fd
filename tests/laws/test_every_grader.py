"""Laws of every term of every standard of grades that is registered.

A worse value or finding never lowers the grade, nor the least or greatest grade that stays
possible; units change nothing; what is left out only widens what is possible. Oracle: the same
standard, asked in another way (`made_findings`).
"""

from __future__ import annotations

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from made_findings import NUMBERS, OPTIONAL, Asked, everything

from residua.errors import ValueFault
from residua.facts.quantity import Quantity, unit_table
from residua.main.graders import GRADERS
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

EVERY = [pytest.param(asked, id=asked.name) for asked in everything()]
EXAMPLES = 15
OPEN = {"penn"}
"""Only one rule of it is encoded: what the others would give stays open, from 0 to 5."""
SILENT = {"ebmt-vod"}
"""Its text gives no grade for one criterion in each of two categories: both stay possible, until a
third criterion settles it, perhaps on the milder of the two."""
Words = dict[str, str]


def graded(asked: Asked, words: Words) -> Grading | None:
    """What the standard says; None where the inputs contradict each other."""
    numbers = {
        name: Quantity.parse(words[name], default_unit=asked.units[name])
        for name in NUMBERS
        if name in words
    }
    findings = {name: word for name, word in words.items() if name not in numbers}
    grade = GRADERS[asked.standard, asked.version]
    try:
        return grade(asked.term, GradeInputs(**numbers, findings=findings))
    except ValueFault:
        return None


def stated(asked: Asked, data: st.DataObject) -> Words:
    every = asked.worse | asked.beside
    return {name: data.draw(st.sampled_from(words), label=name) for name, words in every.items()}


def with_some_hidden(asked: Asked, words: Words, data: st.DataObject, keep: str = "") -> Words:
    """What an absent input denies (a seizure, say) is not hidden by leaving it out."""
    may = sorted(set(words) - asked.silent - OPTIONAL - {keep})
    hidden = data.draw(st.sets(st.sampled_from(may))) if may else set()
    return {name: word for name, word in words.items() if name not in hidden}


def test_every_grader_is_tried() -> None:
    assert {(asked.standard, asked.version) for asked in everything()} == set(GRADERS)


@pytest.mark.parametrize("asked", EVERY)
@settings(max_examples=EXAMPLES * 2, deadline=None)
@given(data=st.data())
def test_worse_is_never_graded_lower(asked: Asked, data: st.DataObject) -> None:
    words = stated(asked, data)
    name = data.draw(st.sampled_from(sorted(asked.worse)), label="worse")
    steps = asked.worse[name]
    worse = data.draw(st.sampled_from(steps[steps.index(words[name]) :]))
    words = with_some_hidden(asked, words, data, keep=name)
    before, after = graded(asked, words), graded(asked, words | {name: worse})
    assume(before is not None and after is not None)
    assert before is not None
    assert after is not None
    if asked.standard in OPEN and None in (before.grade, after.grade):
        return
    if before.possible and after.possible:  # below 10 mL/min another term is to be used
        assert min(before.possible) <= min(after.possible)
        if asked.standard not in SILENT:
            assert max(before.possible) <= max(after.possible)
        if before.grade is not None and after.grade is not None:
            assert before.grade <= after.grade


@pytest.mark.parametrize("asked", EVERY)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_what_is_left_out_only_widens_what_is_possible(asked: Asked, data: st.DataObject) -> None:
    words = stated(asked, data)
    whole, part = graded(asked, words), graded(asked, with_some_hidden(asked, words, data))
    assume(whole is not None and part is not None)
    assert whole is not None
    assert part is not None
    assert set(whole.possible) <= set(part.possible)
    if part.grade is not None:
        assert whole.possible in ((part.grade,), ())


@pytest.mark.parametrize("asked", [a for a in EVERY if a.values[0].units])
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_units_change_nothing(asked: Asked, data: st.DataObject) -> None:
    """Another unit of the same kind; the unit of a finding, or that of a value and its limits."""
    words = stated(asked, data)
    names = [name for name in words if name in asked.units and words[name] != "unable"]
    assume(names)
    name = data.draw(st.sampled_from(names))
    unit = asked.units[name]
    alike = [u for u, about in unit_table().items() if about[0] == unit_table()[unit][0]]
    other = data.draw(st.sampled_from(alike))
    moved = dict(words)
    for one in NUMBERS if name in NUMBERS else (name,):
        if one in words:
            quantity = Quantity.parse(words[one], default_unit=unit).to(other)
            assume(quantity.to(unit).value == Quantity.parse(words[one], default_unit=unit).value)
            moved[one] = f"{quantity.value} {other}"
    before, after = graded(asked, words), graded(asked, moved)
    assert (before and before.possible) == (after and after.possible)
