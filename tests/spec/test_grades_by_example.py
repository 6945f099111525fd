"""Grades at their limits; the oracle is the printed cell, as each table of boundaries cites it."""

from __future__ import annotations

import pytest
from grade_boundaries import Expected, GradeBoundary, graded
from grade_tables import GRADE_BOOKS, GRADE_BOUNDARIES

from residua.standards.grade_book import GradeBook

ROWS = [
    pytest.param(
        b, moved, expected, id=f"{b.standard}-{b.version}/{b.rules.split()[0]}/{n}={moved}"
    )
    for n, b in enumerate(GRADE_BOUNDARIES)
    for moved, expected in b.rows.items()
]


@pytest.mark.parametrize(("boundary", "moved", "expected"), ROWS)
def test_grade_at_the_limit(boundary: GradeBoundary, moved: str, expected: Expected) -> None:
    found = graded(boundary, moved)
    if isinstance(expected, int):
        assert found.grade == expected
        assert found.outcome == "verdict"
    else:
        assert found.grade is None
        assert found.possible == expected
    assert found.clause
    assert found.cite
    assert found.provenance
    assert found.reason


def test_every_cell_of_every_standard_has_an_example() -> None:
    """Oracle: the rule ids of the TOML files."""
    for (standard, version), book in GRADE_BOOKS.items():
        here = [b for b in GRADE_BOUNDARIES if (b.standard, b.version) == (standard, version)]
        shown = {rule for boundary in here for rule in boundary.rules.split()}
        assert shown
        assert all(book[rule].clause for rule in shown)
        if isinstance(book, GradeBook):
            assert {cell.id for term in book.terms for cell in term.cells} == shown
