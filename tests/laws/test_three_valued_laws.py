"""Laws of three-valued verdicts; the oracle is the standard itself with everything known.

The only inputs whose silence says something are those that a standard asks for "if available"
(MRD and red-cell transfusions under ELN 2024): they are unknown here, never "unavailable".
"""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from residua.facts.quantity import Quantity
from residua.standards.quantities import Wording
from residua.standards.rulebook import Rule, load
from residua.standards.ruling import Ruling, rule_on
from residua.standards.truth import Given

AXES = (
    ("eln_all", "response"), ("eln_all", "mrd-variant-1"), ("eln_all", "mrd-variant-2"),
    ("nci", "response"), ("nci", "relapse"), ("cibmtr", "response"), ("nccn", "response"),
    ("nccn", "relapse"), ("inovate", "response"), ("inovate", "mrd"),
    ("ponte_di_legno", "relapse"), ("mrd_terms", "mrd"), ("mrd_terms", "mrd-change"),
    ("mrd_terms", "relapse"),
)  # fmt: skip
EXAMPLES = 150


def values_of(rules: tuple[Rule, ...]) -> st.SearchStrategy[Given]:
    """Known values around the limits of the rules on one quantity."""
    limits = [rule.limit for rule in rules if isinstance(rule.limit, Quantity)]
    if not limits:
        return st.booleans()
    unit = limits[0].unit
    marks = [limit.to(unit).value for limit in limits]
    near = [m * f for m in marks for f in (Decimal("0.9"), Decimal(1), Decimal("1.1"))]
    low, high = min(marks) - 60, max(marks) + 60
    free = st.decimals(min_value=low, max_value=high, places=4)
    return st.one_of(st.sampled_from(near), free).map(lambda number: Quantity(number, unit))


@st.composite
def patients(draw: st.DrawFn) -> tuple[str, str, dict[str, Given], frozenset[str]]:
    """An axis, every quantity known, and the names of those that are then hidden."""
    book, term = draw(st.sampled_from(AXES))
    rules = load(book).rules_of(term)
    names = load(book).quantities(term)
    whole = {q: draw(values_of(tuple(r for r in rules if r.quantity == q))) for q in names}
    return book, term, whole, frozenset(draw(st.sets(st.sampled_from(names))))


def hide(whole: dict[str, Given], hidden: frozenset[str]) -> dict[str, Given]:
    return {name: None if name in hidden else value for name, value in whole.items()}


def word(ruling: Ruling) -> str:
    return (ruling.verdict or "").split(":")[0]


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients())
def test_a_computed_verdict_holds_for_every_value_of_the_unknown(patient) -> None:
    book, term, whole, hidden = patient
    known = rule_on(load(book), term, hide(whole, hidden))
    full = rule_on(load(book), term, whole)
    if known.verdict is not None and not known.partial:
        assert word(full) == word(known)
    assert full.possible[0] in known.possible


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients())
def test_all_known_gives_a_verdict(patient) -> None:
    book, term, whole, _ = patient
    full = rule_on(load(book), term, whole)
    assert full.verdict is not None
    assert not full.partial
    assert full.missing == ()


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients())
def test_what_is_excluded_stays_excluded(patient) -> None:
    """A partial verdict: no completion gives one of the words that it excludes."""
    book, term, whole, hidden = patient
    known = rule_on(load(book), term, hide(whole, hidden))
    exclusion = load(book).exclusion(term)
    if known.partial and exclusion is not None:
        assert word(rule_on(load(book), term, whole)) not in exclusion.excludes


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients())
def test_hiding_more_never_leaves_less_possible(patient) -> None:
    book, term, whole, hidden = patient
    for name in hidden:
        less = rule_on(load(book), term, hide(whole, hidden - {name}))
        more = rule_on(load(book), term, hide(whole, hidden))
        assert set(less.possible) <= set(more.possible)


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients())
def test_the_missing_inputs_settle_the_verdict(patient) -> None:
    """With what is named as missing known, the rest may stay unknown."""
    book, term, whole, hidden = patient
    words = {q: q for q in load(book).quantities(term)}
    known = rule_on(load(book), term, hide(whole, hidden), Wording(words))
    told = rule_on(load(book), term, hide(whole, hidden - set(known.missing)))
    assert len(told.possible) == 1
    assert set(known.missing) <= hidden


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients(), st.sampled_from(["<", "<=", ">", ">="]))
def test_a_bound_leaves_possible_what_its_values_give(patient, comparator: str) -> None:
    """A censored value is every value that it admits."""
    book, term, whole, _ = patient
    for name, value in whole.items():
        if isinstance(value, Quantity):
            step = Decimal("0.00001") if comparator.startswith("<") else Decimal("-0.00001")
            bound = Quantity(value.value + step, value.unit, comparator)
            loose = rule_on(load(book), term, {**whole, name: bound})
            assert set(rule_on(load(book), term, whole).possible) <= set(loose.possible)


@settings(max_examples=EXAMPLES, deadline=None)
@given(patients())
def test_a_conflict_is_settled_only_where_both_values_agree(patient) -> None:
    book, term, whole, _ = patient
    for name, value in whole.items():
        if isinstance(value, Quantity):
            other = Quantity(value.value + 1, value.unit)
            both = rule_on(load(book), term, {**whole, name: (value, other)})
            one = rule_on(load(book), term, whole).possible
            two = rule_on(load(book), term, {**whole, name: other}).possible
            assert set(both.possible) == {*one, *two}
