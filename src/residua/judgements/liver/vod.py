"""SOS/VOD under every set of criteria, with severity."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.judgement import Judgement


def judge_vod(course: Course) -> tuple[Judgement, ...]:
    """Not judged yet."""
    del course
    return ()
