"""Engraftment at its limits; the oracle is the printed text, as `graft_boundaries` cites it."""

from __future__ import annotations

import pytest
from engraftment_page import engraftment_books
from graft_boundaries import GRAFT_BOUNDARIES, GraftBoundary, judged

ROWS = [
    pytest.param(b, value, expected, id=f"{b.book}/{b.rules}/{b.moved}={value}")
    for b in GRAFT_BOUNDARIES
    for value, expected in b.rows.items()
]


@pytest.mark.parametrize(("boundary", "value", "expected"), ROWS)
def test_verdict_at_the_limit(boundary: GraftBoundary, value: str, expected: str) -> None:
    assert judged(boundary, value) == expected


def test_every_rule_of_engraftment_has_an_example() -> None:
    """Oracle: the rule ids of the TOML files."""
    shown = {(b.book.replace("_", "-"), rule) for b in GRAFT_BOUNDARIES for rule in b.rules.split()}
    assert {
        (book.standard, rule.id) for book in engraftment_books() for rule in book.rules
    } == shown
