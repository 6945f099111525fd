"""\"First report\", \"significant\": held against the studies of the evidence table."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from residua.course.course import Course
from residua.course.state import last_data
from residua.errors import ValueFault
from residua.facts.drug_names import spelled_out
from residua.facts.finding import Claim
from residua.facts.treatment import Treatment
from residua.judgements.claims.occasion import Said, about
from residua.judgements.claims.position import Position, by_rule, claim_rule
from residua.standards.trial import Result, Trial
from residua.standards.trial_shelf import find_result, trial_shelf

USES = ("MRD", "maintenance", "post-transplant")
"""Uses of a drug that both an intent and a study's population name."""


def judge_first(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """Whether a study of the same drug for the same use speaks against a first report."""
    del said
    rule, treatment = claim_rule("nobody-before"), about(course, claim, Treatment)
    drugs = {spelled_out(drug.name) for drug in treatment.drugs} if treatment else set()
    uses = [use for use in USES if treatment and use.lower() in (treatment.intent or "").lower()]
    if not drugs or not uses:
        reason = "the drug and the use that it was the first of are not stated"
        yield by_rule(rule, None, reason, missing=("drug and use",))
        return
    facts = (treatment.id,) if treatment else ()
    known = [t for t in trial_shelf() if _same(t, drugs, uses)]
    until = _time_of(course, claim)
    if until is None and known:
        named = ", ".join(t.name for t in known)
        reason = f"when it was claimed is not stated; the evidence table holds {named}"
        missing = ("the date of the claim",)
        yield by_rule(rule, None, reason, facts=facts, missing=missing, by="the evidence table")
        return
    against = [t for t in known if until is not None and _not_later(t, until)]
    for trial in against:
        reason = f"{trial.name} ({trial.cite}): {trial.population}"
        yield by_rule(rule, "not supported", reason, facts=facts, by="the evidence table")
    if not against:
        reason = "no such study is in the evidence table, which proves nothing"
        missing = ("a search of the literature",)
        yield by_rule(rule, None, reason, facts=facts, missing=missing, by="the evidence table")


def _same(trial: Trial, drugs: set[str], uses: list[str]) -> bool:
    words = trial.population.lower()
    drug = any(spelled_out(name) in drugs for name in trial.about)
    return drug and any(use.lower() in words for use in uses)


def _time_of(course: Course, claim: Claim) -> date | None:
    """The last day on which the claim may have been made; that of the last data, undated."""
    item = course.by_id[claim.id]
    if item.dated:
        return item.span.latest
    last = last_data(course)
    return last.span.latest if last else None


def _not_later(trial: Trial, until: date) -> bool:
    """Whether the study may be of the claim's year or before it."""
    first = trial.published.span.earliest if trial.published else None
    return first is not None and first.year <= until.year


def judge_significant(course: Course, said: Said, claim: Claim) -> Iterator[Position]:
    """Whether the p-value of the result that the claim names crossed its own boundary."""
    del course, said
    rule = claim_rule("boundary-crossed")
    try:
        trial, result = find_result(str(claim.value or ""))
    except ValueFault:
        reason = "it names no result of the evidence table"
        yield by_rule(rule, None, reason, missing=("the result, as trial-id/result-id",))
        return
    yield _by_boundary(trial, result)


def _by_boundary(trial: Trial, result: Result) -> Position:
    rule, p = claim_rule("boundary-crossed"), result.p
    by = f"{trial.id}/{result.id}"
    if p is None:
        return by_rule(rule, None, "no p-value is printed", missing=("p-value",), by=by)
    shown = f"p {p.value}, {p.sides}"
    if not p.boundary:
        reason = f"{shown}, its boundary not stated"
        return by_rule(rule, None, reason, missing=("boundary of the p-value",), by=by)
    limit, value = _number(p.boundary), _number(p.value)
    reason = f"{shown}, boundary {p.boundary}"
    if limit is None or value is None:
        return by_rule(rule, None, reason, missing=("p-value as a number",), by=by)
    bound = p.value.strip()[:1] in "<≤"
    if value > limit and bound:
        return by_rule(rule, None, reason, missing=("p-value as a number",), by=by)
    crossed = value < limit or (value == limit and bound)
    return by_rule(rule, "supported" if crossed else "not supported", reason, by=by)


def _number(text: str) -> float | None:
    try:
        return float(text.strip().lstrip("<≤=pP ").strip())
    except ValueError:
        return None
