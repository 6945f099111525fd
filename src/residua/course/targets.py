"""Which antigens therapy has aimed at, by which course, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, duration
from residua.course.placing import Placed
from residua.facts.day import Span
from residua.facts.drug_names import targeted_drug
from residua.facts.treatment import CellInfusion, Drug, Treatment

NOT_GIVEN = ("planned", "held", "omitted")


@dataclass(frozen=True)
class Targeting:
    """A therapy aimed at ``marker``; ``last`` is the day of its last dose, where known."""

    marker: str
    therapy: str
    treatment: str
    first: Span
    last: Span | None


def targeting(course: Course) -> tuple[Targeting, ...]:
    """Every antigen-directed therapy in the order of the course."""
    found: list[Targeting] = []
    for item in course.placed:
        if isinstance(item.fact, Treatment):
            found += [t for drug in item.fact.drugs if (t := _by_drug(item, drug))]
        elif isinstance(item.fact, CellInfusion) and item.fact.kind == "car-t":
            name = item.fact.product or "CAR-T cells"
            found += [Targeting(m, name, item.id, item.span, item.span) for m in item.fact.target]
    return tuple(found)


def _by_drug(item: Placed, drug: Drug) -> Targeting | None:
    known = targeted_drug(drug.name)
    if known is None or drug.status in NOT_GIVEN:
        return None
    last = item.span.shifted(max(drug.days) - 1) if drug.days and item.dated else item.end
    return Targeting(known.target, known.name, item.id, item.span, last)


def targeted_before(course: Course, day: Span, *, position: int | None = None) -> tuple[str, ...]:
    """Markers that therapy aimed at on or before `day`, sorted."""
    return tuple(
        sorted({t.marker for t in targeting(course) if _may_precede(course, t, day, position)})
    )


def _may_precede(course: Course, therapy: Targeting, day: Span, position: int | None) -> bool:
    if position is not None:
        return course.position[therapy.treatment] < position
    start = therapy.first.earliest
    return start is not None and day.latest is not None and start <= day.latest


def days_since(therapy: Targeting, day: Span) -> tuple[int | None, int | None]:
    """Fewest and most days from the last dose to `day`; None where not known."""
    if therapy.last is None:
        return (None, None)
    since = duration(therapy.last, day)
    return (since.shortest, since.longest)
