"""Risk at baseline and by response to treatment."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_risk(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course, said
    return ()
