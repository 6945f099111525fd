"""Failure of a graft by the ASTCT: primary from the counts, secondary as reported."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.finding import Finding
from residua.facts.treatment import Transplant
from residua.judgements.cytopenia.counted import Report, as_reported, base, reports_of
from residua.judgements.cytopenia.engraftment import ASTCT, Found
from residua.judgements.cytopenia.support import horizon
from residua.judgements.judgement import Judgement
from residua.standards.count_inputs import limit_of
from residua.standards.count_window import in_day
from residua.standards.rulebook import Rule, load

PRIMARY, SECONDARY = "primary graft failure", "secondary graft failure"
NONE = "none"
_FAILURE = re.compile(r"graft (failure|rejection)|(failure|rejection) of the graft")
_PANCYTOPENIA = re.compile(r"\bpancytopa?enia\b")
_CORD = re.compile(r"\b(cord|ucb)\b")
_OTHER = re.compile(r"\b(pbsc|peripheral|marrow|bm)\b")


def judge_failure(course: Course, item: Placed, neutrophils: Found) -> Iterator[Judgement]:
    """Primary failure of the graft of each transplant; secondary where something speaks of it."""
    assert isinstance(item.fact, Transplant)  # the caller walks the transplants
    book = load(ASTCT)
    rules = _rules(item.fact)
    said = replace(
        base(item, book, "failure-primary"),
        clause="; ".join(rule.clause for rule in rules), cite=rules[0].cite,
        provenance=rules[0].provenance, notes=(rules[0].reading,),
    )  # fmt: skip
    reports = reports_of(course, item, _FAILURE, None)
    primary = _primary(course, item, said, neutrophils, [int(limit_of(rule)) for rule in rules])
    yield as_reported(primary, _reported(reports, PRIMARY), None)
    secondary = _reported(reports, SECONDARY)
    if secondary:
        rule = book["secondary-failure"]
        blank = replace(
            said, term="failure-secondary", clause=rule.clause, notes=(rule.reading,),
            reason="no number says what a decline after recovery is",
            missing=("whether counts declined after recovery so as to need support",),
        )  # fmt: skip
        yield as_reported(blank, secondary, None)


def _rules(transplant: Transplant) -> tuple[Rule, ...]:
    """The limit for the source of the cells; both where it is not stated."""
    book = load(ASTCT)
    words = f"{transplant.donor or ''} {transplant.graft or ''}".lower()
    if _CORD.search(words):
        return (book["primary-failure-cord"],)
    if _OTHER.search(words) or transplant.donor is not None:
        return (book["primary-failure"],)
    return (book["primary-failure"], book["primary-failure-cord"])


def _primary(
    course: Course, item: Placed, said: Judgement, neutrophils: Found, limits: list[int]
) -> Judgement:
    found = neutrophils.recovery
    said = replace(said, facts=neutrophils.said.facts)
    if neutrophils.said.basis == "reported" or found is None or found.nadir is None:
        return _by_other_means(said, neutrophils, min(limits))
    if found.day is not None and found.day <= min(limits):
        reason = f"neutrophils recovered by day {in_day(found.day)}"
        return replace(said, outcome="verdict", basis="computed", verdict=NONE, reason=reason)
    limit = max(limits)
    late = found.earliest is not None and found.earliest > limit
    if late or (found.earliest is None and _seen_to(neutrophils, limit)):
        return _not_reached(course, item, said, limit)
    return replace(said, reason=neutrophils.said.reason, missing=neutrophils.said.missing)


def _by_other_means(said: Judgement, neutrophils: Found, limit: int) -> Judgement:
    """Where the day is only reported, or no count fell below the limit."""
    reason, day = neutrophils.said.reason, neutrophils.reported
    if neutrophils.said.outcome == "does not apply":
        if not _seen_to(neutrophils, limit):
            reason = f"{reason}; the record ends before day {in_day(limit)}"
            return replace(said, outcome="does not apply", reason=reason)
        return replace(said, outcome="verdict", basis="computed", verdict=NONE, reason=reason)
    if day is not None and day <= limit:
        said = replace(said, missing=neutrophils.said.missing, reason=reason)
        return replace(said, outcome="verdict", basis="reported", verdict=NONE)
    return replace(said, reason=reason, missing=neutrophils.said.missing)


def _seen_to(neutrophils: Found, limit: int) -> bool:
    """Whether counts reach to the limit, so that a recovery would have been seen."""
    return neutrophils.last is not None and neutrophils.last >= limit


def _not_reached(course: Course, item: Placed, said: Judgement, limit: int) -> Judgement:
    reason = f"neutrophils of 500/uL not reached by day {in_day(limit)}"
    stated = [report.finding for report in reports_of(course, item, _PANCYTOPENIA, horizon())]
    if not stated or len({finding.present for finding in stated}) > 1:
        missing = ("whether there was pancytopenia",)
        return replace(said, reason=f"{reason}; pancytopenia not stated", missing=missing)
    return _with_pancytopenia(said, stated[0], reason)


def _with_pancytopenia(said: Judgement, finding: Finding, reason: str) -> Judgement:
    there = finding.present is not False
    word = "with" if there else "without"
    return replace(
        said, outcome="verdict", basis="computed", verdict=PRIMARY if there else NONE,
        reason=f"{reason}, {word} pancytopenia as stated", facts=(*said.facts, finding.id),
    )  # fmt: skip


def _reported(reports: tuple[Report, ...], kind: str) -> dict[str, str]:
    """Finding id -> verdict; a failure of no stated kind is a primary one only if it is denied."""
    found: dict[str, str] = {}
    for report in reports:
        term = report.finding.term.lower()
        named = "secondary" if "secondary" in term else "primary" if "primary" in term else ""
        if report.denied and (not named or kind.startswith(named)):
            found[report.finding.id] = NONE
        elif report.finding.present and named and kind.startswith(named):
            found[report.finding.id] = kind
    return found
