"""Which therapies the record puts before an assessment, and which it leaves open."""

from __future__ import annotations

from residua.course.course import Course
from residua.course.elapsed import anchored
from residua.course.placing import Placed
from residua.facts.treatment import CellInfusion, Transplant, Treatment

THERAPIES = (Treatment, Transplant, CellInfusion)


def therapies_before(course: Course, main: Placed) -> tuple[tuple[Placed, ...], tuple[Placed, ...]]:
    """Therapies that began before a fact, and those that may have, in the order of the course.

    What is drawn on the first day of a therapy counts as drawn before it, unless the record puts
    it ``after``.
    """
    asked = [(item, _before(course, item, main)) for item in course.therapies]
    certain = tuple(item for item, before in asked if before)
    return certain, tuple(item for item, before in asked if before is None)


def _before(course: Course, item: Placed, main: Placed) -> bool | None:
    """Whether `item` began before `main`; None where the record does not tell."""
    if item.id in course.predecessors[main.id]:
        return True
    if main.id in course.predecessors[item.id]:
        return False
    first, second = anchored(course, item.id), anchored(course, main.id)
    if first.root == second.root:
        return second.offset > first.offset
    if item.span.latest and main.span.earliest and item.span.latest < main.span.earliest:
        return True
    if item.span.earliest and main.span.latest and item.span.earliest >= main.span.latest:
        return False
    return None
