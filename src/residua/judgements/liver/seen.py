"""One statement of the record about a sign of the liver, and statements made by findings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.finding import Finding
from residua.judgements.liver.episode import Episode, Where, began_before, where
from residua.judgements.liver.words import above_baseline, is_present, number_of, signs_of
from residua.standards.truth import Given

UNITS = {"weight_gain": "%", "hvpg": "mm[Hg]"}
"""Signs of which a finding may state the number."""


@dataclass(frozen=True)
class Seen:
    """What the record states: of which fact, on which days, in words.

    ``given`` None says that the fact leaves it open; ``general`` that it is an undated denial.
    """

    where: Where
    given: Given
    fact: str
    text: str
    days: int = 1
    general: bool = False

    @property
    def exact(self) -> bool:
        """Whether its day is known."""
        return self.where.exact and not self.general


def by_findings(course: Course, episode: Episode, sign: str) -> tuple[Seen, ...]:
    """What findings say of a sign within an episode."""
    return tuple(_by_findings(course, episode, sign))


def _by_findings(course: Course, episode: Episode, sign: str) -> Iterator[Seen]:
    for item, finding in course.of(Finding):
        place = where(course, episode, item.id)
        if place is None or sign not in signs_of(finding):
            continue
        given = _given(finding, sign)
        undated = not place.exact and place.hi is None and is_present(finding) is False
        general = undated and _of_the_episode(course, episode, finding)
        if undated and not general:
            given = None  # it may speak of another time
        yield Seen(place, given, item.id, _text(finding), _length(item), general)
        if finding.end is not None and place.exact and is_present(finding):
            ended = Where(place.lo + _length(item), place.lo + _length(item), place.inside)
            yield Seen(ended, False, item.id, f"{finding.term} ended")


def _of_the_episode(course: Course, episode: Episode, finding: Finding) -> bool:
    """Whether an undated denial is of this episode: said to be, or after it and before the next."""
    ordered = episode.id in course.predecessors[finding.id]
    alone = began_before(course, episode.following, finding.id) is False
    return finding.attribution == episode.id or (ordered and alone)


def _given(finding: Finding, sign: str) -> Given:
    present = is_present(finding)
    if sign in UNITS:
        number = number_of(finding, UNITS[sign])
        if number is not None and present is not False:
            return number
        return False if present is False else None
    return present


def _length(item: Placed) -> int:
    """Days from the first to the last day of a finding, one where the record does not tell."""
    if item.end is None or not (item.span.exact and item.end.exact):
        return 1
    assert item.end.latest is not None  # exact
    assert item.span.earliest is not None
    return max((item.end.latest - item.span.earliest).days + 1, 1)


def _text(finding: Finding) -> str:
    value = f" {finding.value}" if finding.value else ""
    return f"{finding.term}{value}" if is_present(finding) is not False else f"no {finding.term}"


def new_findings(course: Course, episode: Episode, sign: str) -> tuple[Seen, ...]:
    """What findings say of a sign that counts only above what there was before day 0."""
    before = _was_there_before(course, episode, sign)
    said = {f.id: above_baseline(f) for _, f in course.of(Finding)}
    return tuple(
        one if one.given is not True or not before or said[one.fact] else _open(one)
        for one in by_findings(course, episode, sign)
    )


def _was_there_before(course: Course, episode: Episode, sign: str) -> bool:
    """Whether the record has the sign before the episode, or may have."""
    position = course.position[episode.id]
    return any(
        sign in signs_of(finding) and is_present(finding)
        for item, finding in course.of(Finding)
        if where(course, episode, item.id) is None and course.position[item.id] < position
    )


def _open(one: Seen) -> Seen:
    return Seen(one.where, None, one.fact, one.text, one.days)
