"""CTCAE grades of a course: one judgement per episode, term and version."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_toxicity(course: Course) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course
    return ()
