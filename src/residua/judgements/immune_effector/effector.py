"""CRS and ICANS of each cell infusion under every scale."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_effector(course: Course) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course
    return ()
