"""Blasts and counts of an occasion, each with the facts that state it.

Blood is never read as marrow. A morphological blast count whose tissue is not stated is read
as of marrow, and the judgement says so; other readings without tissue are read as neither.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import get_args

from residua.course.course import Course
from residua.course.occasions import Occasion, days_apart
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen, Tissue
from residua.standards.truth import Given

TISSUE_NOTE = "tissue not stated: read as marrow (Residua's choice)"


@dataclass(frozen=True)
class Stated:
    """What the record states of one quantity, by which facts, with what must be said of it."""

    given: Given = None
    facts: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


UNSTATED = Stated()


def tissue_of(fact: Fact, case: Case) -> str | None:
    """The tissue of a reading: its own, its specimen's or its assessment's; None if not stated."""
    own = getattr(fact, "tissue", None)
    name = getattr(fact, "specimen", None)
    drawn = next((s.tissue for s in case.of(Specimen) if s.id == name), None)
    named = name if name in get_args(Tissue) else None
    of = next((a for a in case.of(Assessment) if a.id == fact.assessment != fact.id), None)
    return own or drawn or named or (tissue_of(of, case) if of else None)


def is_marrow(fact: Assessment | MrdReading, case: Case) -> bool:
    """Whether a reading is of marrow, or by convention counts as such."""
    tissue = tissue_of(fact, case)
    by_convention = isinstance(fact, MrdReading) or fact.kind == "morphology"
    return tissue == "marrow" or (tissue is None and by_convention)


def marrow_blasts(course: Course, occasion: Occasion) -> Stated:
    """Every marrow reading of the occasion, and what contradicts one of them."""
    own = [a for a in occasion.of(Assessment) if a.blasts and is_marrow(a, course.case)]
    rivals = [course.by_id[i].fact for a in own for i in course.conflicts_of(a.id)]
    rivals = [f for f in rivals if tissue_of(f, course.case) != "blood"]
    readings = [*own, *(f for f in rivals if isinstance(f, Assessment) and f not in own)]
    stated = all(tissue_of(a, course.case) for a in own)
    values = [a.blasts for a in readings if a.blasts]
    return _stated(values, [a.id for a in readings], () if stated else (TISSUE_NOTE,))


def blood_blasts(course: Course, occasion: Occasion) -> Stated:
    """Blasts in blood by smear, flow or the blood count."""
    smears = [
        a for a in occasion.of(Assessment) if a.blasts and tissue_of(a, course.case) == "blood"
    ]
    labs = _nearest(course, occasion, "blasts")
    values = [a.blasts for a in smears if a.blasts]
    values += [_as_fraction(lab.value) for lab in labs if lab.value]
    return _stated(values, [*(a.id for a in smears), *(lab.id for lab in labs)])


def _as_fraction(value: Quantity) -> Quantity:
    """A count above zero says only that the fraction is above zero; a bound says nothing."""
    if value.kind == "fraction":
        return value
    if "<" in value.comparator:
        return Quantity(Decimal(0), "1", ">=")
    above = value.value or value.comparator == ">"
    return Quantity(Decimal(0), "1", ">" if above else value.comparator)


def count(course: Course, occasion: Occasion, analyte: str) -> Stated:
    """A blood count: the values nearest to the occasion, several where they differ."""
    labs = [
        lab
        for lab in _nearest(course, occasion, analyte)
        if lab.value and lab.value.kind == "count concentration"
    ]
    return _stated([lab.value for lab in labs if lab.value], [lab.id for lab in labs])


def _nearest(course: Course, occasion: Occasion, analyte: str) -> list[Lab]:
    """The values of blood, or of no stated tissue, that lie nearest to the occasion."""
    found: list[tuple[int, Lab]] = []
    for placed in occasion.facts:
        lab = placed.fact
        if not isinstance(lab, Lab) or lab.analyte != analyte:
            continue
        if tissue_of(lab, course.case) in (None, "blood"):
            apart = 0 if lab.assessment else days_apart(placed, occasion.main)
            found.append((apart or 0, lab))
    closest = min((apart for apart, _ in found), default=0)
    return [lab for apart, lab in found if apart == closest]


def extramedullary(course: Course, occasion: Occasion) -> Stated:
    """Whether extramedullary disease is stated as present or as none.

    Blasts in the cerebrospinal fluid contradict a "none".
    """
    known = {"none": False, "present": True}
    found = [a for a in occasion.of(Assessment) if a.extramedullary in known]
    values = dict.fromkeys(known[str(a.extramedullary)] for a in found)
    fluid = [a for a in occasion.of(Assessment) if found and _blasts_in_csf(a, course.case)]
    told = tuple(values | dict.fromkeys(True for _ in fluid))
    given: Given = told if len(told) > 1 else told[0] if told else None
    return Stated(given, tuple(dict.fromkeys(a.id for a in (*found, *fluid))))


def _blasts_in_csf(fact: Assessment, case: Case) -> bool:
    fluid = fact.kind == "csf" or tissue_of(fact, case) == "csf"
    return bool(fluid and fact.blasts and fact.blasts.value and "<" not in fact.blasts.comparator)


def _stated(values: list[Quantity], facts: list[str], notes: tuple[str, ...] = ()) -> Stated:
    different = tuple({(v.number, v.comparator): v for v in values}.values())
    if not different:
        return UNSTATED
    if len(different) == 1:
        return Stated(different[0], tuple(facts), notes)
    return Stated(different, tuple(facts), (*notes, "readings in conflict"))
