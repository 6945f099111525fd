"""Acute and chronic GVHD of each transplant and donor lymphocyte infusion, by each scale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from residua.course.course import Course
from residua.course.placing import Placed, own_day
from residua.facts.finding import Finding
from residua.judgements.graft.grafts import Told, donor_unknown, grafts_of, grafts_of_finding
from residua.judgements.graft.gvhd_course import course_details
from residua.judgements.graft.moments import Stated, moments_of, understood
from residua.judgements.graft.reported import Assertion, assertions
from residua.judgements.graft.scales import SCALES, Scale, cells_of
from residua.judgements.graft.stages import Staged, staged
from residua.judgements.graft.worst import Worst, worst_of
from residua.judgements.judgement import Judgement
from residua.judgements.unjudged import unjudged

DONOR = "whether the donor was another person"
UNSURE = "of which graft it was is not stated: {}"


def judge_gvhd(course: Course) -> Iterator[Judgement]:
    """One judgement for each graft and scale, in the order of the course."""
    grafts = grafts_of(course)
    told: dict[str, list[Told]] = {graft.id: [] for graft in grafts}
    for item, finding in course.of(Finding):
        for name in (names := grafts_of_finding(course, item, grafts)):
            told[name].append(Told(item, finding, sure=len(names) == 1))
    for graft in grafts:
        stated = understood(told[graft.id])
        for scale in SCALES:
            yield _judged(course, graft, scale, stated)


def _judged(course: Course, graft: Placed, scale: Scale, stated: tuple[Stated, ...]) -> Judgement:
    moments = moments_of(course, (s for s in stated if s.said.what != "whole"))
    found = [one for moment in moments if (one := staged(course, scale, moment)) is not None]
    asserted = assertions(scale, stated)
    worst = worst_of(scale, found, asserted)
    said = _base(graft, scale, found, asserted, worst)
    if worst.grade is None:
        return _open(said, graft, scale, worst, asserted)
    grade = worst.grade
    details = course_details(course, graft, worst)
    said = replace(said, outcome="verdict", verdict=scale.verdict(grade), details=details)
    if worst.basis == "computed":
        return _computed(said, worst, grade, asserted)
    missing = _missing(scale, worst)
    lacking = f"{', '.join(missing)} not stated" if missing else "not computed"
    return replace(
        said, basis="reported", reason=f"as reported; {lacking}", missing=missing,
        notes=_unique((*worst.against(asserted), *said.notes)),
    )  # fmt: skip


def _base(
    graft: Placed, scale: Scale, found: list[Staged], asserted: tuple[Assertion, ...], worst: Worst
) -> Judgement:
    """What every outcome has: facts, notes, and the clauses of the grades that are possible."""
    clause, cite, provenance = cells_of(scale, worst.possible)
    notes = [note for one in found for note in one.notes]
    notes += [note for a in asserted for note in a.notes]
    moot = [s for one in found for s in one.moment.stated if not s.told.sure]
    moot += [a.stated for a in asserted if not a.stated.told.sure]
    notes += [UNSURE.format(s.item.id) for s in moot]
    facts = (graft.id, *(f for one in found for f in one.facts), *(a.id for a in asserted))
    said = unjudged(
        scale.book, graft.id, scale.term, day=own_day(graft.fact), span=_deciding(graft, worst).span
    )
    return replace(
        said, clause=clause, cite=cite, provenance=provenance, facts=_unique(facts),
        notes=_unique((*notes, *said.notes)),
    )  # fmt: skip


def _computed(
    said: Judgement, worst: Worst, grade: int, asserted: tuple[Assertion, ...]
) -> Judgement:
    """The grading of the time that decided; assertions that it does not bear out beside it."""
    behind = next(
        t.staged for t in worst.times if t.staged and t.computed and t.possible == {grade}
    )
    grading = behind.grading
    return replace(
        said, basis="computed", reason=grading.reason, clause=grading.clause, cite=grading.cite,
        provenance=grading.provenance, notes=_unique((*worst.against(asserted), *said.notes)),
    )  # fmt: skip


def _open(
    said: Judgement, graft: Placed, scale: Scale, worst: Worst, asserted: tuple[Assertion, ...]
) -> Judgement:
    missing = (*((DONOR,) if donor_unknown(graft) else ()), *_missing(scale, worst))
    reasons = [t.staged.grading.reason for t in worst.times if t.staged and len(t.possible) > 1]
    grades = " or ".join(map(str, sorted(worst.possible)))
    if not (worst.times or worst.overall):
        reasons = [f"nothing is stated of {scale.kind} GVHD"]
    elif not reasons:
        reasons = [f"grade {grades}"]
    quotations = tuple(a.quotation for a in asserted)
    reason = "; ".join(_unique((*reasons, *quotations)))
    return replace(said, reason=reason, missing=_unique(missing))


def _missing(scale: Scale, worst: Worst) -> tuple[str, ...]:
    """What the times that are open wait for; all stages where no time has one."""
    open_times = [t.staged for t in worst.times if t.staged and t.staged.grading.grade is None]
    if open_times:
        return _unique(missing for one in open_times for missing in one.missing)
    if any(t.staged for t in worst.times):
        return ()
    return scale.asks


def _deciding(graft: Placed, worst: Worst) -> Placed:
    """The worst time that is dated; the graft where none is."""
    deciding = [t.main for t in worst.times if max(t.possible) >= max(worst.possible)]
    return next((item for item in deciding if item.dated), graft)


def _unique(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(texts))
