"""Sets of criteria at their limits; the oracle is the printed set, as each table cites it."""

from __future__ import annotations

import pytest
from set_boundaries import SetBoundary, word
from vod_boundaries import SET_BOUNDARIES, VOD_BOOKS, VOD_GRADES

from residua.standards.criteria_book import load_criteria
from residua.standards.severity_table import SeverityTable

ROWS = [
    pytest.param(b, value, expected, id=f"{b.book}/{b.rules.split()[0]}/{n}={value}")
    for n, b in enumerate(SET_BOUNDARIES)
    for value, expected in b.rows.items()
]


@pytest.mark.parametrize(("boundary", "value", "expected"), ROWS)
def test_verdict_at_the_limit(boundary: SetBoundary, value: str | bool, expected: str) -> None:
    assert word(boundary, value) == expected


def test_every_criterion_of_every_standard_has_an_example() -> None:
    """Oracle: the rule ids of the TOML files."""
    for name in dict.fromkeys(b.book for b in SET_BOUNDARIES):
        shown = {rule for b in SET_BOUNDARIES if b.book == name for rule in b.rules.split()}
        book = load_criteria(name)
        assert {rule.id for rule in book.criteria} <= shown
        assert {conversion.id for conversion in book.conversions} <= shown
        assert all(book[rule].clause for rule in shown)


def test_every_cell_of_every_severity_has_an_example() -> None:
    """Oracle: the cell ids of the TOML files."""
    for (standard, version), table in VOD_BOOKS.items():
        here = [b for b in VOD_GRADES if (b.standard, b.version) == (standard, version)]
        shown = {rule for boundary in here for rule in boundary.rules.split()}
        assert isinstance(table, SeverityTable)
        assert {cell.id for cell in table.cells} <= shown
        rules = {rule.id for rule in table.book.rulebook.rules if rule.term == "severity"}
        assert rules <= shown
