"""What lies after death or the last contact; age against birth."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.age import completed_years
from residua.course.course import Course
from residua.facts.assessment import Assessment
from residua.facts.day import Span
from residua.facts.finding import Event
from residua.facts.laboratory import Lab, Transgene, Vital
from residua.facts.mrd import MrdReading
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.consistency.slip import slip
from residua.judgements.judgement import Judgement

DONE = (
    Treatment, Transplant, CellInfusion, Assessment, MrdReading, Lab, Vital, Transgene, Support,
)  # fmt: skip


def dates(course: Course) -> Iterator[Judgement]:
    """Every fact whose date cannot be; what is certain by the order the reader refuses itself."""
    yield from _after_the_end(course)
    yield from _age(course)


def _certainly_before(one: Span, other: Span) -> bool:
    return one.latest is not None and other.earliest is not None and one.latest < other.earliest


def _after_the_end(course: Course) -> Iterator[Judgement]:
    """What was done after death, or after the last contact that the record states."""
    for item, event in course.of(Event):
        if event.kind not in ("death", "last contact") or not item.dated:
            continue
        name = "after-death" if event.kind == "death" else "after-last-contact"
        for later, _ in course.of(*DONE):
            if later.dated and _certainly_before(item.span, later.span):
                yield slip(
                    course, name, later.id, f"it lies after {event.kind} ({event.id})",
                    facts=(event.id,), term=f"dates-{event.id}",
                )  # fmt: skip


def _age(course: Course) -> Iterator[Judgement]:
    """Whole years between birth and diagnosis, as far as partial dates tell."""
    patient, diagnosis = course.case.patient, course.case.diagnosis
    if not (patient and diagnosis and patient.birth and diagnosis.date):
        return
    stated = patient.age_at_diagnosis
    born, found = patient.birth.span, diagnosis.date.span
    years = completed_years(born, found)
    if stated is None or stated.unit != "a" or years.shortest is None or years.longest is None:
        return
    age, comparator = int(stated.value), stated.comparator[:1]
    below = age < years.shortest and comparator != ">"
    above = age > years.longest and comparator != "<"
    if below or above:
        reason = "birth and diagnosis give another age than the one stated"
        yield slip(course, "age-against-birth", patient.id, reason, facts=(diagnosis.id,))
