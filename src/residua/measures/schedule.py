"""A cycle of a regimen for one body, dated: doses, totals per drug, hours of infusion."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from residua.facts.quantity import Quantity
from residua.measures.dose import Body, Worked, check_known, of_course, work_out
from residua.standards.drug_rules import drug_rules
from residua.standards.regimen import Dose, Regimen, RegimenRule

Bounds = tuple[Quantity, Quantity]


@dataclass(frozen=True)
class Scheduled:
    """A line of the regimen on its days; ``applies`` is None where a condition is not known."""

    dose: Dose
    applies: bool | None
    worked: Worked | None
    dates: tuple[date, ...]
    or_dates: tuple[date, ...]


@dataclass(frozen=True)
class Total:
    """All doses of one drug by one way in one cycle.

    ``published`` is in the unit of the source (``12 g/m2``), ``amount`` absolute, ``hours`` the
    time of infusion; each from low to high, or None, and then ``reason`` says why for the doses.
    """

    drug: str
    intrathecal: bool
    published: Bounds | None
    amount: Bounds | None
    hours: tuple[float, float] | None
    reason: str = ""


@dataclass(frozen=True)
class Schedule:
    """One cycle of a regimen, worked out."""

    regimen: Regimen
    cycle: int
    body: Body
    start: date | None
    lines: tuple[Scheduled, ...]
    totals: tuple[Total, ...]
    rules: tuple[RegimenRule, ...]
    next_cycle: tuple[date, date] | None


def schedule(
    regimen: Regimen, *, body: Body, start: date | None = None, cycle: int | None = None
) -> Schedule:
    """Work out one cycle (default: the first) from `start`, its day 1, or day 0 of a transplant.

    Lines whose condition is not met are left out. Raises `ValueFault` for a cycle that the
    regimen lacks and for words that it does not ask for.
    """
    number = regimen.numbers[0] if cycle is None else cycle
    check_known(regimen.asks_for, body.words)
    lines = tuple(
        _line(regimen, dose, body, start)
        for dose in regimen.doses_of(number)
        if dose.applies(body.known) is not False
    )
    groups = dict.fromkeys((line.dose.drug, line.dose.intrathecal) for line in lines)
    totals = tuple(_total(drug, way, lines) for drug, way in groups)
    rules = (*regimen.rules, *_rules_of_drugs(regimen, lines))
    return Schedule(
        regimen, number, body, start, lines, totals, rules, _next(regimen, number, start)
    )


def _line(regimen: Regimen, dose: Dose, body: Body, start: date | None) -> Scheduled:
    return Scheduled(
        dose,
        dose.applies(body.known),
        work_out(dose, body),
        _dates(dose.days, start, regimen.counts_from),
        _dates(dose.or_days, start, regimen.counts_from),
    )


def _dates(days: Iterable[int], start: date | None, counts_from: int) -> tuple[date, ...]:
    return tuple(start + timedelta(days=d - counts_from) for d in days) if start else ()


def _next(regimen: Regimen, number: int, start: date | None) -> tuple[date, date] | None:
    """The first and the last day on which the next cycle may begin."""
    cycle = regimen.cycle(number)
    if cycle is None or cycle.length is None or start is None:
        return None
    longest = cycle.up_to or cycle.length
    first, last = (round(float(length.to("d").value)) for length in (cycle.length, longest))
    return start + timedelta(days=first), start + timedelta(days=last)


def _rules_of_drugs(regimen: Regimen, lines: Iterable[Scheduled]) -> tuple[RegimenRule, ...]:
    """The rules of the drugs that the regimen does not state itself; caps show in their lines."""
    own = {(rule.kind, rule.drug) for rule in regimen.rules}
    drugs = dict.fromkeys(line.dose.drug for line in lines if not line.dose.intrathecal)
    found = (rule for drug in drugs for rule in drug_rules().of(drug))
    return tuple(r for r in found if (r.kind, r.drug) not in own and _reaches(r, lines))


def _reaches(rule: RegimenRule, lines: Iterable[Scheduled]) -> bool:
    """Whether a dose of the rule's drug is as high as the rule asks, where it asks for any."""
    if rule.kind != "rescue" or rule.at_least is None:
        return True
    doses = [x.dose.dose for x in lines if x.dose.drug == rule.drug and not x.dose.intrathecal]
    alike = [dose for dose in doses if dose is not None and dose.kind == rule.at_least.kind]
    return sum(dose.number for dose in alike) >= rule.at_least.number


def _total(drug: str, intrathecal: bool, lines: Iterable[Scheduled]) -> Total:
    own = [x for x in lines if (x.dose.drug, x.dose.intrathecal) == (drug, intrathecal)]
    reason = _why_not(own)
    if reason:
        return Total(drug, intrathecal, None, None, None, reason)
    counts = [(line, line.dose.count or 0) for line in own]
    published = _sum(
        (of_course(x.dose.dose, n), of_course(x.dose.up_to or x.dose.dose, n))
        for x, n in counts
        if x.dose.dose is not None
    )
    worked = [(x.worked, n) for x, n in counts]
    amount = _sum((of_course(w.low, n), of_course(w.high, n)) for w, n in worked if w is not None)
    missing = any(w is None for w, _ in worked)
    hours = [infusion_hours(line.dose) for line in own]
    known = [pair for pair in hours if pair is not None]
    return Total(
        drug,
        intrathecal,
        published,
        None if missing else amount,
        (sum(low for low, _ in known), sum(high for _, high in known))
        if len(known) == len(hours)
        else None,
        "height and weight not given" if missing else "",
    )


def _why_not(lines: Iterable[Scheduled]) -> str:
    """Why no total can be given, the dose first."""
    for line in lines:
        if line.dose.dose is None:
            return "dose not stated"
        if line.applies is None:
            return f"depends on {', '.join(dict.fromkeys(c.name for c in line.dose.when))}"
        if line.dose.count is None:
            return "number of doses not stated"
    return ""


def _sum(parts: Iterable[Bounds]) -> Bounds | None:
    """The sum of doses of one kind, in the unit of the first; None for several kinds."""
    listed = tuple(parts)
    if not listed or len({low.kind for low, _ in listed}) > 1:
        return None
    unit = listed[0][0].unit
    low = sum((part.to(unit).value for part, _ in listed), start=listed[0][0].value * 0)
    high = sum((part.to(unit).value for _, part in listed), start=listed[0][0].value * 0)
    return Quantity(low, unit), Quantity(high, unit)


def infusion_hours(dose: Dose) -> tuple[float, float] | None:
    """Hours of infusion of all doses of a line, shortest and longest; None where not stated."""
    if dose.count is None:
        return None
    if dose.continuous:
        return 24.0 * len(dose.days), 24.0 * len(dose.days)
    if dose.infusion is None:
        return None
    longest = dose.infusion_up_to or dose.infusion
    low, high = (float(length.to("h").value) * dose.count for length in (dose.infusion, longest))
    return low, high
