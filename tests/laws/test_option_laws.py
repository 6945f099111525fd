"""Laws of the options table, on the published case with facts taken away and added.

A pass always rests on facts of the record; what the record does not state never passes; what comes
later changes nothing; the order of the files changes nothing.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.laboratory import Lab
from residua.judgements.judge import judge
from residua.judgements.options.options import option_tables
from residua.judgements.options.table import OptionTable
from residua.readers.case import read_case

EXAMPLE = Path(__file__).parents[2] / "examples" / "huang-2023"
SUBJECT = "options-2022"
KEPT = {SUBJECT, "relapse-2022"}
few = settings(max_examples=12, deadline=None)


@cache
def facts() -> tuple[Fact, ...]:
    return read_case(EXAMPLE).facts


def table(*stated: Fact) -> OptionTable:
    course = arrange(Case("x", "x", _whole(stated)))
    return next(t for t in option_tables(course, judge(course)) if t.subject == SUBJECT)


def _whole(stated: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Without references to facts that were taken away."""
    known = {fact.id for fact in stated}
    fields = ("after", "before", "assessment")
    return tuple(
        fact.model_copy(
            update={f: None for f in fields if getattr(fact, f) not in (None, *known)}
            | ({"date": None} if fact.date and fact.date.anchor not in (None, *known) else {})
        )
        for fact in stated
    )


def results(made: OptionTable) -> dict[str, str]:
    return {gate.id: gate.result for row in made.rows for gate in row.gates}


removed = st.sets(st.sampled_from([f.id for f in facts() if f.id not in KEPT]))


@few
@given(gone=removed)
def test_a_pass_rests_on_facts_of_the_record(gone):
    """Whatever is taken away: no gate passes or fails on nothing, and an unknown one says why."""
    left = tuple(fact for fact in facts() if fact.id not in gone)
    ids = {fact.id for fact in left}
    for row in table(*left).rows:
        for gate in row.gates:
            assert set(gate.facts) <= ids
            assert gate.facts or gate.result == "unknown"
            assert gate.missing if gate.result == "unknown" else not gate.missing


def test_a_record_of_nothing_but_the_decision_passes_no_gate():
    bare = tuple(fact for fact in facts() if fact.id in KEPT)
    assert "pass" not in results(table(*bare)).values()


@few
@given(
    day=st.dates().map(lambda d: d.replace(year=2023)).map(str),
    bilirubin=st.integers(1, 200),
    present=st.booleans(),
)
def test_what_comes_later_changes_nothing(day, bilirubin, present):
    added = [
        Lab(id=f"l-{name}", date=day, analyte=name, value=f"{bilirubin} {unit}", upper=f"20 {unit}")
        for name, unit in (("bilirubin", "umol/L"), ("alt", "U/L"), ("ast", "U/L"))
    ]
    added += [Finding(id="f", date=day, term=t, present=present) for t in ("infection",)]
    assert results(table(*facts(), *added)) == results(table(*facts()))


@few
@given(order=st.permutations(facts()))
def test_the_order_of_the_files_changes_no_gate(order):
    assert results(table(*order)) == results(table(*facts()))


@few
@given(
    values=st.tuples(*[st.none() | st.integers(0, 200)] * 3),
)
def test_the_liver_passes_only_with_all_three_values_within_their_limits(values):
    """Upper limits of 40: at most 60 for bilirubin, 100 for the enzymes."""
    names = (("bilirubin", "umol/L"), ("alt", "U/L"), ("ast", "U/L"))
    added = [
        Lab(id=f"l-{name}", assessment="relapse-2022", analyte=name, value=f"{value} {unit}",
            upper=f"40 {unit}")
        for (name, unit), value in zip(names, values, strict=True) if value is not None
    ]  # fmt: skip
    name = f"option/inotuzumab-ozogamicin/{SUBJECT}/liver"
    limits = (60, 100, 100)
    over = [v is not None and v > limit for v, limit in zip(values, limits, strict=True)]
    wanted = "fail" if any(over) else "unknown" if None in values else "pass"
    assert results(table(*facts(), *added))[name] == wanted
