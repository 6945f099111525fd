"""The standards at their limits; the oracle is the printed text, as `spec_boundaries` cites it."""

from __future__ import annotations

import pytest
from spec_boundaries import AXES, BOUNDARIES, Boundary, verdict
from spec_page import FOLDER, pages

from residua.standards.rulebook import load

ROWS = [
    pytest.param(b, value, expected, id=f"{b.book}/{b.term}/{b.rules.split()[0]}={value}")
    for b in BOUNDARIES
    for value, expected in b.rows.items()
]


@pytest.mark.parametrize(("boundary", "value", "expected"), ROWS)
def test_verdict_at_the_limit(boundary: Boundary, value: str | bool, expected: str) -> None:
    assert verdict(boundary, value) == expected


def test_every_rule_of_every_standard_has_an_example() -> None:
    """Oracle: the rule ids of the TOML files."""
    shown = {(b.book, rule) for b in BOUNDARIES for rule in b.rules.split()}
    assert {(book, rule.id) for book, _ in AXES for rule in load(book).rules} == shown


def test_the_pages_of_the_rulebook_are_fresh() -> None:
    here = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.md")}
    assert here == pages(), "run python tests/spec/spec_page.py"
