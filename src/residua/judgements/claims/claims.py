"""What the source claims, held against facts and verdicts."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_claims(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course, said
    return ()
