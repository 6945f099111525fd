"""Laws of risk and of the mechanism of relapse: worse is never lower, units and order are nothing.

The oracle is the standard itself, asked in another way.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.lesion_names import lesion_table
from residua.facts.quantity import Quantity
from residua.judgements.families import judge_families
from residua.judgements.judge import judge
from residua.readers.case import read_case
from residua.standards import clinical_risk, genetic_risk
from residua.standards.genetic_risk import Lesions
from residua.standards.truth import Given

ROOT = Path(__file__).parents[2]
FOLDERS = [ROOT / "examples" / "huang-2023"] + [
    ROOT / "tests" / "patients" / name
    for name in ("adult-kmt2a", "child-etv6-runx1", "relapse-after-lost-cells", "lineage-switch")
]
STATES = st.fixed_dictionaries({}, optional=dict.fromkeys(lesion_table(), st.booleans()))
UNKNOWN = st.sampled_from([True, False, None])
CLASSES = {"standard risk": 0, "intermediate risk": 1, "high risk": 2}
LISTS = (genetic_risk.nccn, genetic_risk.eln)
cases = cache(read_case)


def place(ruling: genetic_risk.GeneticRuling) -> int | None:
    return CLASSES.get((ruling.verdict or "").split(":")[0])


@given(STATES, st.sampled_from(genetic_risk.nccn(Lesions()).book.definitions))
def test_a_further_high_risk_lesion_never_lowers_the_class(states, definition) -> None:
    """Where a single lesion is high by itself, adding it gives high risk."""
    if definition.verdict != "high risk" or len(definition.all) != 1 or definition.none:
        return
    more = {**states, definition.all[0]: True}
    if definition.any:
        return
    assert place(genetic_risk.nccn(Lesions(more))) == CLASSES["high risk"]


@given(STATES, st.data())
def test_what_is_unknown_never_gives_another_class(states, data) -> None:
    """A class given with gaps stays whatever fills them; gaps may only take a class away."""
    gap = data.draw(st.sampled_from(sorted(lesion_table())))
    with_gap = {key: value for key, value in states.items() if key != gap}
    for rule in LISTS:
        before = place(rule(Lesions(with_gap)))
        if before is None or before == CLASSES["standard risk"]:
            continue  # a standard class may be joined by another standard lesion only
        assert place(rule(Lesions(states))) in (before, None)


ELEMENTS = st.fixed_dictionaries(
    {},
    optional={
        "age": st.integers(1, 90).map(lambda n: Quantity.parse(f"{n} a")),
        "white_cells_b": st.integers(0, 200).map(lambda n: Quantity.parse(f"{n} 10*9/L")),
        "white_cells_t": st.just("unavailable"),
        "cns_disease": st.booleans(),
        "extramedullary_at_diagnosis": st.booleans(),
        "adverse_genetics": st.booleans(),
    },
)


@given(ELEMENTS, st.sampled_from(clinical_risk.BASELINE), st.integers(0, 60))
def test_more_years_and_more_white_cells_never_lower_the_risk(elements, age, more) -> None:
    worse: dict[str, Given] = dict(elements)
    for name, unit in (("age", "a"), ("white_cells_b", "10*9/L")):
        if isinstance(value := worse.get(name), Quantity):
            worse[name] = Quantity(value.value + more, unit)
    first = clinical_risk.baseline(elements, age).verdict
    second = clinical_risk.baseline(worse, age).verdict
    assert first != "high risk" or second == "high risk"
    assert second != "standard risk" or first == "standard risk"


@given(ELEMENTS, st.sampled_from(clinical_risk.BASELINE))
def test_a_verdict_with_a_gap_stands_whatever_fills_it(elements, age) -> None:
    whole = clinical_risk.baseline(elements, age).verdict
    for name in elements:
        rest = {key: value for key, value in elements.items() if key != name}
        before = clinical_risk.baseline(rest, age).verdict
        assert before in (None, "open", whole)


def verdicts(case: Case) -> dict[str, tuple[object, ...]]:
    found = judge_families(arrange(case))
    return {
        j.id: (j.outcome, j.verdict, j.basis, j.missing, set(j.facts))
        for family in ("risk", "mechanism")
        for j in found[family]
    }


@settings(max_examples=12, deadline=None)
@given(st.sampled_from(FOLDERS), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(folder: Path, random) -> None:
    case = cases(folder)
    rows = list(case.facts)
    random.shuffle(rows)
    assert verdicts(replace(case, facts=tuple(rows))) == verdicts(case)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_risk_never_feeds_back_into_response(folder: Path) -> None:
    """The response family is the same with and without the families after it."""
    course = arrange(cases(folder))
    assert judge_families(course)["response"] == judge(course)
