"""The history that a decision rests on: earlier therapy, salvages, age, and what is planned.

What the record holds of treatments is taken as all of them; where it holds none, nothing is
counted as zero.
"""

from __future__ import annotations

import re
from decimal import Decimal

from residua.course.age import ages_at
from residua.course.targets import targeting
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity
from residua.facts.treatment import Treatment
from residua.judgements.ino import INO
from residua.judgements.options.known import Known, dated, not_stated
from residua.judgements.options.point import Point

_PLANNED = re.compile(r"(planned|bridge to|before) (an? |the )?(allo\w*[- ]?)?(transplant|hsct)")
_AGAIN = re.compile(r"re-?induction|salvage")


def ino_treatments(point: Point) -> tuple[str, ...]:
    """Courses of inotuzumab ozogamicin of the record."""
    given = targeting(point.course)
    return tuple(dict.fromkeys(t.treatment for t in given if t.therapy == INO))


def ino_cycles(point: Point) -> Known:
    """Cycles of inotuzumab ozogamicin before the point, as the record numbers or counts them."""
    certain, maybe = point.therapies
    if not certain:
        return not_stated("earlier treatment")
    names = ino_treatments(point)
    given = [item for item in certain if item.id in names]
    possible = sum(item.id in names for item in maybe)
    numbers = [i.fact.cycle or 0 for i in given if isinstance(i.fact, Treatment)]
    count = max([len(given), *numbers])
    ids = tuple(item.id for item in (given or certain))
    words = f"{count} cycles recorded" if given else "none in the treatments recorded"
    either = tuple(Quantity(Decimal(n)) for n in (count, count + possible))
    missing = ("order of the treatments",) if possible else ()
    return Known(words, either if possible else either[0], ids, missing)


def prior_cd19(point: Point) -> Known:
    """Whether therapy against CD19 was given."""
    certain, maybe = point.therapies
    against = {t.treatment for t in targeting(point.course) if t.marker == "CD19"}
    given = [item.id for item in certain if item.id in against]
    if given:
        return Known(f"{', '.join(given)} against CD19", True, tuple(given))
    if not certain:
        return not_stated("earlier treatment")
    if any(item.id in against for item in maybe):
        return Known("order of the treatments not stated", missing=("order of the treatments",))
    return Known("none in the treatments recorded", False, tuple(i.id for i in certain))


def salvage(point: Point) -> Known:
    """Which salvage the treatment decided on would be.

    Each line after the first and each re-induction is one, and it is the next (Residua's choice;
    lines as of `course.lines`).
    """
    certain, maybe = point.therapies
    line = point.course.line_of(certain[-1].id) if certain else None
    if line is None:
        return not_stated("earlier treatment")
    again = [i for i in certain if isinstance(i.fact, Treatment) and _is_again(i.fact)]
    number = line.number + len(again)
    words = f"salvage {number} (lines before: {line.number}, re-inductions in them: {len(again)})"
    ids = tuple(dict.fromkeys((*(item.id for item in again), certain[-1].id)))
    if maybe:
        return Known(words, None, ids, ("order of the treatments",))
    return Known(words, Quantity(Decimal(number)), ids)


def _is_again(treatment: Treatment) -> bool:
    return bool(treatment.intent and _AGAIN.search(treatment.intent.lower()))


def age(point: Point) -> Known:
    """The completed years that the record allows."""
    years = ages_at(point.course, point.now)
    if not years:
        return not_stated("age")
    low, high = years[0].value, years[-1].value
    words = f"{low} years" if low == high else f"{low} to {high} years"
    patient = point.course.case.patient
    return Known(words, years, (patient.id,) if patient else ())


def planned_transplant(point: Point) -> Known:
    """Whether a transplant is planned after it, by a finding or an intent told by then."""
    for item, finding in point.course.of(Finding):
        told = finding.present is not None and point.before(item)
        if told and _PLANNED.search(finding.term.lower()):
            return Known(f"{finding.term} {dated(point, item)}", finding.present, (item.id,))
    return not_stated("whether a transplant is planned")


def dual_alkylators(point: Point) -> Known:
    """Whether the conditioning of a transplant that follows holds two alkylators."""
    del point
    return not_stated("conditioning of a transplant that follows")


def thiotepa(point: Point) -> Known:
    """Whether the conditioning of a transplant that follows holds thiotepa."""
    return dual_alkylators(point)


def dli_first_dose(point: Point) -> Known:
    """The planned first dose of donor lymphocytes: the record has no place for one."""
    del point
    return not_stated("planned first dose")
