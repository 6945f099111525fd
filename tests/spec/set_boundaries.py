"""Sets of criteria at their limits: what a standard of diagnosis says below, at and above each.

A table of `SetBoundary` per standard; `SET_BOUNDARIES` joins them.
"""

from __future__ import annotations

from dataclasses import dataclass

from residua.facts.quantity import Quantity
from residua.standards.criteria_book import load_criteria
from residua.standards.criteria_ruling import CriteriaRuling, options_of, rule_on_criteria
from residua.standards.truth import UNAVAILABLE, Given

Raw = str | bool
Base = dict[str, Raw]
OPEN = "not assessable"


@dataclass(frozen=True)
class SetBoundary:
    """One quantity moved across the limit of one or more criteria, all else as in ``base``."""

    book: str
    rules: str
    base: Base
    quantity: str
    rows: dict[Raw, str]


def given(raw: Raw) -> Given:
    """A value of a table as a standard takes it."""
    if isinstance(raw, bool):
        return raw
    return UNAVAILABLE if raw == UNAVAILABLE else Quantity.parse(raw)


def ruled(book: str, inputs: Base) -> CriteriaRuling:
    """What a standard says of plain inputs; what is left out is unknown."""
    encoded = load_criteria(book)
    return rule_on_criteria(encoded, options_of(encoded, {q: given(v) for q, v in inputs.items()}))


def word(boundary: SetBoundary, value: Raw) -> str:
    """The verdict with the quantity at `value`."""
    found = ruled(boundary.book, {**boundary.base, boundary.quantity: value})
    return found.verdict or OPEN
