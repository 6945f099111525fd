"""Engraftment after each transplant: neutrophils and platelets, by the ASTCT and the CIBMTR."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from residua.course.course import Course
from residua.course.daily_counts import DailyCounts, daily_counts
from residua.course.follow_up import End, Kind, cuts_after, possible_ends
from residua.course.placing import Placed
from residua.judgements.cytopenia.counted import Report, as_reported, base, levels_of, reports_of
from residua.judgements.cytopenia.support import (
    given_after,
    horizon,
    transfused,
    transfusions_stated,
)
from residua.judgements.judgement import Details, Judgement
from residua.standards.count_inputs import limit_of
from residua.standards.count_window import in_day, in_days, plain
from residua.standards.engraftment import Counts, Criterion, Recovery, recovery
from residua.standards.rulebook import Rule, Rulebook, load, weakest

ASTCT, CIBMTR = "astct_engraftment", "cibmtr_engraftment"
ENDED: tuple[Kind, ...] = ("death", "last contact", "next transplant")
_NAMED = {
    "neutrophils": re.compile(r"(neutrophil|granulocyte|\banc\b|myeloid).*(engraft|recovery)"
                              r"|engraft.*(neutrophil|granulocyte|\banc\b|myeloid)"),
    "platelets": re.compile(r"platelet.*(engraft|recovery)|engraft.*platelet"),
}  # fmt: skip
_DAY = re.compile(r"(?:day|d)\s*\+?\s*(\d{1,3})\b|^\+?(\d{1,3})\s*(?:d|days?)?$", re.IGNORECASE)


@dataclass(frozen=True)
class Asked:
    """One definition of recovery: the rulebook, its count and the rules that make it."""

    book: Rulebook
    analyte: str
    rules: tuple[Rule, ...]
    criterion: Criterion


@dataclass(frozen=True)
class Found:
    """The recovery that the record shows, with the end of follow-up behind it.

    ``recovery`` is None where nothing could be counted; counts reach to day ``last``.
    ``reported`` is the day where the judgement rests on a report of one.
    """

    said: Judgement
    recovery: Recovery | None = None
    last: int | None = None
    reported: int | None = None


def asked(name: str, analyte: str) -> Asked:
    """The definition of recovery of `analyte` in the rulebook `name`."""
    book = load(name)
    each = "days" if name == ASTCT else "values"
    row = book[f"{analyte.removesuffix('s')}-{each}"]
    rules = [book[analyte], row]
    free = 0
    if analyte == "platelets":
        rules.append(book["untransfused"])
        free = int(limit_of(book["untransfused"]))
    criterion = Criterion(limit_of(book[analyte]), int(limit_of(row)), name == ASTCT, free)
    return Asked(book, analyte, tuple(rules), criterion)


def judge_recovery(course: Course, item: Placed, one: Asked) -> Found:
    """When the counts recovered by one definition, computed or as reported."""
    said = base(item, one.book, one.analyte)
    said = replace(
        said,
        clause="; ".join(dict.fromkeys(rule.clause for rule in one.rules)),
        cite="; ".join(dict.fromkeys(rule.cite for rule in one.rules)),
        provenance=weakest(rule.provenance for rule in one.rules),
        notes=(*(rule.reading for rule in one.rules if rule.reading), *said.notes),
    )
    found = _computed(course, item, one, said)
    reports = reports_of(course, item, _NAMED[one.analyte], horizon())
    said = _with_reports(found, one, reports)
    days = [reported_day(report) for report in reports if report.finding.id in said.facts]
    return replace(found, said=said, reported=days[0] if said.basis == "reported" else None)


def _computed(course: Course, item: Placed, one: Asked, said: Judgement) -> Found:
    counts = daily_counts(course, item.id, one.analyte)
    noun = one.analyte.removesuffix("s")
    if not any(day >= 0 for day in counts.by_day):
        return Found(_no_counts(course, said, noun, counts))
    given = given_after(course, item, -horizon(), horizon())
    if one.criterion.untransfused and not transfusions_stated(course, item, given):
        reason = "platelet transfusions after the transplant are not stated"
        return Found(replace(said, reason=reason, missing=("platelet transfusions",)))
    ends = possible_ends(cuts_after(course, item.id), ENDED, horizon())
    end = ends[0]
    days = [day for day in counts.by_day if 0 <= day <= end.last]
    if not days:
        return Found(replace(said, reason=_ended_words(end)))
    seen = max(days)
    ended = end.cut is not None and len(ends) == 1  # else later counts may have been
    last = max(seen, end.last - 1) if ended else seen
    levels = levels_of(counts, last)
    record = Counts(levels, last, ended, transfused(given))
    found = recovery(one.criterion, record)
    if counts.perhaps_of(0, seen if found.day is None else found.day):
        return Found(_unplaced(course, said, noun))
    details = _details(found, levels, counts, seen)
    facts = [point.id for point in counts.of_days(0, last)]
    facts += [g.id for g in given if g.kind == "platelets"] if one.criterion.untransfused else []
    said = replace(said, details=details, facts=(*said.facts, *facts))
    return Found(_worded(said, one, found, record, end), found, last)


def _no_counts(course: Course, said: Judgement, noun: str, counts: DailyCounts) -> Judgement:
    if counts.perhaps_of(0, horizon()):
        return _unplaced(course, said, noun)
    missing = f"{noun} counts after the transplant"
    return replace(said, reason=f"no {missing} are in the record", missing=(missing,))


def _unplaced(course: Course, said: Judgement, noun: str) -> Judgement:
    placed = course.by_id[said.subject]
    exact = placed.dated and placed.span.exact
    missing = "the days of the counts" if exact else "the day of the transplant"
    reason = f"{missing} not stated: {noun} counts cannot be placed"
    return replace(said, reason=reason, missing=(missing,))


def _ended_words(end: End) -> str:
    what = f"{end.cut.kind} ({end.cut.id})" if end.cut else "the record ends"
    return f"no count before {what} on day {in_day(end.last)}"


def _worded(said: Judgement, one: Asked, found: Recovery, record: Counts, end: End) -> Judgement:
    limit = f"{plain(one.criterion.limit)}/uL"
    if found.nadir is None:
        return _never_low(said, one, record, limit)
    if found.decided and found.day is not None:
        words = f"day {in_day(found.day)}"
        reason = f"{one.analyte} at least {limit} from {words} on, after the nadir"
        return _verdict(said, f"engrafted: {words}", reason)
    if found.earliest is None and record.ended:
        words = f"by day {in_day(record.last)}"
        return _verdict(
            said, f"not engrafted: {words}", f"{limit} not reached; {_ended_words(end)}"
        )
    return _open(said, one, found, record)


def _verdict(said: Judgement, verdict: str, reason: str) -> Judgement:
    return replace(said, outcome="verdict", basis="computed", verdict=verdict, reason=reason)


def _never_low(said: Judgement, one: Asked, record: Counts, limit: str) -> Judgement:
    silent = [day for day in range(record.last + 1) if day not in record.levels]
    if silent:
        what = f"{one.analyte.removesuffix('s')} counts of {in_days(silent)}"
        reason = f"no count below {limit}; whether it fell on {in_days(silent)} is not stated"
        return replace(said, reason=reason, missing=(what,))
    reason = f"{one.analyte} never fell below {limit} by day {in_day(record.last)}"
    if not record.ended and record.last < int(limit_of(load(ASTCT)["primary-failure"])):
        later = f"{one.analyte.removesuffix('s')} counts after day {in_day(record.last)}"
        return replace(said, reason=f"{reason}; no count after it", missing=(later,))
    return replace(said, outcome="does not apply", reason=reason)


def _open(said: Judgement, one: Asked, found: Recovery, record: Counts) -> Judgement:
    """A range of days, or not reached so far."""
    noun = one.analyte.removesuffix("s")
    if found.earliest is None:
        later = f"{noun} counts after day {in_day(record.last)}"
        reason = f"not engrafted by day {in_day(record.last)}; no count after it"
        return replace(said, reason=reason, missing=(later,))
    first = in_day(found.earliest)
    span = f"day {first} or later"
    if found.day is not None:
        span = f"day {first} to {in_day(found.day)}"
    what = f"{noun} counts of {in_days(found.unknown)}" if found.unknown else ""
    missing = (what or ("days of the platelet transfusions" if one.criterion.untransfused
                        else f"{noun} counts after day {in_day(record.last)}"),)  # fmt: skip
    why = f"no count on {in_days(found.unknown)}" if found.unknown else f"{missing[0]} not stated"
    return replace(said, reason=f"{why}: engraftment on {span}", missing=missing)


def _details(
    found: Recovery, levels: Mapping[int, object], counts: DailyCounts, last: int
) -> Details:
    details: list[tuple[str, str]] = []
    if found.nadir is not None and found.nadir in counts.by_day:
        point = min(counts.by_day[found.nadir], key=lambda one: one.value.number)
        details.append(("worst", f"{point.value} on {in_days([found.nadir])} ({point.id})"))
    if found.day is not None and found.decided:
        details.append(("recovery", f"day {in_day(found.day)}"))
    elif found.earliest is not None:
        to = f" to {in_day(found.day)}" if found.day is not None else " or later"
        details.append(("recovery", f"day {in_day(found.earliest)}{to}"))
    here = counts.of_days(0, last)
    details.append(("counts", f"{len(here)} on {len({d for d in levels if d >= 0})} days"))
    return tuple(details)


def _with_reports(found: Found, one: Asked, reports: tuple[Report, ...]) -> Judgement:
    """A day of engraftment as the source reports it; only for the definition it may mean."""
    verdicts: dict[str, str] = {}
    for report in reports:
        named = (report.finding.standard or "").lower()
        if report.denied or (
            one.book.standard.split("-")[0] not in (named.split("-")[0] or "astct")
        ):
            continue
        day = reported_day(report)
        fits = day is None or _fits(found.recovery, day)
        verdicts[report.finding.id] = "engrafted" + (
            f": day {in_day(day)}" if day is not None else ""
        )
        if not fits:
            return as_reported(found.said, verdicts, ())
    return as_reported(found.said, verdicts, None) if verdicts else found.said


def reported_day(report: Report) -> int | None:
    """The day of engraftment as the value says it, else the finding's own day."""
    match = _DAY.search((report.finding.value or "").strip())
    if match:
        return int(match[1] or match[2])
    return report.days.single if report.finding.date is not None else None


def _fits(found: Recovery | None, day: int) -> bool:
    """Whether the counts leave the reported day possible."""
    if found is None or found.nadir is None:
        return True
    if found.earliest is None or day < found.earliest:
        return False
    return found.day is None or day <= found.day
