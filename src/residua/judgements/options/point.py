"""A decision point: what was known when the options were weighed, and how old it was.

Nothing later than the point is used, and nothing is carried on silently: a value older than its
look-back (Residua's choice, in conventions.toml) is told with its date and decides nothing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from residua.course.before import therapies_before
from residua.course.course import Course, Range
from residua.course.elapsed import anchored, days_between
from residua.course.occasions import Occasion, occasions
from residua.course.placing import Placed
from residua.facts.finding import Decision
from residua.facts.quantity import Quantity
from residua.judgements.axis import axis_of
from residua.judgements.judgement import Judgement
from residua.standards.rulebook import load
from residua.standards.truth import settled

RELAPSES = ("haematological relapse", "MRD relapse", "molecular relapse")
BLOOD, STATE = "option-look-back-blood", "option-look-back-state"
Said = tuple[Judgement, ...]


@dataclass(frozen=True)
class Point:
    """When options were weighed: at a recorded decision, or at a relapse without one.

    ``at`` is what was decided at, ``now`` the fact whose day counts, ``occasion`` what was
    looked for there; ``decision`` is None for a relapse without a recorded decision.
    """

    course: Course
    said: Said
    subject: str
    at: Placed
    now: Placed
    occasion: Occasion | None
    decision: Decision | None

    def here(self, item: Placed) -> bool:
        """Whether a fact belongs to what was decided at."""
        if self.at.id in (item.id, item.fact.assessment):
            return True
        return self.occasion is not None and item.fact.assessment == self.occasion.main.id

    def before(self, item: Placed) -> bool | None:
        """Whether a fact was known by then; None where the record does not tell."""
        if self.here(item) or item.id in self.course.predecessors[self.now.id]:
            return True
        if self.now.id in self.course.predecessors[item.id]:
            return False
        ago = self.age(item)
        if ago.shortest is not None and ago.shortest >= 0:
            return True
        return False if ago.longest is not None and ago.longest < 0 else None

    def age(self, item: Placed) -> Range:
        """How long before the point a fact was; 0 days for what belongs to it."""
        if self.here(item):
            return Range(0, 0)
        course = self.course
        return days_between(course, anchored(course, item.id), anchored(course, self.now.id))

    def fresh(self, item: Placed, look_back: str) -> bool | None:
        """Whether a fact known by then lies within a look-back; None where no date tells."""
        ago = self.age(item)
        if ago.longest is None or ago.shortest is None:
            return None
        days = tuple(Quantity.parse(f"{max(d, 0)} d") for d in (ago.shortest, ago.longest))
        return settled(load("conventions")[look_back], days)

    @property
    def therapies(self) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
        """Therapies that began before the point, and those that may have."""
        return therapies_before(self.course, self.now)

    def words_here(self, *axes: str) -> frozenset[str]:
        """The verdict words on what was decided at, without their detail; of some axes or all."""
        subjects = {self.at.id, self.subject}
        if self.occasion is not None:
            subjects |= {self.occasion.subject, *self.occasion.same_day}
        return frozenset(
            _word(judgement)
            for judgement in self.said
            if judgement.subject in subjects
            and judgement.verdict
            and (not axes or axis_of(judgement) in axes)
        )


def decision_points(course: Course, said: Said) -> tuple[Point, ...]:
    """Every recorded decision, and every relapse at which none is recorded, in their order."""
    window = int(load("conventions")["count-window"].limit_number)
    listed = occasions(course, count_window_days=window)
    found = [*_recorded(course, said, listed)]
    covered = {name for point in found for name in _names(point)}
    found += _relapses(course, said, listed, covered)
    return tuple(sorted(found, key=lambda point: course.position[point.at.id]))


def relapses_until(point: Point) -> tuple[tuple[str, str], ...]:
    """Subject and word of every relapse up to the point, one for each occasion."""
    position = point.course.position
    words: dict[str, set[str]] = {}
    for judgement in point.said:
        if _word(judgement) in RELAPSES and judgement.subject in position:
            words.setdefault(judgement.subject, set()).add(_word(judgement))
    last = position[point.at.id]
    return tuple(
        (subject, next(word for word in RELAPSES if word in words[subject]))
        for subject in sorted(words, key=position.__getitem__)
        if position[subject] <= last
    )


def _recorded(course: Course, said: Said, listed: tuple[Occasion, ...]) -> Iterator[Point]:
    for item, decision in course.of(Decision):
        at = course.by_id.get(decision.at or "", item)
        now = item if item.dated else at
        yield Point(course, said, decision.id, at, now, _occasion(at, listed), decision)


def _relapses(
    course: Course, said: Said, listed: tuple[Occasion, ...], covered: set[str]
) -> Iterator[Point]:
    relapsed = {judgement.subject for judgement in said if _word(judgement) in RELAPSES}
    for occasion in listed:
        names = {occasion.subject, occasion.main.id, *occasion.same_day}
        if occasion.subject in relapsed and not names & covered:
            covered |= names
            main = occasion.main
            yield Point(course, said, occasion.subject, main, main, occasion, None)


def _names(point: Point) -> set[str]:
    names = {point.at.id}
    if point.occasion is not None:
        names |= {point.occasion.subject, point.occasion.main.id, *point.occasion.same_day}
    return names


def _occasion(at: Placed, listed: tuple[Occasion, ...]) -> Occasion | None:
    """The occasion of a fact: its own, or the one that it belongs to."""
    own = (o for o in listed if at.id in (o.main.id, o.subject))
    part = (o for o in listed if at.id in {p.id for p in o.facts})
    return next(own, None) or next(part, None)


def _word(judgement: Judgement) -> str:
    return (judgement.verdict or "").split(":", 1)[0]
