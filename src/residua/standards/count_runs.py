"""Days on which a count was low: runs of them, and how many in all.

A recovery of at most `bridge` days between two low days counts as low: it joins their runs.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

States = Mapping[int, bool | None]
"""Day -> whether the count was low; None where that is not known. Every day of a window."""


@dataclass(frozen=True)
class Run:
    """Days in a row, from `first` to `last`."""

    first: int
    last: int

    @property
    def days(self) -> int:
        """How many days."""
        return self.last - self.first + 1


def settle(states: States, *, unknown: bool) -> tuple[int, ...]:
    """The low days, in order, where every unknown day is taken as `unknown`."""
    return tuple(d for d in sorted(states) if (unknown if states[d] is None else states[d]))


def runs(low_days: tuple[int, ...], bridge: int) -> tuple[Run, ...]:
    """The runs of low days in order, those at most `bridge` days apart joined."""
    found: list[Run] = []
    for day in low_days:
        if found and day - found[-1].last - 1 <= bridge:
            found[-1] = Run(found[-1].first, day)
        else:
            found.append(Run(day, day))
    return tuple(found)


def longest(listed: tuple[Run, ...]) -> Run | None:
    """The longest run, the first of equal ones; None where there is none."""
    return max(listed, key=lambda run: run.days, default=None)


def days_of(run: Run | None) -> int:
    """How many days a run has; 0 where there is none."""
    return run.days if run else 0


def total_days(listed: tuple[Run, ...]) -> int:
    """The days of all runs together."""
    return sum(run.days for run in listed)
