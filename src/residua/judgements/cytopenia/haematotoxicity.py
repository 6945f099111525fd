"""ICAHT and T-ICAHT after each infusion of CAR-T cells: early and late, neutrophils and platelets.

What leaves a day of the window open (partial dates, an end of follow-up of uncertain date) is
tried in every way; the grade stands where all give it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from residua.course.course import Course
from residua.course.daily_counts import DailyCounts, daily_counts
from residua.course.follow_up import Cut, End, Kind, cuts_after, possible_ends
from residua.course.placing import Placed
from residua.judgements.cytopenia.counted import as_reported, base, levels_of, reports_of
from residua.judgements.cytopenia.course_of_counts import Followed, details_of
from residua.judgements.judgement import Judgement
from residua.standards import icaht, icaht_days, t_icaht, t_icaht_days
from residua.standards.count_window import Window, in_day, in_days
from residua.standards.grade_between import between
from residua.standards.grade_book import GradeBook
from residua.standards.grading import Grading
from residua.standards.rulebook import Rulebook

_ENDED: tuple[Kind, ...] = ("death", "last contact")
_CUT: tuple[Kind, ...] = (*_ENDED, "progression", "next therapy", "next transplant")


@dataclass(frozen=True)
class Scale:
    """One phase of one standard; ``low`` is the counting rule below which a day is low."""

    book: Callable[[], GradeBook]
    counting: Callable[[], Rulebook]
    phase: str
    analyte: str
    cuts: tuple[Kind, ...]
    grade: Callable[[Window], Grading]
    low: str
    named: re.Pattern[str]

    @property
    def first(self) -> int:
        """The first day of the window."""
        return 0 if self.phase == "early" else icaht_days.days("late-from")

    @property
    def last(self) -> int:
        """The last day of a window that nothing ends."""
        return icaht_days.days(f"{self.phase}-to")


_N = re.compile(r"(?<!t-)\bicaht\b|\bn-icaht\b")
_T = re.compile(r"\bt-icaht\b")
SCALES = (
    Scale(icaht.book, icaht_days.counting, "early", "neutrophils", _ENDED,
          lambda window: icaht_days.early(window).grading, "low-500", _N),
    Scale(icaht.book, icaht_days.counting, "late", "neutrophils", _CUT,
          lambda window: icaht_days.late(window).grading, "low-500", _N),
    Scale(t_icaht.book, t_icaht_days.counting, "early", "platelets", _CUT,
          t_icaht_days.early, "low-50", _T),
    Scale(t_icaht.book, t_icaht_days.counting, "late", "platelets", _CUT,
          t_icaht_days.late, "low-100", _T),
)  # fmt: skip


def judge_infusion(course: Course, item: Placed) -> tuple[Judgement, ...]:
    """Early and late ICAHT, early and late T-ICAHT of one infusion."""
    cuts = cuts_after(course, item.id)
    counts = {name: daily_counts(course, item.id, name) for name in ("neutrophils", "platelets")}
    return tuple(_judge(course, item, scale, counts[scale.analyte], cuts) for scale in SCALES)


def _judge(
    course: Course, item: Placed, scale: Scale, counts: DailyCounts, cuts: tuple[Cut, ...]
) -> Judgement:
    book = scale.book()
    rule = scale.counting()[f"{scale.phase}-to"]
    said = replace(
        base(item, book, scale.phase),
        clause=rule.clause, cite=rule.cite, provenance=rule.provenance,
    )  # fmt: skip
    ends = possible_ends(cuts, scale.cuts, scale.last)
    windows = [w for end in ends if (w := _window(scale, counts, end)).last >= scale.first]
    if not windows:
        return _absent(said, scale, ends[0])
    perhaps = counts.perhaps_of(scale.first, scale.last)
    if perhaps or not any(window.measured for window in windows):
        found = _nothing(course, said, scale, bool(perhaps))
        return _reported(course, item, scale, found, None)
    gradings = [scale.grade(window) for window in windows if window.measured]
    lacking = dict.fromkeys(what for grading in gradings for what in grading.missing)
    late = (f"the day of {ends[0].cut.id}",) if ends[0].cut and len(ends) > 1 else ()
    grading = between(gradings, missing=(*lacking, *late))
    followed = Followed(course, item, counts, windows[-1], ends[-1].cut, scale.analyte)
    found = _with_details(_graded(said, grading), scale, followed, ends)
    return _reported(course, item, scale, found, {f"grade {g}" for g in grading.possible})


def _window(scale: Scale, counts: DailyCounts, end: End) -> Window:
    """The window to `end`: that day itself only where it has a count, if it is cut there."""
    rule = int(icaht_days.days("missing-days"))
    if end.cut is None:
        return Window(levels_of(counts), scale.first, end.last, rule)
    last = end.last if end.last in counts.by_day else end.last - 1
    return Window(levels_of(counts, end.last), scale.first, last, rule, ended=True)


def _absent(said: Judgement, scale: Scale, end: End) -> Judgement:
    what = f"{end.cut.kind} ({end.cut.id})" if end.cut else "the record ends"
    reason = f"{what} on day {in_day(end.last)}, before day {in_day(scale.first)}"
    return replace(said, outcome="does not apply", reason=reason)


def _nothing(course: Course, said: Judgement, scale: Scale, perhaps: bool) -> Judgement:
    window = in_days(range(scale.first, scale.last + 1))
    what = f"{scale.analyte.removesuffix('s')} counts of {window}"
    if not perhaps:
        reason = f"no {scale.analyte.removesuffix('s')} counts on {window} are in the record"
        return replace(said, reason=reason, missing=(what,))
    exact = course.by_id[said.subject].span.exact and course.by_id[said.subject].dated
    missing = "the days of the counts" if exact else "the day of the infusion"
    return replace(
        said, reason=f"{missing} not stated: {what} cannot be placed", missing=(missing,)
    )


def _graded(said: Judgement, grading: Grading) -> Judgement:
    found = replace(
        said, reason=grading.reason, clause=grading.clause, cite=grading.cite,
        provenance=grading.provenance, missing=grading.missing, notes=grading.readings,
    )  # fmt: skip
    if grading.grade is None:
        grades = f"grade {grading.possible[0]} to {grading.possible[-1]}"
        return replace(
            found, reason=f"{grading.reason}; {'; '.join(grading.missing)} not stated: {grades}"
        )
    return replace(found, outcome="verdict", basis="computed", verdict=f"grade {grading.grade}")


def _with_details(
    said: Judgement, scale: Scale, followed: Followed, ends: tuple[End, ...]
) -> Judgement:
    details, notes, facts = details_of(followed, scale.counting()[scale.low])
    if len(ends) > 1:
        notes = (
            *notes,
            "the day on which follow-up ended is not exact: every possible day was tried",
        )
    return replace(said, details=details, notes=(*notes, *said.notes), facts=(*said.facts, *facts))


def _reported(
    course: Course, item: Placed, scale: Scale, said: Judgement, possible: set[str] | None
) -> Judgement:
    """With the grades that the source reports of this phase."""
    found: dict[str, str] = {}
    for report in reports_of(course, item, scale.named, scale.last):
        finding, words = report.finding, report.finding.term.lower()
        grade = 0 if report.denied else finding.grade_reported
        days = report.days
        dated = (days.shortest is not None and days.shortest >= scale.first
                 and days.longest is not None and days.longest <= scale.last)  # fmt: skip
        other = "late" if scale.phase == "early" else "early"
        phase = scale.phase in words or (other not in words and (dated or report.denied))
        if grade is not None and phase:
            found[finding.id] = f"grade {grade}"
    return as_reported(said, found, possible) if found else said
