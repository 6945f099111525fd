"""Which facts may belong to an occasion, found without walking every value for each of them.

A laboratory value that names nothing belongs by its day alone: its earliest day then lies no
farther from that of the occasion than the window. All else is few and always asked.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from datetime import date

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.laboratory import Lab, Vital


class Candidates:
    """The facts of a course for a window of days before and after an occasion."""

    def __init__(self, course: Course, window: int) -> None:
        self._course = course
        self._window = window
        self._always: list[int] = []
        dated: list[tuple[int, int]] = []
        for place, item in enumerate(course.placed):
            if not _by_day_alone(item):
                self._always.append(place)
            elif isinstance(item.fact, Lab) and item.dated and item.span.earliest:
                dated.append((item.span.earliest.toordinal(), place))
        dated.sort()
        self._days = [day for day, _ in dated]
        self._places = [place for _, place in dated]

    def near(self, main: Placed) -> tuple[Placed, ...]:
        """What may belong to `main`, in the order of the course."""
        day = main.span.earliest
        near = self._between(day) if main.dated and day else []
        return tuple(self._course.placed[place] for place in sorted([*self._always, *near]))

    def _between(self, day: date) -> list[int]:
        first = bisect_left(self._days, day.toordinal() - self._window)
        last = bisect_right(self._days, day.toordinal() + self._window)
        return self._places[first:last]


def _by_day_alone(item: Placed) -> bool:
    """Whether only its day can make it part of an occasion; of a vital sign not even that."""
    names = item.fact.assessment is not None or item.fact.refers_to.get("at") is not None
    return isinstance(item.fact, (Lab, Vital)) and not names
