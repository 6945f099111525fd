"""What a regimen plans of a drug in one course of a patient, as far as the record tells."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from residua.course.age import ages_at
from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.drug_names import spelled_out
from residua.facts.quantity import Quantity
from residua.facts.treatment import Treatment
from residua.judgements.given_doses import Way, way_of
from residua.measures.dose import Body, of_course, work_out
from residua.standards.regimen import Dose, Known, Regimen
from residua.standards.regimen_shelf import regimens_called

Bounds = tuple[Quantity, Quantity]
Measure = Callable[[Dose], Bounds | None]
FREE = "free"


@dataclass(frozen=True)
class Plan:
    """The planned doses of a drug in all readings of the record that are possible.

    ``totals`` holds one sum (low, high) for each reading; ``missing`` says why there is none.
    """

    totals: tuple[Bounds, ...] = ()
    lines: tuple[Dose, ...] = ()
    missing: str = ""


def regimens_of(treatment: Treatment) -> tuple[Regimen, ...]:
    """The encoded regimens that the course's name fits, and its drugs where several fit."""
    if treatment.regimen.casefold() == FREE:
        return ()
    found = regimens_called(treatment.regimen)
    drugs = {way_of(drug)[0] for drug in treatment.drugs}
    fitting = tuple(r for r in found if drugs <= {spelled_out(name) for name in r.drugs})
    return fitting if len(found) > 1 and fitting else found


def plan_ways(regimen: Regimen) -> tuple[Way, ...]:
    """Each drug of a regimen with its way, once."""
    return tuple(dict.fromkeys((spelled_out(d.drug), d.intrathecal) for d in regimen.doses))


def plan_of(
    course: Course, item: Placed, regimen: Regimen, way: Way, *, body: Body, measure: Measure
) -> Plan:
    """The plan of a drug in the doses that `measure` gives of each line of the regimen."""
    totals: dict[Bounds, None] = {}
    used: dict[Dose, None] = {}
    for number, known in product(_cycles(item, regimen), _readings(course, item, body)):
        own = [d for d in regimen.doses_of(number) if (spelled_out(d.drug), d.intrathecal) == way]
        lines = [d for d in own if d.applies(known) is not False]
        used |= dict.fromkeys(lines)
        reason = _why_not(lines, known)
        if reason:
            return Plan(lines=tuple(used), missing=reason)
        parts = [part for line in lines if (part := measure(line)) is not None]
        if len(parts) < len(lines):
            return Plan(lines=tuple(used), missing="height and weight not stated")
        total = _sum(parts)
        if total is None:
            return Plan(lines=tuple(used), missing="planned in several units")
        totals[total] = None
    return Plan(tuple(totals), tuple(used))


def as_published(line: Dose) -> Bounds | None:
    """All doses of a line in the unit of the regimen."""
    if line.dose is None or line.count is None:
        return None
    return of_course(line.dose, line.count), of_course(line.up_to or line.dose, line.count)


def for_body(body: Body) -> Measure:
    """All doses of a line in absolute amounts, capped; None without the size that they need."""

    def measure(line: Dose) -> Bounds | None:
        worked, count = work_out(line, body), line.count or 0
        return (of_course(worked.low, count), of_course(worked.high, count)) if worked else None

    return measure


def _cycles(item: Placed, regimen: Regimen) -> tuple[int, ...]:
    number = item.fact.cycle if isinstance(item.fact, Treatment) else None
    return (number,) if number in regimen.numbers and number is not None else regimen.numbers


def _readings(course: Course, item: Placed, body: Body) -> Iterator[Known]:
    """What may be known of the patient: one reading for each age that the dates allow."""
    own = {"weight": body.weight} if body.weight else {}
    ages = ages_at(course, item)
    yield from ({**own, "age": age} for age in ages) if ages else [own]


def _why_not(lines: list[Dose], known: Known) -> str:
    if not lines:
        return "the regimen gives it in other cycles or to other patients only"
    for line in lines:
        if line.dose is None:
            return "the regimen's source does not state the dose"
        if line.applies(known) is None:
            return f"depends on {', '.join(c.name for c in line.when)}, not stated"
        if line.count is None:
            return "the regimen's source does not state the number of doses"
    return ""


def _sum(parts: list[Bounds]) -> Bounds | None:
    if len({low.kind for low, _ in parts}) > 1:
        return None
    unit = parts[0][0].unit
    zero = parts[0][0].value * 0
    low = sum((part.to(unit).value for part, _ in parts), start=zero)
    high = sum((part.to(unit).value for _, part in parts), start=zero)
    return Quantity(low, unit), Quantity(high, unit)
