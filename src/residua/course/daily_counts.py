"""Counts in blood by the day from an infusion or transplant, which is day 0.

Values of one day stay together; nothing is interpolated. A count whose day is not exact is kept
apart with the days on which it may have been taken.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from residua.course.course import Course, Range, duration
from residua.course.lab_series import LabPoint, days_after, lab_series


@dataclass(frozen=True)
class DailyCounts:
    """Day -> the counts of that day; ``unplaced`` those of which the day is not known."""

    by_day: Mapping[int, tuple[LabPoint, ...]] = field(hash=False)
    unplaced: tuple[tuple[LabPoint, Range], ...] = ()

    def of_days(self, first: int, last: int) -> tuple[LabPoint, ...]:
        """The counts of days `first` to `last`, in order."""
        days = sorted(day for day in self.by_day if first <= day <= last)
        return tuple(point for day in days for point in self.by_day[day])

    def perhaps_of(self, first: int, last: int) -> tuple[LabPoint, ...]:
        """The counts without an exact day that may be of days `first` to `last`."""
        return tuple(point for point, days in self.unplaced if may_lie(days, first, last))


def may_lie(days: Range, first: int, last: int) -> bool:
    """Whether some day of the range lies from `first` to `last`."""
    too_late = days.shortest is not None and days.shortest > last
    too_early = days.longest is not None and days.longest < first
    return not (too_late or too_early)


def days_allowed(course: Course, start: str, fact: str) -> Range:
    """Days from `start` to `fact`: as the record ties them, else as the order bounds them."""
    days = days_after(course, start, fact)
    if days != Range(None, None):
        return days
    return duration(course.by_id[start].span, course.by_id[fact].span)


def daily_counts(course: Course, start: str, analyte: str) -> DailyCounts:
    """Every count of `analyte` in cells per volume, by days from the fact `start`."""
    placed: dict[int, list[LabPoint]] = defaultdict(list)
    unplaced: list[tuple[LabPoint, Range]] = []
    for point in lab_series(course, analyte):
        if point.value.kind != "count concentration":
            continue
        days = days_allowed(course, start, point.id)
        if days.single is not None:
            placed[days.single].append(point)
        else:
            unplaced.append((point, days))
    return DailyCounts({day: tuple(here) for day, here in placed.items()}, tuple(unplaced))
