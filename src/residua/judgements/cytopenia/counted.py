"""What judgements of counts share: the base, levels of days, support, and reports of a source."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from residua.course.course import Course, Range
from residua.course.daily_counts import DailyCounts, may_lie
from residua.course.lab_series import days_after
from residua.course.placing import Placed, own_day
from residua.facts.finding import Finding
from residua.judgements.judgement import Judgement
from residua.judgements.unjudged import Edition, unjudged
from residua.standards.count_level import Level, level_of, lowest


def base(item: Placed, book: Edition, term: str) -> Judgement:
    """A judgement of an infusion or transplant that says nothing yet."""
    said = unjudged(book, item.id, term, day=own_day(item.fact), span=item.span)
    return replace(said, facts=(item.id,))


def levels_of(counts: DailyCounts, last: int | None = None) -> dict[int, Level]:
    """Day -> the lowest count of that day, to day `last`."""
    return {
        day: lowest(level_of(point.value) for point in points)
        for day, points in counts.by_day.items()
        if last is None or day <= last
    }


@dataclass(frozen=True)
class Report:
    """A finding of the source on counts after an infusion or transplant, as days from it."""

    finding: Finding
    days: Range

    @property
    def denied(self) -> bool:
        """Whether the source says that it was not there."""
        return self.finding.present is False


def reports_of(
    course: Course, item: Placed, term: re.Pattern[str], last: int | None
) -> tuple[Report, ...]:
    """Findings whose term fits, that belong to `item` or may lie within `last` days of it.

    None for `last`: at any time after it.
    """
    found: list[Report] = []
    for _, finding in course.of(Finding):
        if not term.search(finding.term.lower()):
            continue
        days = days_after(course, item.id, finding.id)
        tied = item.id in (finding.attribution, finding.after, finding.assessment)
        until = days.shortest or 0 if last is None else last
        if tied or (days != Range(None, None) and may_lie(days, 0, until)):
            found.append(Report(finding, days))
    return tuple(found)


def as_reported(
    said: Judgement, verdicts: Mapping[str, str], possible: Iterable[str] | None
) -> Judgement:
    """The judgement with what the source reports: finding id -> verdict.

    A report stands where nothing is computed and what is known leaves it `possible` (None: all
    is); what differs from a computed verdict is noted.
    """
    words = set(verdicts.values())
    against = tuple(f"the source reports {verdict!r}" for verdict in sorted(words))
    if said.outcome == "verdict":
        differing = [note for note, word in zip(against, sorted(words), strict=True)
                     if word != said.verdict]  # fmt: skip
        return replace(said, notes=(*said.notes, *differing))
    open_to = possible is None or words <= set(possible)
    if said.outcome != "not assessable" or len(words) != 1 or not open_to:
        return replace(said, notes=(*said.notes, *against))
    return replace(
        said, outcome="verdict", basis="reported", verdict=words.pop(),
        reason=f"as reported; {said.reason}", facts=(*said.facts, *verdicts),
    )  # fmt: skip
