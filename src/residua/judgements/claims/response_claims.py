"""\"In remission\", kinds of relapse, grades: held against the verdicts of the standards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from residua.course.course import Course
from residua.facts.finding import Claim, Event
from residua.facts.mrd import MrdReading
from residua.judgements.claims.occasion import (
    Said,
    about,
    occasion_of,
    occasion_of_its_time,
    said_of,
    subjects_of,
)
from residua.judgements.claims.position import (
    Position,
    Word,
    by_judgement,
    by_rule,
    claim_rule,
)
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_state import MOLECULAR, mrd_readings, state_of
from residua.judgements.reports import RELAPSE, REMISSION
from residua.standards.grade_scales import SCALES

AGAINST = ("not CR", "failure", "refractory", "PR")


def judge_remission(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """Remission as the standards see it at that time; what was not looked for is not shown."""
    event = about(course, claim, Event)
    occasion = occasion_of(course, claim)
    if occasion is None and event is not None:
        occasion = occasion_of_its_time(course, event.id)
    subjects = subjects_of(claim, occasion)
    found = [*_by_verdicts(said_of(said, subjects, "response", "relapse"))]
    yield from found
    if not found or (event is not None and not said_of(said, subjects, "response")):
        yield _nothing_looked_for(course, event)


def _by_verdicts(judged: Said) -> Iterator[Position]:
    rule = claim_rule("verdict-of-remission")
    for judgement in judged:
        word = _head(judgement)
        computed = judgement.basis == "computed"
        if word in REMISSION and computed:
            yield by_judgement(rule, judgement, "supported")
        elif word in (*AGAINST, *RELAPSE) and computed:
            yield by_judgement(rule, judgement, "not supported")
        elif judgement.term == "response" and judgement.outcome != "does not apply":
            yield by_judgement(rule, judgement, None)


def _nothing_looked_for(course: Course, event: Event | None) -> Position:
    """A last contact, or anything else, without a marrow or an MRD result of its time."""
    place = course.position[event.id] if event else 0
    results = [item for item, _ in course.of(MrdReading) if course.position[item.id] < place]
    since = f" after {results[-1].id}" if results else ""
    reason = f"no marrow and no MRD result{since} is in the record"
    missing = ("marrow blasts at that time", "an MRD result at that time")
    return by_rule(claim_rule("verdict-of-remission"), None, reason, missing=missing)


def judge_relapse_kind(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """The kind claimed against the assays of that day, and against computed verdicts."""
    kind = str(claim.value or "").strip()
    occasion = occasion_of(course, claim)
    judged = said_of(said, subjects_of(claim, occasion), "relapse")
    if kind == "molecular relapse" and occasion is not None:
        yield _by_assay(mrd_readings(course, occasion))
    rule = claim_rule("relapse-by-a-standard")
    for judgement in judged:
        word = _head(judgement)
        if judgement.basis == "computed" and word in RELAPSE:
            yield by_judgement(rule, judgement, "supported" if word == kind else "not supported")
        elif judgement.basis == "reported" or judgement.outcome == "not assessable":
            yield by_judgement(rule, judgement, None)
    if not judged:
        yield by_rule(rule, None, "no standard judges relapse there", missing=("marrow blasts",))


def _by_assay(readings: tuple[MrdReading, ...]) -> Position:
    """A molecular relapse needs a positive result by PCR or NGS."""
    rule = claim_rule("assay-of-a-molecular-relapse")
    facts = tuple(reading.id for reading in readings)
    molecular = [r for r in readings if r.modality in MOLECULAR]
    if any(state_of(r).detected for r in molecular):
        return by_rule(rule, "supported", "positive by a molecular assay", facts=facts)
    named = [r.modality for r in readings if r.method]
    if readings and len(named) == len(readings):
        methods = ", ".join(dict.fromkeys(named))
        reason = f"the only MRD results are by {methods}, none of them positive by PCR or NGS"
        return by_rule(rule, "not supported", reason, facts=facts)
    reason = "no MRD result by a stated method"
    return by_rule(rule, None, reason, facts=facts, missing=("method of the MRD result",))


_GRADE = re.compile(r"grade (\d)\b")


def judge_grade(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """The grade claimed against what each scale gives to the same finding or value."""
    del course
    rule = claim_rule("grade-by-its-scale")
    wanted = _number(claim)
    judged = [j for j in said if _grades(j, claim)]
    if wanted is None:
        yield by_rule(rule, None, "the grade claimed is not stated", missing=("the grade",))
        return
    for judgement in judged:
        yield by_judgement(rule, judgement, _grade_word(judgement, wanted))
    if not judged:
        reason = "no scale judges what the claim is about"
        yield by_rule(rule, None, reason, missing=("a finding or value with a scale",))


def _grades(judgement: Judgement, claim: Claim) -> bool:
    of_it = claim.about in (judgement.subject, *judgement.facts)
    return of_it and judgement.standard in SCALES and judgement.outcome != "does not apply"


def _grade_word(judgement: Judgement, wanted: int) -> Word | None:
    found = _GRADE.match(judgement.verdict or "")
    if found is None or judgement.basis != "computed":
        return None
    return "supported" if int(found[1]) == wanted else "not supported"


def _number(claim: Claim) -> int | None:
    found = re.fullmatch(r"(?:grade\s*)?([0-5])(?:\.0)?", str(claim.value or "").strip().lower())
    if claim.value == 0 and not isinstance(claim.value, bool):
        return 0
    return int(found[1]) if found else None


def _head(judgement: Judgement) -> str:
    return (judgement.verdict or "").split(":", 1)[0]
