"""The counts of the days of a window: measured, interpolated by a standard's rule, or unknown.

Shared by the standards that count days below a limit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property

from residua.standards.count_level import Level, Levels, interpolated
from residua.standards.count_runs import Run, States, days_of

Low = Callable[[Level], bool | None]


@dataclass(frozen=True)
class Window:
    """Days `first` to `last` with the measured `levels`, which may reach beyond the window.

    ``most_missing``: days in a row without a count that are interpolated. ``ended``: follow-up
    ended with the last day, so that no later count could be.
    """

    levels: Levels = field(hash=False)
    first: int
    last: int
    most_missing: int
    ended: bool = False

    @cached_property
    def measured(self) -> tuple[int, ...]:
        """The days of the window with a count."""
        return tuple(day for day in sorted(self.levels) if self.first <= day <= self.last)

    @cached_property
    def _between(self) -> dict[int, Level]:
        return interpolated(self.levels, self.most_missing)

    @cached_property
    def interpolated(self) -> tuple[int, ...]:
        """The days of the window between two counts that the rule interpolates."""
        return tuple(day for day in self._between if self.first <= day <= self.last)

    @cached_property
    def unknown(self) -> tuple[int, ...]:
        """The days of the window on which the count is not known."""
        known = {*self.measured, *self.interpolated}
        return tuple(day for day in range(self.first, self.last + 1) if day not in known)

    def states(self, low: Low) -> States:
        """Every day of the window -> whether its count was low; None where not known."""
        every = {**self._between, **self.levels}
        days = range(self.first, self.last + 1)
        return {day: low(every[day]) if day in every else None for day in days}


def in_days(days: Iterable[int]) -> str:
    """``days +9 to +16 and +20``: a list of days in words."""
    parts: list[str] = []
    listed = sorted(days)
    start = 0
    for place, day in enumerate(listed):
        if place + 1 == len(listed) or listed[place + 1] != day + 1:
            first = listed[start]
            parts.append(in_day(first) if first == day else f"{in_day(first)} to {in_day(day)}")
            start = place + 1
    word = "day" if len(listed) == 1 else "days"
    return f"{word} {', '.join(parts)}"


def in_day(day: int) -> str:
    """``+3``, ``0`` or ``-2``."""
    return f"+{day}" if day > 0 else str(day)


def many_days(number: int) -> str:
    """``1 day``, ``8 days``."""
    return f"{number} day" if number == 1 else f"{number} days"


def run_words(fewest: Run | None, most: Run | None) -> str:
    """How long the longest run is, and where; a range where unknown days leave one."""
    low, high = days_of(fewest), days_of(most)
    if fewest == most:
        where = f" ({in_days(range(fewest.first, fewest.last + 1))})" if fewest else ""
        return f"{many_days(low)}{where}"
    return many_days(low) if low == high else f"{low} to {many_days(high)}"


def in_cells(level: Level) -> str:
    """A level in words: ``20/uL``, ``up to 100/uL``, ``100 to 500/uL``."""
    if level.low == level.high:
        return f"{plain(level.low)}/uL"
    if not level.high.is_finite():
        return f"above {plain(round(level.low))}/uL"
    if not level.low:
        return f"up to {plain(round(level.high))}/uL"
    return f"{plain(round(level.low))} to {plain(round(level.high))}/uL"


def plain(number: Decimal | int) -> str:
    """A limit or count without an exponent: ``500``, not ``5E+2``."""
    return f"{Decimal(number).normalize():f}"
