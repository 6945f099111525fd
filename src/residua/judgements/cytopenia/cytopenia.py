"""Counts after cell infusions and transplants: ICAHT, T-ICAHT, engraftment."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_cytopenia(course: Course) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course
    return ()
