"""What a blood count may be on each day: exact, censored, interpolated between two, or unknown.

Shared by the standards that count days below a limit. A level is the closed range from `low` to
`high`; a censored value leaves one end open ("<100 /uL" is from 0 to just below 100).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from residua.facts.quantity import Quantity

PER_MICROLITRE = "/uL"
_JUST = Decimal("1e-9")
_INFINITE = Decimal("Infinity")


@dataclass(frozen=True)
class Level:
    """From `low` to `high` cells per microlitre, both included."""

    low: Decimal
    high: Decimal

    def at_most(self, limit: Decimal) -> bool | None:
        """Whether it is at or below `limit`; None where it may be either."""
        return True if self.high <= limit else False if self.low > limit else None

    def below(self, limit: Decimal) -> bool | None:
        """Whether it is below `limit`; None where it may be either."""
        return True if self.high < limit else False if self.low >= limit else None


Levels = Mapping[int, Level]
"""Day (day 0 is that of the infusion or transplant) -> what the count may have been."""


def level_of(value: Quantity) -> Level:
    """The range of one value; raises ValueFault where it is no number of cells per volume."""
    cells = value.to(PER_MICROLITRE)
    match cells.comparator:
        case "<":
            return Level(Decimal(0), max(Decimal(0), cells.value - _JUST))
        case "<=":
            return Level(Decimal(0), cells.value)
        case ">":
            return Level(cells.value + _JUST, _INFINITE)
        case ">=":
            return Level(cells.value, _INFINITE)
    return Level(cells.value, cells.value)


def lowest(levels: Iterable[Level]) -> Level:
    """What the lowest of some counts may be."""
    listed = tuple(levels)
    return Level(min(one.low for one in listed), min(one.high for one in listed))


def interpolated(levels: Levels, most_missing: int) -> dict[int, Level]:
    """The days between two counts, on the line from one to the other.

    Only where at most `most_missing` days in a row have no count; nothing before the first
    count or after the last.
    """
    found: dict[int, Level] = {}
    for start, end in pairwise(sorted(levels)):
        if end - start - 1 <= most_missing:
            found |= {day: _between(levels, start, end, day) for day in range(start + 1, end)}
    return found


def _between(levels: Levels, start: int, end: int, day: int) -> Level:
    def on_line(first: Decimal, last: Decimal) -> Decimal:
        if not (first.is_finite() and last.is_finite()):
            return _INFINITE
        return (first * (end - day) + last * (day - start)) / (end - start)

    one, other = levels[start], levels[end]
    return Level(on_line(one.low, other.low), on_line(one.high, other.high))
