"""What the record states at diagnosis: age, white cells, CNS and extramedullary disease."""

from __future__ import annotations

import re
from decimal import Decimal

from residua.course.age import completed_years
from residua.course.before import therapies_before
from residua.course.course import Course
from residua.course.lab_series import LabPoint, lab_series
from residua.course.occasions import within
from residua.course.placing import Placed
from residua.facts.assessment import Assessment
from residua.facts.patient import Diagnosis
from residua.facts.quantity import Quantity
from residua.judgements.readings import UNSTATED, Stated
from residua.standards.clinical_risk import book
from residua.standards.rulebook import load
from residua.standards.truth import UNAVAILABLE, Given, settled

_MOST_AGES = 130


def diagnosis_of(course: Course) -> tuple[Placed, Diagnosis] | None:
    """The diagnosis with its place, if it is one of lymphoblastic leukaemia."""
    found = next(iter(course.of(Diagnosis)), None)
    return found if found and lineage(found[1]) != "other" else None


def lineage(diagnosis: Diagnosis) -> str | None:
    """``B``, ``T``, ``other`` for another disease; None where the record does not tell."""
    text = f"{diagnosis.disease} {diagnosis.lineage or ''}".lower()
    if not re.search(r"\b(b-?|t-?|pre-?b-?|pro-?b-?|c)?all\b|lymphobl|lymphocytic leuk", text):
        return "other"
    own = (diagnosis.lineage or "").strip().lower()
    b = own.startswith("b") or re.search(
        r"\b(pre-?|pro-?|c-?)?b[- ]?(cell|all|lineage|lymph)", text
    )
    t = own.startswith("t") or re.search(r"\b(pre-?|pro-?)?t[- ]?(cell|all|lineage|lymph)", text)
    return None if bool(b) == bool(t) else "B" if b else "T"


def age(course: Course) -> Stated:
    """Age in completed years: as stated, or every age that birth and diagnosis allow."""
    patient, found = course.case.patient, diagnosis_of(course)
    if patient is None:
        return UNSTATED
    if patient.age_at_diagnosis is not None:
        stated = patient.age_at_diagnosis
        usable = stated if stated.kind == "calendar time" else None
        return Stated(usable, (patient.id,)) if usable else UNSTATED
    if patient.birth is None or found is None or not found[0].dated:
        return UNSTATED
    years = completed_years(patient.birth.span, found[0].span)
    low, high = years.shortest, years.longest
    if low is None or high is None or not 0 <= low <= high <= _MOST_AGES:
        return UNSTATED
    ages = tuple(Quantity(Decimal(years), "a") for years in range(low, high + 1))
    return Stated(ages[0] if len(ages) == 1 else ages, (patient.id, found[1].id))


def white_cells(course: Course) -> dict[str, Stated]:
    """The white cells at diagnosis for the limit of each lineage; the other's is not asked.

    Where the lineage is not stated, a count between both limits tells neither.
    """
    stated, found = _at_diagnosis(course), diagnosis_of(course)
    kind = lineage(found[1]) if found else None
    off = Stated(UNAVAILABLE)
    if kind is not None:
        mine, other = ("white_cells_b", "white_cells_t")[:: 1 if kind == "B" else -1]
        return {mine: stated, other: off}
    b, t = (settled(book()[rule], stated.given) for rule in ("wbc-at-least-30", "wbc-above-100"))
    note = "lineage not stated"
    known = stated if b is t else Stated(None, stated.facts, (*stated.notes, note))
    return {"white_cells_b": known, "white_cells_t": known}


def _at_diagnosis(course: Course) -> Stated:
    """The first counts of the diagnosis's days and before treatment; several where they differ."""
    found = [point for point in lab_series(course, "wbc") if _of_diagnosis(course, point.item)]
    days = [p.item.span.earliest for p in found if p.item.span.earliest]
    first = [p for p in found if p.item.span.earliest == min(days)] if days else found
    return _stated(first)


def _stated(points: list[LabPoint]) -> Stated:
    values = tuple({(p.value.number, p.value.comparator): p.value for p in points}.values())
    facts = tuple(p.id for p in points)
    if not values:
        return UNSTATED
    notes = () if len(values) == 1 else ("several white-cell counts at diagnosis",)
    given: Given = values[0] if len(values) == 1 else values
    return Stated(given, facts, notes)


def _of_diagnosis(course: Course, item: Placed) -> bool:
    """Whether a value was drawn around diagnosis and not after treatment began."""
    found = diagnosis_of(course)
    if found is None or therapies_before(course, item)[0]:
        return False
    if item.fact.assessment is not None:
        of = course.by_id[item.fact.assessment].fact
        if isinstance(of, Assessment) and _says_diagnosis(of):
            return True
    window = int(load("conventions")["count-window"].limit_number)
    place = found[0]
    near = item.dated and place.dated and item.span.overlaps(place.span)
    return near or within(item, place, window)


def _says_diagnosis(assessment: Assessment) -> bool:
    return "diagnosis" in (assessment.context or "").lower()


def cns(course: Course) -> Stated:
    """CNS3 is disease, CNS1 none, CNS2 left open; not counted where it is not stated."""
    found = diagnosis_of(course)
    word = found[1].cns if found else None
    if found is None or word in (None, "not assessed"):
        return Stated(UNAVAILABLE)
    given = {"cns1": False, "cns2": None, "cns3": True}[str(word)]
    notes = ("CNS2: groups differ on whether it counts",) if given is None else ()
    return Stated(given, (found[1].id,), notes)


def extramedullary(course: Course) -> Stated:
    """By the diagnosis or an assessment of it; both where they differ, not counted if silent."""
    known = {"none": False, "present": True}
    told: dict[str, bool] = {}
    found = diagnosis_of(course)
    if found and found[1].extramedullary in known:
        told[found[1].id] = known[str(found[1].extramedullary)]
    for item, assessment in course.of(Assessment):
        if assessment.extramedullary in known and _of_diagnosis(course, item):
            told[assessment.id] = known[str(assessment.extramedullary)]
    values = tuple(dict.fromkeys(told.values()))
    if not values:
        return Stated(UNAVAILABLE)
    return Stated(values[0] if len(values) == 1 else values, tuple(told))
