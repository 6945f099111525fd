"""Responses reported: against each other, against the standards, and without their inputs."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.course import Course
from residua.course.occasions import Occasion, occasions
from residua.course.placing import Placed
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.judgements.consistency.slip import slip
from residua.judgements.judgement import Judgement
from residua.judgements.reports import Report, reports_of
from residua.standards.rulebook import load

Said = tuple[Judgement, ...]
COUNTS = ("neutrophil", "platelet")
CYTOPENIA = ("neutropenia", "thrombocytopenia", "cytopenia", "platelet", "neutrophil")


def readings_in_conflict(course: Course) -> Iterator[Judgement]:
    """Results of one thing at one time that differ."""
    for conflict in course.conflicts:
        first, second = course.by_id[conflict.first].fact, course.by_id[conflict.second].fact
        reason = f"{conflict.about}: {_shown(first)} and {_shown(second)}"
        yield slip(
            course, "readings", first.id, reason, facts=(second.id,), term=f"readings-{second.id}"
        )


def _shown(fact: Fact) -> str:
    if isinstance(fact, Assessment):
        return f"{fact.blasts} by {fact.kind or 'a method not stated'}"
    value = getattr(fact, "value", None) or getattr(fact, "fraction", None) or fact.id
    return f"{value} ({fact.id})"


def responses(course: Course, said: Said) -> Iterator[Judgement]:
    """Every occasion whose response is reported."""
    window = int(load("conventions")["count-window"].limit_number)
    for occasion in occasions(course, count_window_days=window):
        told = tuple(r for r in reports_of(occasion) if r.kind == "response" and r.word)
        judged = tuple(j for j in said if j.subject == occasion.subject and j.term == "response")
        if len({r.word for r in told}) > 1:
            yield _two_words(course, occasion, told)
        for report in told:
            yield from _against_standards(course, occasion, report, judged)
            yield from _without_inputs(course, occasion, report, judged)
        yield from _counts_missing(course, occasion, judged)


def _two_words(course: Course, occasion: Occasion, told: tuple[Report, ...]) -> Judgement:
    words = " and ".join(dict.fromkeys(repr(r.text) for r in told))
    reason = f"reported as {words}"
    return slip(course, "reports", occasion.main.id, reason, facts=(r.fact for r in told))


def _against_standards(
    course: Course, occasion: Occasion, report: Report, judged: Said
) -> Iterator[Judgement]:
    """One line for a report that a computed verdict does not bear out."""
    against = [
        j for j in judged if j.basis == "computed" and not _borne_out(report, j.verdict or "")
    ]
    if against:
        named = "; ".join(f"{j.standard} {j.version}: {j.verdict}" for j in against)
        facts = (report.fact, *(f for j in against for f in j.facts))
        yield slip(
            course, "response-against-standard", occasion.main.id,
            f"{report.text!r} is reported; {named}", facts=facts, term=f"response-{report.fact}",
        )  # fmt: skip


def _borne_out(report: Report, verdict: str) -> bool:
    """Whether a verdict fits the report: the same word, or one that leaves it open."""
    word = verdict.split(":", maxsplit=1)[0]
    open_still = word == "not CR" and report.word in ("PR", "failure", "refractory", "not CR")
    return word == report.word or open_still or (report.word == "not CR" and word != "CR")


def _without_inputs(
    course: Course, occasion: Occasion, report: Report, judged: Said
) -> Iterator[Judgement]:
    """One line for a report that standards can take over only as reported, or not at all."""
    waiting = [
        j for j in judged
        if j.missing and (j.basis == "reported" or j.outcome == "not assessable")
    ]  # fmt: skip
    if waiting:
        names = ", ".join(f"{j.standard} {j.version}" for j in waiting)
        missing = dict.fromkeys(m for j in waiting for m in j.missing)
        reason = f"{report.text!r} is reported without {', '.join(missing)} (asked for by {names})"
        yield slip(
            course, "response-inputs", occasion.main.id, reason, facts=(report.fact,),
            missing=missing, contradicts=False, term=f"response-inputs-{report.fact}",
        )  # fmt: skip


def _counts_missing(course: Course, occasion: Occasion, judged: Said) -> Iterator[Judgement]:
    """A cytopenia reported after the treatment, and no counts at its assessment."""
    lacking = dict.fromkeys(
        m for j in judged if j.outcome == "not assessable" for m in j.missing
        if any(word in m for word in COUNTS)
    )  # fmt: skip
    found = [f for f in _cytopenias(course, occasion) if lacking]
    if found:
        told = ", ".join(
            f"{f.term} grade {f.grade_reported}" if f.grade_reported is not None else f.term
            for f in found
        )
        reason = f"{told} reported, {', '.join(lacking)} not stated: CR, CRi and CRh undecided"
        yield slip(
            course, "counts-after-cytopenia", occasion.main.id, reason,
            facts=(f.id for f in found), missing=lacking, contradicts=False,
        )  # fmt: skip


def _cytopenias(course: Course, occasion: Occasion) -> list[Finding]:
    """Cytopenias that the record puts after the last treatment before the occasion."""
    treatment = occasion.treatment
    if treatment is None:
        return []
    return [
        finding
        for placed, finding in course.of(Finding)
        if finding.present and any(word in finding.term.lower() for word in CYTOPENIA)
        and treatment in (finding.after, finding.attribution)
        and _not_later(course, placed, occasion)
    ]  # fmt: skip


def _not_later(course: Course, placed: Placed, occasion: Occasion) -> bool:
    first, last = placed.span.earliest, occasion.main.span.latest
    later = placed.dated and first is not None and last is not None and first > last
    return not later and occasion.main.id not in course.predecessors[placed.id]
