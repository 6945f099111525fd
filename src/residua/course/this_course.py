"""A course as the key of what is worked out of it once and asked for again."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course


@dataclass(frozen=True, eq=False)
class ThisCourse:
    """A course that is equal to itself alone, without comparing all of its facts."""

    course: Course

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ThisCourse) and other.course is self.course

    def __hash__(self) -> int:
        return id(self.course)
