"""Recovery of counts after a transplant: the first of several days or values in a row.

For the definitions of ``astct_engraftment.toml`` (successive days) and
``cibmtr_engraftment.toml`` (consecutive laboratory values on different days). A day without a
count may have been on either side of the limit: the day of recovery is decided where every
completion has the same, else it is a range.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from residua.standards.count_level import Level, Levels

Transfused = Mapping[int, bool | None]
"""Day -> whether platelets were given; None where they may have been. Other days: not given."""


@dataclass(frozen=True)
class Criterion:
    """`needed` days or values in a row of at least `limit`, per microlitre.

    ``every_day``: the days succeed each other; else laboratory values count, whatever days lie
    between them. ``untransfused``: least days from the last transfusion to the first of them.
    """

    limit: Decimal
    needed: int
    every_day: bool
    untransfused: int = 0


@dataclass(frozen=True)
class Counts:
    """What is known after a transplant (day 0), to day `last`.

    ``ended``: follow-up ended with `last`, so that no later day can count.
    """

    levels: Levels = field(hash=False)
    last: int
    ended: bool = False
    transfused: Transfused = field(default_factory=dict, hash=False)


@dataclass(frozen=True)
class Recovery:
    """When the criterion was met.

    ``day`` is the first day on which it was certainly met, ``earliest`` the first on which it
    may have been; both None where it was not. ``nadir`` is the day of the lowest count before,
    None where no count (and no transfusion) was below the limit. ``unknown`` are the days that
    leave a range.
    """

    day: int | None
    earliest: int | None
    nadir: int | None
    unknown: tuple[int, ...] = ()

    @property
    def decided(self) -> bool:
        """Whether the day is known."""
        return self.day is not None and self.day == self.earliest


def recovery(criterion: Criterion, counts: Counts) -> Recovery:
    """The first day of the first row that meets the criterion after the nadir."""
    levels = {day: level for day, level in counts.levels.items() if 0 <= day <= counts.last}
    reached = {day: _reached(level, criterion.limit) for day, level in levels.items()}
    given: list[int] = []  # transfused platelets say nothing of neutrophils
    if criterion.untransfused:
        given = [day for day, was in counts.transfused.items() if was and 0 <= day <= counts.last]
    low = sorted({day for day, was in reached.items() if was is False} | set(given))
    if not low:
        return Recovery(None, None, None)
    days = range(counts.last + 1) if criterion.every_day else sorted(levels)
    met = {day: _met(criterion, counts, reached, list(days[at : at + criterion.needed]))
           for at, day in enumerate(days)}  # fmt: skip
    certain = next((d for d in days if met[d] and d > low[0]), None)
    before = [day for day in low if certain is None or day < certain]
    nadir = min(before, key=lambda day: (day not in levels, levels.get(day, _NONE).low, day))
    earliest = next((d for d in days if d > nadir and met[d] is not False), None)
    if earliest is None and counts.ended and counts.last - days[-1] >= criterion.needed:
        earliest = days[-1] + 1  # further values may have been taken before the end
    last = counts.last if certain is None else certain
    return Recovery(certain, earliest, nadir, _unknown(criterion, reached, earliest, last))


_NONE = Level(Decimal(0), Decimal(0))


def _reached(level: Level, limit: Decimal) -> bool | None:
    below = level.below(limit)
    return None if below is None else not below


def _met(
    criterion: Criterion, counts: Counts, reached: Mapping[int, bool | None], row: list[int]
) -> bool | None:
    """Whether the days of a row, with those of later counts, meet the criterion."""
    parts = [reached.get(day) for day in row]
    lacking = criterion.needed - len(row)
    if lacking:
        over = counts.ended and counts.last - row[-1] < lacking
        parts.append(False if over else None)
    if criterion.untransfused:
        free = range(row[0] - criterion.untransfused + 1, row[-1] + 1)
        parts += [_not(counts.transfused.get(day, False)) for day in free]
    if False in parts:
        return False
    return None if None in parts else True


def _not(given: bool | None) -> bool | None:
    return None if given is None else not given


def _unknown(
    criterion: Criterion, reached: Mapping[int, bool | None], earliest: int | None, last: int
) -> tuple[int, ...]:
    """The days from the earliest recovery on, to `last`, whose count is not known."""
    if earliest is None:
        return ()
    every = range(earliest, last + 1) if criterion.every_day else sorted(reached)
    return tuple(d for d in every if earliest <= d <= last and reached.get(d) is None)
