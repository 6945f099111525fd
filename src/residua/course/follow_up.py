"""What ends the follow-up after an infusion or transplant, and on which day it may have been."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from residua.course.course import Course, Range
from residua.course.daily_counts import days_allowed
from residua.course.placing import Placed
from residua.course.relapse_words import says_relapse
from residua.facts.assessment import Assessment
from residua.facts.finding import Event
from residua.facts.treatment import CellInfusion, Transplant, Treatment

Kind = Literal["death", "last contact", "progression", "next therapy", "next transplant"]


_LAST: tuple[Kind, ...] = ("death", "last contact")
"""After these nothing else is recorded, whatever the order of the rows of their day."""


@dataclass(frozen=True)
class Cut:
    """The fact that ends the follow-up, and how many days after the start it lies.

    ``certain`` is False where it may as well lie before the start.
    """

    id: str
    kind: Kind
    days: Range
    certain: bool = True


@dataclass(frozen=True)
class End:
    """A last day of a window; ``cut`` ends it there, None where it runs its full length."""

    last: int
    cut: Cut | None = None


def cuts_after(course: Course, start: str) -> tuple[Cut, ...]:
    """Deaths, last contacts, relapses and therapies that lie, or may lie, after `start`."""
    before = {start, *course.predecessors[start]}
    asked = [(item, kind) for item in course.placed if (kind := _kind(item)) is not None]
    found = (_cut(course, start, item, kind) for item, kind in asked if item.id not in before)
    return tuple(cut for cut in found if cut is not None)


def _cut(course: Course, start: str, item: Placed, kind: Kind) -> Cut | None:
    """None where it lies before. What lies on the day of the start counts by its place."""
    days = days_allowed(course, start, item.id)
    later = course.position[item.id] > course.position[start]
    if days == Range(0, 0):
        return Cut(item.id, kind, days) if later or kind in _LAST else None
    if days.longest is not None and days.longest < 0:
        return None
    low = days.shortest
    certain = start in course.predecessors[item.id] or (low is not None and low >= 0)
    return Cut(item.id, kind, Range(max(0, low or 0), days.longest), certain)


def _kind(item: Placed) -> Kind | None:
    match item.fact:
        case Event(kind="death"):
            return "death"
        case Event(kind="last contact"):
            return "last contact"
        case Event(kind="relapse reported" | "progression"):
            return "progression"
        case Assessment() as assessment if says_relapse(assessment.response_reported or ""):
            return "progression"
        case Transplant():
            return "next transplant"
        case Treatment() | CellInfusion():
            return "next therapy"
    return None


def possible_ends(cuts: Iterable[Cut], kinds: Iterable[Kind], last: int) -> tuple[End, ...]:
    """Every last day that a window to day `last` may have had, from the earliest.

    One day where the dates are exact. The latest last contact is the one that counts.
    """
    asked = set(kinds)
    listed = [cut for cut in cuts if cut.kind in asked]
    contacts = [cut for cut in listed if cut.kind == "last contact"]
    listed = [cut for cut in listed if cut.kind != "last contact" or cut is contacts[-1]]
    if not listed:
        return (End(last),)
    first = min(listed, key=lambda cut: cut.days.shortest or 0)
    earliest = max(0, first.days.shortest or 0)
    known = [c.days.longest for c in listed if c.certain and c.days.longest is not None]
    latest = min(known, default=last + 1)
    ends = [End(day, first) for day in range(earliest, min(latest, last) + 1)]
    return tuple(ends) if latest <= last else (*ends, End(last))
