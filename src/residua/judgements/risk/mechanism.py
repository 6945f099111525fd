"""How a relapse escaped a targeted therapy."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_mechanism(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course, said
    return ()
