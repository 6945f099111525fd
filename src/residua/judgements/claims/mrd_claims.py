"""\"Eradicated\", \"undetectable\": held against the MRD results of that day."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.course import Course
from residua.facts.finding import Claim
from residua.facts.mrd import MrdReading
from residua.judgements.claims.occasion import Said, about, occasion_of, said_of, subjects_of
from residua.judgements.claims.position import Position, by_judgement, by_rule, claim_rule
from residua.judgements.mrd_state import mrd_readings, mrd_readings_of, state_of
from residua.standards.reasons import in_words

NO_RESULT = "an MRD result"
SENSITIVITY = "sensitivity (LOD) of the assay"
SPEAKS = {
    "complete MRD response": "supported",
    "MRD failure": "not supported",
    "MRD persistence": "not supported",
}


def judge_absence(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """One position for each result, one for each standard that defines a complete response."""
    occasion = occasion_of(course, claim)
    own = about(course, claim, MrdReading)
    readings = mrd_readings_of(course, (own,)) if own else ()
    if not readings and occasion is not None:
        readings = mrd_readings(course, occasion)
    if not readings:
        yield by_rule(
            claim_rule("not-detected"), None, "no MRD result of that time", missing=(NO_RESULT,)
        )
    for reading in readings:
        yield _by_result(claim, reading)
    for judgement in said_of(said, subjects_of(claim, occasion), "mrd"):
        word = SPEAKS.get((judgement.verdict or "").split(":")[0])
        if word == "supported" and judgement.basis == "computed":
            yield by_judgement(claim_rule("not-detected"), judgement, "supported")
        elif word == "not supported":
            yield by_judgement(claim_rule("not-detected"), judgement, "not supported")


def _by_result(claim: Claim, reading: MrdReading) -> Position:
    rule, state, facts = claim_rule("not-detected"), state_of(reading), (reading.id,)
    by = f"MRD by {reading.modality}"
    if state.detected:
        level = f" at {in_words(state.level)}" if state.level is not None else ""
        return by_rule(rule, "not supported", f"MRD was detected{level}", facts=facts, by=by)
    if state.detected is None:
        reason = "whether MRD was detected is not stated"
        return by_rule(rule, None, reason, facts=facts, missing=(NO_RESULT,), by=by)
    return _by_negative(claim, reading, by)


def _by_negative(claim: Claim, reading: MrdReading, by: str) -> Position:
    """A negative counts where it was sensitive enough; it shows no absence below its limit."""
    rule, facts = claim_rule("sensitive-enough"), (reading.id,)
    lod = reading.lod
    if lod is None:
        reason = "not detected, but the sensitivity of the assay is not stated"
        return by_rule(rule, None, reason, facts=facts, missing=(SENSITIVITY,), by=by)
    if not rule.holds(lod):
        missing = ("a more sensitive MRD result",)
        return by_rule(
            rule, None, f"not detected at {in_words(lod)} only", facts=facts, missing=missing, by=by
        )
    if claim.predicate == "eradicated":
        rule = claim_rule("below-the-limit")
        reason = f"not detected at {in_words(lod)}; disease below that limit is not excluded"
        return by_rule(rule, None, reason, facts=facts, by=by)
    return by_rule(rule, "supported", f"not detected at {in_words(lod)}", facts=facts, by=by)
