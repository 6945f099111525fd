"""The day of recovery by example; the oracles stand in `engraftment_page`."""

from __future__ import annotations

import pytest
from engraftment_page import ASTCT, CIBMTR, EXAMPLES, Example, recovered


@pytest.mark.parametrize("name", [ASTCT, CIBMTR])
@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"{e.of}-{e.counts}")
def test_the_day_of_recovery(name: str, example: Example) -> None:
    assert recovered(name, example) == example.expected(name)
