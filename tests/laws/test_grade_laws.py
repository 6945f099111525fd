"""Laws of CTCAE grades; the oracle is the standard itself, asked in another way.

A worse value never gives a lower grade, units change nothing, and what is not stated leaves
open the grade that it would have given.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from residua.facts.quantity import Quantity
from residua.standards import ctcae
from residua.standards.grade_alike import outcome_alike
from residua.standards.grade_book import FindingKind, Term
from residua.standards.grade_completions import outcome
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grade_known import known_of, words_of

FALLING = {"platelets", "neutrophils", "wbc", "lymphocytes", "cd4", "hemoglobin", "fibrinogen",
           "crcl", "febrile-neutropenia"}  # fmt: skip
UNITS = {
    "count concentration": ("10*9/L", "/uL", "10*3/mm3", "10*6/L"),
    "mass concentration": ("g/L", "mg/dL", "g/dL"),
    "catalytic concentration": ("U/L", "kU/L"),
    "time": ("s", "ms"),
    "flow rate": ("mL/min", "L/min"),
}
TERMS = [(v, term) for v in ctcae.BOOKS for term in ctcae.book(v).terms if term.kinds]
EXAMPLES = 80


def number(draw: st.DrawFn, term: Term) -> Decimal:
    """A number near the limits of the term, or anywhere."""
    limits = [b.limit for cell in term.cells for b in cell.bounds if b.of == "value"]
    mark = draw(st.sampled_from(limits)) or Decimal(1)
    factor = draw(st.sampled_from(["0.5", "0.9", "0.99", "1", "1.01", "1.1", "2", "4"]))
    free = st.decimals(min_value="0.01", max_value="700", places=2)
    return draw(st.one_of(st.just(mark * Decimal(factor)), free))


def finding(draw: st.DrawFn, term: Term, kind: FindingKind) -> str:
    if kind.unit:
        return str(draw(st.sampled_from(["37.9", "38", "38.3", "38.4", "40"])))
    return draw(st.sampled_from(words_of(term, kind)))


@st.composite
def measured(draw: st.DrawFn) -> tuple[str, Term, GradeInputs]:
    """A version, a term and all that it asks for."""
    version, term = draw(st.sampled_from(TERMS))
    unit = term.unit or UNITS[term.kinds[0]][0]
    low, high = sorted(number(draw, term) for _ in range(2))
    inputs = GradeInputs(
        value=Quantity(number(draw, term), unit),
        lln=Quantity(low, unit),
        uln=Quantity(high, unit),
        baseline=Quantity(number(draw, term), unit),
        findings={kind.name: finding(draw, term, kind) for kind in term.findings},
    )
    return version, term, inputs


def grades(version: str, term: Term, inputs: GradeInputs) -> tuple[int, ...]:
    return ctcae.grade(term.id, inputs, version=version).possible


@settings(max_examples=EXAMPLES * 3, deadline=None)
@given(measured(), st.data())
def test_a_worse_value_never_gives_a_lower_grade(
    case: tuple[str, Term, GradeInputs], data: st.DataObject
) -> None:
    version, term, inputs = case
    assert inputs.value is not None
    other = data.draw(st.decimals(min_value="0.01", max_value="900", places=2))
    better, worse = sorted((inputs.value.value, other), reverse=term.id in FALLING)
    hidden = data.draw(st.sets(st.sampled_from(["lln", "uln", "baseline"])))
    inputs = replace(inputs, **dict.fromkeys(hidden))
    first, second = (
        grades(version, term, replace(inputs, value=Quantity(x, inputs.value.unit)))
        for x in (better, worse)
    )
    if first and second:  # below 10 mL/min another term is to be used
        assert min(first) <= min(second)
        assert max(first) <= max(second)


@settings(max_examples=EXAMPLES, deadline=None)
@given(measured(), st.data())
def test_units_change_nothing(case: tuple[str, Term, GradeInputs], data: st.DataObject) -> None:
    version, term, inputs = case
    assert inputs.value is not None
    unit = data.draw(st.sampled_from(UNITS.get(inputs.value.kind, (inputs.value.unit,))))
    names = ("value", "lln", "uln", "baseline")
    moved = replace(inputs, **{name: getattr(inputs, name).to(unit) for name in names})
    assert grades(version, term, moved) == grades(version, term, inputs)


@settings(max_examples=EXAMPLES * 3, deadline=None)
@given(measured(), st.data())
def test_what_is_hidden_leaves_its_grade_possible(
    case: tuple[str, Term, GradeInputs], data: st.DataObject
) -> None:
    """So a grade that stands without an input is the grade with it."""
    version, term, inputs = case
    names = ["value", "lln", "uln", "baseline"]
    hidden = data.draw(st.sets(st.sampled_from(names)))
    unknown = {kind.name for kind in term.findings if not kind.absent}
    lost = data.draw(st.sets(st.sampled_from(sorted(unknown)))) if unknown else set()
    kept = {name: word for name, word in inputs.findings.items() if name not in lost}
    less = replace(inputs, **dict.fromkeys(hidden), findings=kept)
    whole, part = (ctcae.grade(term.id, i, version=version) for i in (inputs, less))
    assert set(whole.possible) <= set(part.possible)
    if part.grade is None and part.possible:
        assert part.missing


@settings(max_examples=EXAMPLES, deadline=None)
@given(measured(), st.sampled_from(["<", "<=", ">", ">="]))
def test_a_bound_leaves_the_grade_of_each_value_within_it(
    case: tuple[str, Term, GradeInputs], comparator: str
) -> None:
    version, term, inputs = case
    assert inputs.value is not None
    shift = Decimal("0.99") if comparator.startswith("<") else Decimal("1.01")
    inside = replace(inputs, value=Quantity(inputs.value.value * shift, inputs.value.unit))
    bound = replace(inputs, value=replace(inputs.value, comparator=comparator))
    if not term.whole:
        assert set(grades(version, term, inside)) <= set(grades(version, term, bound))


@settings(max_examples=EXAMPLES * 3, deadline=None)
@given(measured(), st.data())
def test_the_fast_way_says_what_the_plain_one_says(
    case: tuple[str, Term, GradeInputs], data: st.DataObject
) -> None:
    """Oracle: every completion tried for this very value."""
    _, term, inputs = case
    hidden = data.draw(st.sets(st.sampled_from(["lln", "uln", "baseline"])))
    known = known_of(term, replace(inputs, **dict.fromkeys(hidden)))
    fast, plain = outcome_alike(term, known), outcome(term, known)
    assert set(fast.cells) == set(plain.cells)
    assert fast.missing == plain.missing
