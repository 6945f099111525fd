"""Where a value lies among the therapies of a course: before any, or in which line of therapy."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.before import therapies_before
from residua.course.course import Course
from residua.course.placing import Placed, own_day
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact


@dataclass(frozen=True)
class Place:
    """``line`` is the id of the first therapy of the line that a value lies in, "" before any.

    ``order`` counts the lines from 1 (0: before any). ``unsure`` are therapies of another line
    of which the record does not say whether they came before.
    """

    line: str = ""
    order: int = 0
    unsure: tuple[str, ...] = ()
    at_diagnosis: bool = False

    @property
    def before_any(self) -> bool:
        """Whether the value certainly lies before every therapy."""
        return not self.line and not self.unsure


def places_of(course: Course, items: Iterable[Placed]) -> dict[str, Place]:
    """Id -> place of each item; computed once for all that are dated alike."""
    named = {name for item in course.placed for name in item.fact.refers_to.values()}
    heads = _heads(course)
    known: dict[tuple[object, ...], Place] = {}
    found: dict[str, Place] = {}
    for item in items:
        key = _key(item.fact, item.id in named)
        if key not in known:
            known[key] = _place(course, item, heads)
        found[item.id] = known[key]
    return found


def _key(fact: Fact, named: bool) -> tuple[object, ...]:
    """What decides where a fact lies: its date and links, and itself where others name it."""
    specimen = getattr(fact, "specimen", None)
    day = fact.date.text if fact.date else None
    return (day, fact.after, fact.before, fact.assessment, specimen, fact.id if named else None)


@dataclass(frozen=True)
class _Heads:
    """Therapy -> the first of its line; first of a line -> its place among them, from 1.

    ``diagnosed`` is the date of the diagnosis as stated.
    """

    of: dict[str, str]
    order: dict[str, int]
    diagnosed: str


def _heads(course: Course) -> _Heads:
    first: dict[int, str] = {}
    for line in course.lines:
        first.setdefault(line.number, line.treatment)
    of = {line.treatment: first[line.number] for line in course.lines}
    diagnosis = course.case.diagnosis
    dated = diagnosis.date.text if diagnosis and diagnosis.date else ""
    return _Heads(of, {head: place for place, head in enumerate(first.values(), 1)}, dated)


def _place(course: Course, item: Placed, heads: _Heads) -> Place:
    certain, possible = therapies_before(course, item)
    diagnosed = _at_diagnosis(course, item, heads.diagnosed)
    order = max((heads.order[heads.of[therapy.id]] for therapy in certain), default=0)
    if not order and diagnosed:
        return Place(at_diagnosis=True)
    line = next((head for head, place in heads.order.items() if place == order), "")
    unsure = tuple(t.id for t in possible if heads.order[heads.of[t.id]] > order)
    return Place(line, order, unsure, diagnosed and not order)


def _at_diagnosis(course: Course, item: Placed, diagnosed: str) -> bool:
    """Dated exactly as the diagnosis is, or of an assessment whose context is the diagnosis."""
    day = own_day(item.fact)
    if day is not None:
        return day.text == diagnosed
    home = course.by_id.get(item.fact.assessment or "")
    context = home.fact.context if home and isinstance(home.fact, Assessment) else None
    return (context or "").lower() == "diagnosis"
