"""Risk and mechanism of relapse at their limits; the oracles stand in `risk_tables`."""

from __future__ import annotations

import pytest
from risk_tables import (
    APL,
    APLASIA,
    CLIN,
    LESIONS,
    MECH,
    RISK_BOUNDARIES,
    LesionRow,
    aplasia_by,
    lesions_of,
    risk_verdict,
    word,
)
from spec_boundaries import Boundary

from residua.facts.lesion_names import read_lesion
from residua.standards import genetic_risk
from residua.standards.rulebook import load

ROWS = [
    pytest.param(b, value, expected, id=f"{b.term}/{b.rules.split()[0]}={value}")
    for b in RISK_BOUNDARIES
    for value, expected in b.rows.items()
]


@pytest.mark.parametrize(("boundary", "value", "expected"), ROWS)
def test_verdict_at_the_limit(boundary: Boundary, value: str | bool, expected: str) -> None:
    assert risk_verdict(boundary, value) == expected


@pytest.mark.parametrize("row", LESIONS, ids=lambda row: f"{row.found or 'none'} {row.note}")
def test_class_of_a_lesion(row: LesionRow) -> None:
    lesions = lesions_of(row)
    assert word(genetic_risk.nccn(lesions)) == row.nccn
    assert word(genetic_risk.eln(lesions)) == row.eln


@pytest.mark.parametrize(
    ("rule", "quantity", "value", "expected"),
    [(rule, q, value, said) for rule, q, rows in APLASIA for value, said in rows.items()],
)
def test_aplasia_by_each_rule(rule: str, quantity: str, value: str, expected: str) -> None:
    assert aplasia_by(rule, quantity, value) == expected


def test_every_rule_has_an_example() -> None:
    """Oracle: the rule ids of the TOML files, and every lesion that a list names."""
    shown = {(b.book, rule) for b in RISK_BOUNDARIES for rule in b.rules.split()}
    assert {(b, rule.id) for b in (CLIN, MECH) for rule in load(b).rules} == shown
    assert {rule.id for rule in load(APL).rules} == {rule for rule, _, _ in APLASIA}
    named = {key for row in LESIONS for key in read_lesion(row.found).lesions}
    named |= {key for row in LESIONS for key, there in row.beside.items() if there}
    counted = {name for row in LESIONS for name, _ in read_lesion(row.found).counts}
    for book in (genetic_risk.NCCN, genetic_risk.ELN):
        assert {rule.quantity for rule in load(book).rules} <= named | counted
