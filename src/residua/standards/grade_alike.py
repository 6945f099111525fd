"""Values of which a term must say the same: those that lie alike among all of its limits.

Trying every completion costs time; a table holds many values and few ways to lie. The plain
form is `outcome`, and a law of the tests holds the two together.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache, lru_cache
from itertools import combinations

from residua.standards.grade_book import Term
from residua.standards.grade_completions import Outcome, outcome
from residua.standards.grade_known import BASELINE, Known

_RELATIVE = ("lln", "uln", BASELINE)
_HUNDRED = Decimal(100)


@dataclass(frozen=True)
class _Alike:
    """A value by how it lies among the limits; `known` is one of those that lie so."""

    term: Term
    lies: tuple[object, ...]
    known: Known = field(compare=False)


@dataclass(frozen=True)
class _Limits:
    """Every limit of a term, sorted: in its unit, as a multiple of a reference, as a rise."""

    absolute: tuple[Decimal, ...]
    multiples: tuple[Decimal, ...]
    rises: tuple[Decimal, ...]


def outcome_alike(term: Term, known: Known) -> Outcome:
    """As `outcome`, computed once for all values that lie alike."""
    return _of(_Alike(term, _lies(term, known), known))


@lru_cache(maxsize=8192)
def _of(alike: _Alike) -> Outcome:
    return outcome(alike.term, alike.known)


@cache
def _limits(term: Term) -> _Limits:
    bounds = [b for cell in term.cells for b in cell.bounds if b.of == "value"]
    falls = {1 - b.limit / _HUNDRED for b in bounds if b.scale == "fall"}
    return _Limits(
        absolute=tuple(sorted({b.limit for b in bounds if b.scale == ""})),
        multiples=tuple(sorted(falls | {b.limit for b in bounds if b.scale in _RELATIVE})),
        rises=tuple(sorted({b.limit for b in bounds if b.scale == "rise"})),
    )


def _lies(term: Term, known: Known) -> tuple[object, ...]:
    value = known.value
    if value is None or known.comparator:
        return (known,)
    limits = _limits(term)
    references = (known.lln, known.uln, known.baseline)
    ratios = [
        None if ref is None else _place(value / ref, limits.multiples) if ref else -1
        for ref in references
    ]
    orders = [
        None if a is None or b is None else (a > b) - (a < b)
        for a, b in combinations(references, 2)
    ]
    rise = _place(value - (known.baseline or 0), limits.rises)  # an unknown one is above 0
    place = _place(value, limits.absolute)
    return (place, value == 0, *ratios, *orders, rise, known.state, known.findings)


def _place(number: Decimal, marks: tuple[Decimal, ...]) -> int:
    """Between which marks a number lies (even), or on which (odd)."""
    at = bisect_left(marks, number)
    return 2 * at + (at < len(marks) and marks[at] == number)
