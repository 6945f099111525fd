"""Agreement of MRD methods at its limits; the oracle is the arithmetic in `concordance_page`."""

from __future__ import annotations

import pytest
from concordance_page import MOVED, OPEN, Moved, Row, said

from residua.judgements.concordance.concordance import BOOK
from residua.standards.rulebook import load

ROWS = [
    pytest.param(moved, row, expected, id=f"{moved.rule}={words}")
    for moved in MOVED
    for words, (row, expected) in moved.rows.items()
]


@pytest.mark.parametrize(("moved", "row", "expected"), ROWS)
def test_verdict_at_the_limit(moved: Moved, row: Row, expected: str) -> None:
    found = said(moved, row)
    assert (found.verdict or OPEN) == expected
    assert found.reason
    assert bool(found.missing) == (expected == OPEN)


@pytest.mark.parametrize(("moved", "row", "expected"), ROWS)
def test_it_does_not_matter_which_result_stands_first(
    moved: Moved, row: Row, expected: str
) -> None:
    turned = Moved(moved.rule, "", row, {})
    assert (said(turned, moved.held).verdict or OPEN) == expected


def test_every_rule_has_an_example() -> None:
    assert {moved.rule for moved in MOVED} == {rule.id for rule in load(BOOK).rules}
