"""A time axis of real months at one scale, from which long empty stretches are left out.

Every month on the axis is equally wide (to the day), so lengths can be compared wherever they
stand; a stretch that is left out is a marked break with its length in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np

BREAK_WIDTH = 8.0
ROOM_PER_LOOSE = 4.0  # mm for each undated item that lies in a break
READABLE_MONTH = 6.0  # mm; below it the longest empty stretch is left out
SHORTEST_BREAK = 4  # months
DAYS_PER_MONTH = 30.436875

Days = tuple[date, date]


@dataclass(frozen=True)
class Stretch:
    """Whole months drawn at scale: from `start` up to, not including, `stop`."""

    start: date
    stop: date
    left: float
    right: float

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month in it."""
        firsts = [self.start]
        while (after := next_month(firsts[-1])) < self.stop:
            firsts.append(after)
        return tuple(firsts)


@dataclass(frozen=True)
class Break:
    """A stretch of `months` empty months that is left out between two others."""

    left: float
    right: float
    months: int


@dataclass(frozen=True)
class TimeAxis:
    """Days to mm from the left end of the axis."""

    width: float
    stretches: tuple[Stretch, ...]

    def x(self, day: date) -> float:
        """Where a day begins; days beyond the ends lie at the ends."""
        if not self.stretches:
            return self.width / 2
        days = [d.toordinal() for s in self.stretches for d in (s.start, s.stop)]
        places = [x for s in self.stretches for x in (s.left, s.right)]
        return float(np.interp(day.toordinal(), days, places))

    @property
    def breaks(self) -> tuple[Break, ...]:
        """What is left out, from left to right."""
        pairs = pairwise(self.stretches)
        return tuple(Break(a.right, b.left, months_between(a.stop, b.start)) for a, b in pairs)

    @property
    def month_width(self) -> float:
        """Width of a mean month in mm; 0 where nothing is dated."""
        if not self.stretches:
            return 0.0
        first = self.stretches[0]
        return (first.right - first.left) / (first.stop - first.start).days * DAYS_PER_MONTH


def make_time_axis(needed: Iterable[Days], width: float, loose: Iterable[Days] = ()) -> TimeAxis:
    """The axis of `width` mm on which all `needed` days (first, last) lie at scale.

    `loose` holds, for each item without a day of its own, the dated days between which it lies:
    a break there gets room for it. Empty stretches of four months and more are left out, the
    longest first and where that gains room, until a month is 6 mm wide or none remains.
    """
    months = _occupied(needed)
    if not months:
        return TimeAxis(width, ())
    waiting = tuple(loose)
    gaps = [(a[1], b[0]) for a, b in pairwise(months)]
    closed: list[Days] = []
    for gap in sorted(gaps, key=lambda g: (-(g[1] - g[0]).days, g[0])):
        total = (months[-1][1] - months[0][0]).days - sum((b - a).days for a, b in closed)
        per_day = (width - sum(_break_width(g, waiting) for g in closed)) / total
        if per_day * DAYS_PER_MONTH >= READABLE_MONTH or months_between(*gap) < SHORTEST_BREAK:
            break
        if per_day * (gap[1] - gap[0]).days > _break_width(gap, waiting):
            closed.append(gap)
    return _laid_out(months, sorted(closed), waiting, width)


def _laid_out(
    months: Sequence[Days], closed: Sequence[Days], loose: Sequence[Days], width: float
) -> TimeAxis:
    starts = [months[0][0], *(gap[1] for gap in closed)]
    stops = [*(gap[0] for gap in closed), months[-1][1]]
    breaks = [_break_width(gap, loose) for gap in closed]
    total = sum((stop - start).days for start, stop in zip(starts, stops, strict=True))
    per_day = (width - sum(breaks)) / total
    stretches, left = [], 0.0
    for start, stop, gap_width in zip(starts, stops, [*breaks, 0.0], strict=True):
        right = left + (stop - start).days * per_day
        stretches.append(Stretch(start, stop, left, right))
        left = right + gap_width
    return TimeAxis(width, tuple(stretches))


def _break_width(gap: Days, loose: Sequence[Days]) -> float:
    held = sum(1 for first, last in loose if first <= gap[0] and last >= gap[1])
    return BREAK_WIDTH + ROOM_PER_LOOSE * min(held, 6)


def _occupied(needed: Iterable[Days]) -> list[Days]:
    """Whole months with something in them, joined where they touch."""
    merged: list[Days] = []
    for first, last in sorted((month_of(a), next_month(b)) for a, b in needed):
        if merged and first <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], last))
        else:
            merged.append((first, last))
    return merged


def month_of(day: date) -> date:
    """The first day of its month."""
    return day.replace(day=1)


def next_month(day: date) -> date:
    """The first day of the month after."""
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def months_between(first: date, last: date) -> int:
    """Whole months between two first days of months."""
    return (last.year - first.year) * 12 + last.month - first.month
