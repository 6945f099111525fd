"""Which antigens therapy has aimed at, by which course, and until when."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
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
