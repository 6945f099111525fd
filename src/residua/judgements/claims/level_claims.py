"""\"Positive\", \"high\", \"low\": held against antigen readings or classes of risk."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from residua.course.course import Course
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Phenotype
from residua.facts.finding import Claim
from residua.facts.marker_names import marker_name
from residua.facts.quantity import Quantity
from residua.judgements.antigen_masking import may_mask
from residua.judgements.claims.occasion import Said, about
from residua.judgements.claims.position import (
    Position,
    Word,
    by_judgement,
    by_rule,
    claim_rule,
)
from residua.standards.antigen_positivity import is_positive, positivity_rule

RISKS = ("high risk", "standard risk")
STRATA = {("CD22", "high"): "cd22-at-least-90", ("CD22", "low"): "cd22-below-70"}
NO_LIMIT = "no published limit says when it is {word}"


def judge_level(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """A class of risk where the value names one, else an antigen."""
    if str(claim.value or "").strip().lower() in RISKS:
        yield from _by_risk(said, claim)
        return
    reading = about(course, claim, AntigenReading)
    phenotype = about(course, claim, Phenotype)
    if reading is not None:
        yield _by_percent(course, claim, reading)
    elif phenotype is not None:
        yield _by_phenotype(course, claim, phenotype)
    else:
        reason = "it is about no antigen reading, phenotype or class of risk"
        missing = ("what it is about",)
        yield by_rule(claim_rule("no-rule"), None, reason, missing=missing)


def _by_risk(said: Said, claim: Claim) -> Iterator[Position]:
    """Every scheme that gives a class, at baseline and by response."""
    rule, wanted = claim_rule("class-of-risk"), str(claim.value).strip().lower()
    judged = [j for j in said if j.subject in ("risk-baseline", "risk-dynamic")]
    dynamic = [j for j in judged if j.subject == "risk-dynamic" and j.verdict]
    for judgement in dynamic or judged:
        word = (judgement.verdict or "").split(":")[0]
        said_so: Word | None = "supported" if word == wanted else "not supported"
        computed = judgement.basis == "computed"
        yield by_judgement(rule, judgement, said_so if word and computed else None)
    if not judged:
        yield by_rule(rule, None, "no scheme of risk was judged", missing=("risk factors",))


def _by_percent(course: Course, claim: Claim, reading: AntigenReading) -> Position:
    facts = (reading.id,)
    if reading.percent is None:
        reason = f"percent of {reading.of} with {reading.marker} not stated"
        missing = (f"{reading.marker} percent",)
        return by_rule(claim_rule("no-rule"), None, reason, facts=facts, missing=missing)
    shown = f"{reading.marker} on {reading.percent:g} % of {reading.of}"
    if claim.predicate == "positive":
        return _positive(reading.percent, shown, facts)
    name = STRATA.get((reading.marker, claim.predicate or ""))
    if name is None:
        reason = f"{shown}; {NO_LIMIT.format(word=claim.predicate)}"
        return by_rule(claim_rule("no-rule"), None, reason, facts=facts)
    rule = claim_rule(name)
    meets = rule.holds(Quantity(Decimal(str(reading.percent)), "%"))
    if not meets:
        reason = f"{shown}: not {rule.text}{_heterogeneous(claim, reading.percent)}"
        return by_rule(rule, "not supported", reason, facts=facts)
    masking = may_mask(course, reading.marker, reading.id) if claim.predicate == "low" else None
    if masking is not None:
        reason = f"{shown}; {masking}"
        return by_rule(claim_rule("masked-antigen"), None, reason, facts=facts, missing=(UNMASKED,))
    return by_rule(rule, "supported", f"{shown}: {rule.text}", facts=facts)


UNMASKED = "a reading that no drug can mask"


def _heterogeneous(claim: Claim, percent: float) -> str:
    partly = claim.predicate == "high" and is_positive(percent)
    return "; positive, but on a part of the blasts only" if partly else ""


def _positive(percent: float, shown: str, facts: tuple[str, ...]) -> Position:
    rule = positivity_rule()
    meets: Word = "supported" if is_positive(percent) else "not supported"
    by = "usual laboratory rule"
    return Position(by, meets, shown, rule.clause, rule.cite, rule.provenance, facts)


def _by_phenotype(course: Course, claim: Claim, phenotype: Phenotype) -> Position:
    """Words of a phenotype: positive or negative, never high or low, and perhaps masked."""
    marker, facts = marker_name(str(claim.value or "")), (phenotype.id,)
    none, rule = claim_rule("no-rule"), claim_rule("word-of-the-laboratory")
    if marker not in (*phenotype.positive, *phenotype.negative):
        reason = "the marker that it names was not read there"
        return by_rule(none, None, reason, facts=facts, missing=("the marker's reading",))
    if marker in phenotype.positive:
        word: Word | None = {"positive": "supported", "low": "not supported"}.get(  # type: ignore[assignment]
            claim.predicate or ""
        )
        reason = f"{marker} read as positive, without a number"
        return by_rule(rule if word else none, word, reason, facts=facts)
    masking = may_mask(course, marker, phenotype.id)
    if masking is not None:
        rule = claim_rule("masked-antigen")
        return by_rule(rule, None, str(masking), facts=facts, missing=(UNMASKED,))
    word = "supported" if claim.predicate == "low" else "not supported"
    return by_rule(rule, word, f"{marker} read as negative", facts=facts)
