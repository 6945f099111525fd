"""Measure every laboratory curve of a course."""

from __future__ import annotations

from residua.course.course import Course
from residua.course.curves import Curves


def measure_curves(course: Course) -> Curves:
    """The curves of `course`, each kind in the order of the course."""
    del course
    return Curves()
