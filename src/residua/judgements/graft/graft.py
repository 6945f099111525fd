"""Acute and chronic GVHD and chimerism after transplant."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_graft(course: Course) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course
    return ()
