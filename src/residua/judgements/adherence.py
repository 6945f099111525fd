"""Given against planned: doses, rescue and intervals of the courses of a record.

The regimen that a course names is its standard (``hyper-cvad-a/2010/induction-1/dose-...``), the
rules of the drugs are another (``drug-rules/current/...``). Nothing that the record leaves out
counts as omitted: a dose or a rescue that it does not mention is not assessable.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal

from residua.course.course import Course
from residua.course.placing import Placed, own_day
from residua.facts.day import Day
from residua.facts.quantity import Quantity
from residua.facts.treatment import Treatment
from residua.judgements.adherence_rules import judge_intervals, judge_rules
from residua.judgements.course_length import course_length, per_unit_of_time
from residua.judgements.given_doses import Given, Way, body_at, course_total, given_doses
from residua.judgements.judgement import Judgement
from residua.judgements.planned_doses import (
    FREE,
    Bounds,
    Plan,
    as_published,
    for_body,
    plan_of,
    plan_ways,
    regimens_of,
)
from residua.judgements.unjudged import date_words, published_after
from residua.measures.dose import Body, absolute
from residua.standards.drug_rules import drug_rules
from residua.standards.regimen import Dose, Regimen
from residua.standards.rulebook import weakest

AS_PLANNED, BELOW, ABOVE, NOT_GIVEN = "as planned", "below plan", "above plan", "not given"


def judge_adherence(course: Course) -> tuple[Judgement, ...]:
    """Every judgement of given against planned, in the order of the course."""
    found: list[Judgement] = []
    for item, treatment in course.of(Treatment):
        base = _base(item, treatment)
        regimens = regimens_of(treatment)
        if len(regimens) == 1:
            found += _of_regimen(course, item, regimens[0], base)
        elif treatment.regimen.casefold() != FREE:
            found.append(_unknown(base, regimens))
        found += judge_rules(course, item, _as_drug_rules(base), drug_rules().rules)
        found += judge_intervals(course, item, _as_drug_rules(base))
    return tuple(found)


def _base(item: Placed, treatment: Treatment) -> Judgement:
    day = own_day(treatment)
    return Judgement(
        standard="", version="", subject=item.id, term="", date=date_words(day),
        outcome="not assessable", reason="", clause="", cite="", provenance="",
        facts=(item.id,),
    )  # fmt: skip


def _as_drug_rules(base: Judgement) -> Judgement:
    return replace(base, standard=drug_rules().standard, version=drug_rules().version)


def _unknown(base: Judgement, regimens: Iterable[Regimen]) -> Judgement:
    names = ", ".join(regimen.name for regimen in regimens)
    reason = f"its name fits several regimens: {names}" if names else "the regimen is not encoded"
    return replace(
        base, standard="regimen", version="not encoded", term="dose", reason=reason,
        clause="the regimen that the record names", cite="the record", provenance="reported",
        missing=("schedule of the regimen",),
    )  # fmt: skip


def _of_regimen(
    course: Course, item: Placed, regimen: Regimen, base: Judgement
) -> Iterator[Judgement]:
    after = _published_after(regimen, item)
    base = replace(
        base, standard=regimen.name, version=regimen.version, published_after_event=after
    )
    for way in plan_ways(regimen):
        yield _dose(course, item, regimen, way, base)
    yield from course_length(course, item, regimen, base)
    yield from judge_rules(course, item, base, regimen.rules)


def _published_after(regimen: Regimen, item: Placed) -> bool:
    published = Day.parse(regimen.published) if regimen.published else None
    return published_after(published, item.span)


def _dose(course: Course, item: Placed, regimen: Regimen, way: Way, base: Judgement) -> Judgement:
    """All doses of one drug, given against planned."""
    assert isinstance(item.fact, Treatment)  # the caller walks the treatments
    body, sizes = body_at(course, item)
    given = given_doses(item.fact, way)
    plan = plan_of(course, item, regimen, way, body=body, measure=as_published)
    said = _sourced(replace(base, term=_term("dose", way), notes=given.notes), plan.lines)
    missing = plan.missing or given.missing
    if missing:
        lacking = () if "regimen" in missing else (_named(way, missing),)
        return replace(said, reason=_named(way, missing), missing=lacking)
    total = course_total(given.doses)
    used: tuple[str, ...] = ()
    if given.doses and not _alike(total, plan):
        plan = plan_of(course, item, regimen, way, body=body, measure=for_body(body))
        total, used = course_total(_absolute(given, body)), sizes
        if plan.missing or not _alike(total, plan):
            reason = f"{way[0]}: given and planned in different units; height and weight not stated"
            return replace(said, reason=reason, missing=("height and weight",))
    said = replace(said, facts=(*said.facts, *used))
    return _compared(course, item, regimen, said=said, total=total, plan=plan)


def _alike(total: Quantity | None, plan: Plan) -> bool:
    return total is not None and all(low.kind == total.kind for low, _ in plan.totals)


def _absolute(given: Given, body: Body) -> list[tuple[Quantity, int]]:
    found = [(absolute(dose, body), count) for dose, count in given.doses]
    return [(dose, count) for dose, count in found if dose is not None]


def _compared(
    course: Course, item: Placed, regimen: Regimen, *, said: Judgement, total: Quantity | None,
    plan: Plan,
) -> Judgement:  # fmt: skip
    """The verdict where every plan that is possible gives the same one."""
    parts = {_part_of_plan(total, bounds) for bounds in plan.totals}
    words = {_word(part) for part in parts}
    sums = " or ".join(dict.fromkeys(_bounds(bounds) for bounds in plan.totals))
    reason = f"{_shown(total) if total else 'nothing'} given, {sums} planned"
    if len(words) > 1:
        which = ("which cycle", "age") if len(regimen.numbers) > 1 else ("age",)
        return replace(said, reason=f"{reason}: {' or '.join(which)} not stated", missing=which)
    low, high = min(parts), max(parts)
    shown = _percent(low) if low == high else f"{_percent(low)[:-2]}-{_percent(high)}"
    notes = per_unit_of_time(course, item, regimen, float(low), float(high))
    return replace(
        said, outcome="verdict", basis="computed", verdict=f"{words.pop()}: {shown}",
        reason=reason, notes=(*said.notes, *notes),
    )  # fmt: skip


def _part_of_plan(total: Quantity | None, bounds: Bounds) -> Decimal:
    """Given divided by planned; 1 within a planned range, else against its nearer end."""
    if total is None:
        return Decimal(0)
    low, high = (end.to(total.unit).value for end in bounds)
    if low <= total.value <= high:
        return Decimal(1)
    return total.value / (low if total.value < low else high)


def _word(part: Decimal) -> str:
    if part == 0:
        return NOT_GIVEN
    return AS_PLANNED if part == 1 else BELOW if part < 1 else ABOVE


def _percent(part: Decimal) -> str:
    """To whole percents; never 100 % where it is not."""
    whole = round(part * 100)
    text = f"{part * 100:.1f}" if whole == 100 and part != 1 else f"{whole}"
    return f"{text} %"


def _bounds(bounds: Bounds) -> str:
    low, high = bounds
    return _shown(low) if low == high else f"{_shown(low)} to {_shown(high)}"


def _shown(quantity: Quantity) -> str:
    """Computed amounts to three significant digits, or all digits of a whole number."""
    value = quantity.value
    short = value if value == value.to_integral_value() else Decimal(f"{value:.3g}")
    return f"{short.normalize():f} {quantity.unit}"


def _sourced(base: Judgement, lines: Iterable[Dose]) -> Judgement:
    listed = tuple(lines)
    readings = [line.reading for line in listed if line.reading]
    return replace(
        base,
        clause="; ".join(dict.fromkeys(line.clause for line in listed)),
        cite="; ".join(dict.fromkeys(line.cite for line in listed)),
        provenance=weakest(line.provenance for line in listed),
        notes=tuple(dict.fromkeys((*base.notes, *readings))),
    )


def _term(kind: str, way: Way) -> str:
    drug = "-".join("".join(c if c.isalnum() else " " for c in way[0]).split())
    return f"{kind}-{drug}{'-intrathecal' if way[1] else ''}"


def _named(way: Way, missing: str) -> str:
    return f"{way[0]}{' (intrathecal)' if way[1] else ''}: {missing}"
