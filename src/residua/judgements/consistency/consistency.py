"""Every place where a record contradicts itself, in the order of the course."""

from __future__ import annotations

from residua.course.course import Course
from residua.judgements.consistency.dates import dates
from residua.judgements.consistency.reports import readings_in_conflict, responses
from residua.judgements.consistency.values import (
    conditioning,
    doses,
    grades,
    mrd_limits,
    philadelphia,
)
from residua.judgements.grid import in_order
from residua.judgements.judgement import Judgement


def judge_consistency(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """Contradictions ("not supported: ...") and reports without grounds (not assessable)."""
    found = [
        *readings_in_conflict(course),
        *responses(course, said),
        *grades(course, said),
        *doses(course, said),
        *conditioning(course),
        *dates(course),
        *philadelphia(course),
        *mrd_limits(course),
    ]
    unique = {judgement.id: judgement for judgement in found}
    return in_order(course, unique.values())
