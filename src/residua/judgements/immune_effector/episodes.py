"""The episodes of CRS or ICANS after an infusion, and what the source reports of each.

One infusion has one episode of each, unless the record itself reports a second one that began
after the stated end of the first.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from residua.course.course import Course, Range
from residua.course.placing import Placed
from residua.facts.finding import Finding
from residua.judgements.immune_effector.belonging import belonging, car_t_infusions
from residua.judgements.immune_effector.signs import Sign, end_of
from residua.judgements.immune_effector.understood import plain, syndrome_of


@dataclass(frozen=True)
class Reported:
    """A finding of the syndrome itself; ``grade`` None where none is stated, 0 where absent."""

    fact: str
    text: str
    grade: int | None
    present: bool | None
    standard: str
    version: str
    value: str
    days: Range
    end: Range | None

    @property
    def quotation(self) -> str:
        """The report in words, with the scale where it names one."""
        named = f" {self.version}" if self.version else ""
        scale = f" under {self.standard}{named}" if self.standard else ", scale not stated"
        said = f"{self.text} of grade {self.grade}" if self.grade is not None else self.text
        said = f"no {self.text}" if self.present is False else said
        return f"the source reports {said}{scale if self.grade is not None else ''}"


@dataclass(frozen=True)
class Episode:
    """One episode: its number from 1, what is reported of it and its signs."""

    number: int
    reports: tuple[Reported, ...]
    signs: tuple[Sign, ...]


def episodes_of(
    course: Course, infusion: str, syndrome: str, signs: tuple[Sign, ...]
) -> tuple[Episode, ...]:
    """The episodes of a syndrome in order; at least one, which may be empty."""
    groups = _grouped(_reports(course, infusion, syndrome))
    starts = [_start(group) for group in groups[1:]]
    return tuple(
        Episode(place + 1, tuple(group), _within(signs, starts, place))
        for place, group in enumerate(groups)
    )


def _reports(course: Course, infusion: str, syndrome: str) -> list[Reported]:
    found: list[Reported] = []
    for item, finding in course.of(Finding):
        if syndrome_of(finding.term) != syndrome:
            continue
        where = belonging(course, infusion, finding)
        if where.belongs == "yes" or (
            where.belongs == "perhaps" and _only_here(course, item, infusion)
        ):
            found.append(_reported(course, infusion, item, finding, where.days))
    return found


def _only_here(course: Course, item: Placed, infusion: str) -> bool:
    """Whether a dated report fits this CAR-T infusion alone, though its date is not exact."""
    return item.dated and not any(
        belonging(course, other.id, item.fact).belongs != "no"
        for other in car_t_infusions(course)
        if other.id != infusion
    )


def _reported(
    course: Course, infusion: str, item: Placed, finding: Finding, days: Range
) -> Reported:
    absent = finding.present is False
    return Reported(
        fact=item.id,
        text=finding.term,
        grade=0 if absent else finding.grade_reported,
        present=finding.present,
        standard=plain(finding.standard or "").replace(" ", "-"),
        version=finding.version or "",
        value=finding.value or "",
        days=days if days.shortest is None else Range(max(days.shortest, 0), days.longest),
        end=end_of(course, infusion, item),
    )


def _grouped(reports: list[Reported]) -> list[list[Reported]]:
    """Reports of one episode together; a denial or a report without a day joins the first."""
    groups: list[list[Reported]] = [[]]
    for report in sorted(reports, key=lambda r: r.days.shortest or 0):
        ends = [r.end.longest if r.end else None for r in groups[-1]]
        known = [end for end in ends if end is not None]
        after = report.days.shortest is not None and len(known) == len(ends) > 0
        if after and report.present is not False and (report.days.shortest or 0) > max(known):
            groups.append([report])
        elif report.days.shortest is None:
            groups[0].append(report)
        else:
            groups[-1].append(report)
    return groups


def _start(group: Iterable[Reported]) -> int:
    return min(report.days.shortest or 0 for report in group)


def _within(signs: tuple[Sign, ...], starts: list[int], place: int) -> tuple[Sign, ...]:
    """The signs of one of several episodes; one of unstated day may be of any of them."""
    found: list[Sign] = []
    for sign in signs:
        low, high = (_episode_at(day, starts) for day in (sign.days.shortest, sign.days.longest))
        first = 0 if low is None else low
        last = len(starts) if high is None else high
        if first <= place <= last:
            found.append(sign if first == last else replace(sign, sure=False))
    return tuple(found)


def _episode_at(day: int | None, starts: list[int]) -> int | None:
    return None if day is None else sum(day >= start for start in starts)
