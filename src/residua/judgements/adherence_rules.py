"""Rules that go with a drug: was a rescue documented, were the doses far enough apart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from residua.course.course import Course, Range
from residua.course.elapsed import Anchored, anchored, days_between
from residua.course.placing import Placed
from residua.facts.drug_names import spelled_out
from residua.facts.quantity import Quantity
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.course_length import to_the_next
from residua.judgements.given_doses import a_day, body_at, given_rows
from residua.judgements.judgement import Judgement
from residua.measures.dose import Body
from residua.standards.drug_rules import drug_rules
from residua.standards.regimen import RegimenRule

DOCUMENTED, KEPT, TOO_SHORT = "documented", "interval kept", "interval too short"


def judge_rules(
    course: Course, item: Placed, base: Judgement, rules: Iterable[RegimenRule]
) -> Iterator[Judgement]:
    """Rescue and support: documented, or not assessable because the record does not mention it."""
    assert isinstance(item.fact, Treatment)  # the caller walks the treatments
    for rule in rules:
        if rule.kind not in ("rescue", "support") or not (rule.needs or rule.support):
            continue
        asked = _asked(course, item, rule)
        if asked is not False:
            yield _rescue(course, item, _sourced(base, rule), rule, asked)


def _rescue(
    course: Course, item: Placed, said: Judgement, rule: RegimenRule, asked: bool | None
) -> Judgement:
    wanted = " or ".join(rule.needs) or rule.support
    if asked is None:
        reason = f"whether {wanted} was needed: dose of {rule.drug} not stated or not comparable"
        return replace(said, reason=reason, missing=(f"dose of {rule.drug}",))
    facts = _documented(course, item, rule)
    if facts:
        return replace(
            said, outcome="verdict", basis="computed", reason=f"{wanted} is in the record",
            verdict=f"{rule.kind} {DOCUMENTED}", facts=tuple(dict.fromkeys((*said.facts, *facts))),
        )  # fmt: skip
    reason = f"{rule.kind} not documented: {wanted} is not in the record of the course"
    return replace(said, reason=reason, missing=(wanted,))


def _asked(course: Course, item: Placed, rule: RegimenRule) -> bool | None:
    """Whether a dose given asks for it; None where the record does not tell."""
    assert isinstance(item.fact, Treatment)  # the caller walks the treatments
    if not rule.drug:
        return True
    rows = given_rows(item.fact, (rule.drug, False))
    if not rows or rule.at_least is None:
        return bool(rows)
    body, _ = body_at(course, item)
    by_day: dict[int, Decimal] = defaultdict(Decimal)
    for row in rows:
        dose = None if row.dose is None else _per_area(row.dose, body)
        if dose is None or dose.kind != rule.at_least.kind:
            return None
        for day in row.days or (1,):
            by_day[day] += dose.to(rule.at_least.unit).value * a_day(row)
    return max(by_day.values()) >= rule.at_least.value


def _per_area(dose: Quantity, body: Body) -> Quantity:
    """A mass as a dose per m2 where the surface is known; any other dose as it is."""
    if dose.kind != "mass" or body.surface is None:
        return dose
    return Quantity(dose.to("mg").value / body.surface.value, "mg/m2")


def _documented(course: Course, item: Placed, rule: RegimenRule) -> tuple[str, ...]:
    """Ids of what documents it: the course's own drugs, or support of its days."""
    assert isinstance(item.fact, Treatment)  # the caller walks the treatments
    wanted = {spelled_out(name) for name in rule.needs}
    if any(given_rows(item.fact, (name, way)) for name in wanted for way in (False, True)):
        return (item.id,)
    return tuple(
        placed.id
        for placed, support in course.of(Support)
        if support.kind == rule.support and _belongs(course, item, placed)
    )


def _belongs(course: Course, item: Placed, support: Placed) -> bool:
    """Whether a support may be of the course: its days overlap, or the record ties them.

    One without a date belongs where it follows the course, or what the course itself follows.
    """
    if not support.dated:
        return support.fact.after in {item.id, item.fact.after} - {None}
    if not item.dated:
        return False
    first, last = item.span.earliest, (item.end or item.span).latest
    follows = to_the_next(course, item)
    until = course.by_id[follows[0]].span.latest if follows else last
    begins, ends = support.span.earliest, (support.end or support.span).latest
    late = bool(begins and until and begins > until)
    early = bool(ends and first and ends < first)
    return not (late or early)


def judge_intervals(course: Course, item: Placed, base: Judgement) -> Iterator[Judgement]:
    """Days between the doses of a drug, in the course and since the one before it."""
    assert isinstance(item.fact, Treatment)  # the caller walks the treatments
    for rule in drug_rules().rules:
        rows = given_rows(item.fact, (rule.drug, False)) if rule.kind == "interval" else ()
        if not rows or rule.at_least is None:
            continue
        said = _sourced(base, rule)
        if not all(row.days for row in rows):
            reason = f"days of {rule.drug} not stated"
            yield replace(said, reason=reason, missing=(reason.removesuffix(" not stated"),))
            continue
        days = sorted({day for row in rows for day in row.days})
        gaps = [Range(b - a, b - a) for a, b in pairwise(days)]
        gaps += _since_the_last(course, item, rule.drug, days[0])
        if gaps:
            yield _interval(said, gaps, int(rule.at_least.to("d").value))


def _interval(said: Judgement, gaps: list[Range], limit: int) -> Judgement:
    reason = f"between doses: {', '.join(map(str, gaps))}; at least {limit} days asked for"
    least = min((gap.shortest for gap in gaps if gap.shortest is not None), default=None)
    short = [gap for gap in gaps if gap.longest is not None and gap.longest < limit]
    said = replace(said, reason=reason)
    if short:
        verdict = f"{TOO_SHORT}: {short[0]}"
    elif least is not None and all(gap.shortest is not None for gap in gaps) and least >= limit:
        verdict = f"{KEPT}: {least} days"
    else:
        return replace(said, missing=("days of the doses",))
    return replace(said, outcome="verdict", basis="computed", verdict=verdict)


def _since_the_last(course: Course, item: Placed, drug: str, first: int) -> list[Range]:
    """Days from the last dose of the course before to this one's first, where there is one."""
    here = course.position[item.id]
    before = [
        (placed, max(day for row in rows for day in row.days))
        for placed, treatment in course.of(Treatment)
        if course.position[placed.id] < here
        and (rows := given_rows(treatment, (drug, False)))
        and any(row.days for row in rows)
    ]
    if not before:
        return []
    placed, last = before[-1]
    dose, this = anchored(course, placed.id), anchored(course, item.id)
    start = Anchored(dose.root, dose.offset + last - 1)
    return [days_between(course, start, Anchored(this.root, this.offset + first - 1))]


def _sourced(base: Judgement, rule: RegimenRule) -> Judgement:
    drug = "-".join(rule.drug.split())
    term = f"{rule.kind}-{drug}" if drug else f"{rule.kind}-{rule.id}"
    readings = (rule.reading,) if rule.reading else ()
    return replace(
        base, term=term, clause=rule.clause, cite=rule.cite, provenance=rule.provenance,
        notes=readings,
    )  # fmt: skip
