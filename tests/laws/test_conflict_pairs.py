"""Law: the sweep over days finds the pairs that comparing all with all finds, in the same order.

Oracle: the plain comparison of every pair.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from residua.course.conflicts import at_one_time
from residua.facts.day import Span


@dataclass(frozen=True)
class Item:
    number: int
    span: Span


days = st.one_of(st.none(), st.integers(0, 30).map(lambda n: date(2019, 1, 1) + timedelta(n)))


def span(ends: tuple[date | None, date | None]) -> Span:
    one, other = ends
    if one and other and one > other:
        one, other = other, one
    return Span(one, other)


@given(st.lists(st.tuples(days, days).map(span), max_size=12))
def test_the_pairs_are_those_of_all_with_all(spans: list[Span]) -> None:
    group = [Item(number, held) for number, held in enumerate(spans)]
    plain = [(a, b) for a, b in combinations(group, 2) if a.span.overlaps(b.span)]
    assert list(at_one_time(group)) == plain
