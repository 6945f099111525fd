"""What the source claims, held against facts and verdicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from residua.course.course import Course
from residua.facts.finding import Claim
from residua.judgements.claims.duration_claims import judge_other
from residua.judgements.claims.evidence_claims import judge_first, judge_significant
from residua.judgements.claims.level_claims import judge_level
from residua.judgements.claims.mrd_claims import judge_absence
from residua.judgements.claims.occasion import Said
from residua.judgements.claims.position import Position, claim_judgement
from residua.judgements.claims.response_claims import (
    judge_grade,
    judge_relapse_kind,
    judge_remission,
)
from residua.judgements.judgement import Judgement

JUDGES: dict[str, Callable[[Course, Said, Claim], Iterable[Position]]] = {
    "eradicated": judge_absence,
    "undetectable": judge_absence,
    "in remission": judge_remission,
    "relapse kind": judge_relapse_kind,
    "grade": judge_grade,
    "positive": judge_level,
    "high": judge_level,
    "low": judge_level,
    "first report": judge_first,
    "significant": judge_significant,
    "other": judge_other,
}


def judge_claims(course: Course, said: tuple[Judgement, ...]) -> tuple[Judgement, ...]:
    """One judgement for each claim: supported, not supported or not assessable, and why."""
    return tuple(
        claim_judgement(claim, JUDGES[claim.predicate or "other"](course, said, claim))
        for _, claim in course.of(Claim)
    )
