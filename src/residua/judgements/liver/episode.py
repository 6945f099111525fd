"""What SOS/VOD is looked for after: every transplant, every course of inotuzumab ozogamicin.

Day 0 of a transplant is its day, day 0 of inotuzumab ozogamicin its last dose. An episode ends
where the next one begins, and after inotuzumab ozogamicin with the window of 56 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from residua.course.course import Course, Range
from residua.course.elapsed import Anchored, anchored, days_between
from residua.course.lab_series import days_after
from residua.course.placing import Placed
from residua.course.targets import NOT_GIVEN
from residua.facts.drug_names import targeted_drug
from residua.facts.quantity import Quantity
from residua.facts.treatment import Drug, Transplant, Treatment
from residua.judgements.ino import INO
from residua.standards.rulebook import load

WINDOW = "vod_after_ino"


@dataclass(frozen=True)
class Episode:
    """One setting; days count from ``zero`` (None where it is not known).

    ``first`` is the first day of the window, ``last`` the last one, where it is limited.
    """

    item: Placed
    kind: Literal["transplant", "ino"]
    zero: Anchored | None
    first: int
    last: int | None
    following: Episode | None = None

    @property
    def id(self) -> str:
        """The id of the transplant or treatment."""
        return self.item.id

    @property
    def begins(self) -> int:
        """The first day after its own first day that belongs to it."""
        return 0 if self.kind == "transplant" else 1


@dataclass(frozen=True)
class Where:
    """The days of an episode on which a fact may lie; ``inside`` where it certainly does."""

    lo: int
    hi: int | None
    inside: bool

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.lo == self.hi


def episodes(course: Course) -> tuple[Episode, ...]:
    """Every episode in the order of the course."""
    found: list[Episode] = []
    for item in reversed(course.placed):
        following = found[0] if found else None
        if isinstance(item.fact, Transplant):
            zero = anchored(course, item.id)
            found.insert(0, Episode(item, "transplant", zero, 0, None, following))
        elif isinstance(item.fact, Treatment) and (doses := _doses(item.fact)) is not None:
            found.insert(0, _after_ino(course, item, doses, following))
    return tuple(found)


def _doses(treatment: Treatment) -> tuple[int, ...] | None:
    """The days of the doses of the drug, none where one is not stated; None: it is not given."""
    rows = [drug for drug in treatment.drugs if _is_ino(drug) and drug.status not in NOT_GIVEN]
    if not rows:
        return None
    return tuple(day for d in rows for day in d.days) if all(d.days for d in rows) else ()


def _is_ino(drug: Drug) -> bool:
    known = targeted_drug(drug.name)
    return known is not None and known.name == INO


def _after_ino(
    course: Course, item: Placed, doses: tuple[int, ...], following: Episode | None
) -> Episode:
    limit = load(WINDOW)["by-day-56"].limit
    assert isinstance(limit, Quantity)
    last = int(limit.to("d").value)
    if not doses:
        return Episode(item, "ino", None, 1, last, following)
    begin, length = anchored(course, item.id), max(doses) - 1
    zero = Anchored(begin.root, begin.offset + length)
    return Episode(item, "ino", zero, 1 - length, last, following)


def days_in(course: Course, episode: Episode, fact_id: str) -> Range:
    """Days from day 0 to the fact."""
    if episode.zero is None:
        return Range(None, None)
    return days_between(course, episode.zero, anchored(course, fact_id))


def where(course: Course, episode: Episode, fact_id: str) -> Where | None:
    """Where a fact lies in an episode; None where it certainly lies outside."""
    after = episode.id in course.predecessors[fact_id]
    if fact_id in course.predecessors[episode.id]:
        return None
    days = days_in(course, episode, fact_id)
    low = max(days.shortest, episode.first) if days.shortest is not None else episode.first
    if days.longest is not None and days.longest < episode.first:
        return None
    if episode.last is not None and days.shortest is not None and days.shortest > episode.last:
        return None
    next_begun = began_before(course, episode.following, fact_id)
    if next_begun:
        return None
    begun = after or (days.shortest is not None and days.shortest >= episode.first)
    ended = episode.last is not None and (days.longest is None or days.longest > episode.last)
    return Where(low, days.longest, begun and not ended and next_begun is False)


def began_before(course: Course, episode: Episode | None, fact_id: str) -> bool | None:
    """Whether an episode began before a fact; None where the record does not tell."""
    if episode is None or fact_id in course.predecessors[episode.id]:
        return False
    days = days_after(course, episode.id, fact_id)
    if episode.id in course.predecessors[fact_id]:
        return True
    if days.shortest is not None and days.shortest >= episode.begins:
        return True
    return False if days.longest is not None and days.longest < episode.begins else None


def followed_to(course: Course, episode: Episode) -> int | None:
    """The last day of the episode that the record reaches; None where no day is known."""
    reached = [
        days.shortest
        for item in course.days
        if (days := days_in(course, episode, item.id)).shortest is not None
    ]
    if not reached:
        return None
    limits = [max(reached)] + ([episode.last] if episode.last is not None else [])
    if episode.following is not None:
        begin = days_in(course, episode, episode.following.id).shortest
        limits += [begin + episode.following.begins - 1] if begin is not None else []
    return min(limits)
