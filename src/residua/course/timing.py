"""How long after its milestones an event lies, and which treatments overlap.

Partial dates give ranges; an overlap is `certain` where every date that is possible gives one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from residua.course.course import Course, Range
from residua.course.elapsed import anchored, days_between
from residua.course.placing import Placed
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.patient import Diagnosis
from residua.facts.treatment import CellInfusion, Transplant, Treatment


@dataclass(frozen=True)
class Since:
    """The time from a milestone to an event."""

    milestone: str
    days: Range


@dataclass(frozen=True)
class Overlap:
    """Another treatment of the same days."""

    treatment: str
    certain: bool


def since_milestones(course: Course, fact_id: str) -> tuple[Since, ...]:
    """From the latest diagnosis, transplant, cell infusion and relapse before it, if dated."""
    place = course.position[fact_id]
    latest: dict[str, Placed] = {}
    for item in course.placed[:place]:
        kind = _milestone(item.fact)
        if kind is not None:
            latest[kind] = item
    found = (
        Since(item.id, days_between(course, anchored(course, item.id), anchored(course, fact_id)))
        for item in latest.values()
    )
    return tuple(since for since in found if since.days.shortest is not None)


def _milestone(fact: Fact) -> str | None:
    if isinstance(fact, CellInfusion):
        return fact.kind
    if isinstance(fact, (Diagnosis, Transplant)):
        return fact.table
    if isinstance(fact, Event) and fact.kind == "relapse reported":
        return fact.kind
    return None


def overlapping(course: Course, fact_id: str) -> tuple[Overlap, ...]:
    """The treatments, transplants and infusions given on days of this one, where dates tell."""
    mine = course.by_id[fact_id]
    if not isinstance(mine.fact, (Treatment, Transplant, CellInfusion)):
        return ()
    others = course.of(Treatment, Transplant, CellInfusion)
    found = ((placed.id, _overlap(mine, placed)) for placed, _ in others if placed.id != fact_id)
    return tuple(Overlap(name, certain) for name, certain in found if certain is not None)


def _overlap(a: Placed, b: Placed) -> bool | None:
    """True where they certainly share a day, False where they may, None where not or unknown."""
    if not (a.dated and b.dated and a.end and b.end):
        return None
    starts, ends = (a.span, b.span), (a.end, b.end)
    if not all(span.known for span in (*starts, *ends)):
        return None
    if _before(ends[0].latest, starts[1].earliest) or _before(ends[1].latest, starts[0].earliest):
        return None
    late_0 = _before(ends[1].earliest, starts[0].latest)
    late_1 = _before(ends[0].earliest, starts[1].latest)
    return not (late_0 or late_1)


def _before(one: date | None, other: date | None) -> bool:
    assert one is not None  # both ends are known
    assert other is not None
    return one < other
