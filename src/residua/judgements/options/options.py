"""The options table of every decision of a course, and of every relapse without one."""

from __future__ import annotations

from collections.abc import Iterator

from residua.course.course import Course
from residua.facts.assessment import Assessment
from residua.facts.finding import Availability, Option
from residua.facts.laboratory import Vital
from residua.judgements.judgement import Judgement
from residua.judgements.options.gates import Knowledge, flag_result, gate_result, know
from residua.judgements.options.known import dated
from residua.judgements.options.point import STATE, Point, decision_points
from residua.judgements.options.rates import harm_rate, trial_rates
from residua.judgements.options.table import (
    AvailabilityLine,
    BurdenLine,
    Choice,
    InputLine,
    LabelLine,
    OptionRow,
    OptionTable,
)
from residua.standards import option as standard
from residua.standards.option_shelf import option_shelf, options_called

_ASKED = (
    ("total bilirubin", "bilirubin_uln"),
    ("ALT and AST", "transaminases_uln"),
    ("graft-versus-host disease", "gvhd_active"),
    ("immunosuppression", "on_immunosuppression"),
    ("infection", "infection_active"),
)


def option_tables(course: Course, said: tuple[Judgement, ...]) -> tuple[OptionTable, ...]:
    """One table for each decision point, in the order of the course; `said` are all judgements.

    A decision point is a ``[[decision]]``, or a relapse that a standard found or a source
    reports and at which no decision is recorded.
    """
    return tuple(_table(point) for point in decision_points(course, said))


def _table(point: Point) -> OptionTable:
    knowledge = know(point)
    weighed = point.decision.options if point.decision else ()
    day = point.now.fact.date or point.at.fact.date
    return OptionTable(
        subject=point.subject,
        at=point.at.id,
        date=str(day) if day else "not stated",
        basis="decision" if point.decision else "relapse",
        rows=tuple(_row(knowledge, option) for option in option_shelf()),
        inputs=(*_asked(knowledge), *_looked_up(point)),
        others=tuple(_choice(point, one) for one in weighed if not options_called(one.option)),
    )


def _row(knowledge: Knowledge, option: standard.Option) -> OptionRow:
    point = knowledge.point
    flags = [(f.group, flag_result(knowledge, option.id, f)) for f in option.flags]
    weighed = point.decision.options if point.decision else ()
    return OptionRow(
        id=f"option/{option.id}/{point.subject}",
        option=option.id,
        version=option.version,
        title=option.title,
        target=option.target,
        gates=tuple(gate_result(knowledge, option.id, gate) for gate in option.gates),
        flags=tuple(flag for group, flag in flags if group == "risk"),
        vod_factors=tuple(flag for group, flag in flags if group == "vod"),
        burdens=tuple(
            BurdenLine(b.words, b.arithmetic, b.clause, b.cite, b.provenance)
            for b in option.burdens
        ),
        harms=(*trial_rates(option.risk_evidence), *map(harm_rate, option.harms)),
        evidence=trial_rates(option.evidence),
        labels=tuple(LabelLine(x.words, x.clause, x.cite, x.provenance) for x in option.labels),
        choices=tuple(_choice(point, one) for one in weighed if _means(one.option, option.id)),
        availability=tuple(_availability(point, option)),
    )


def _means(name: str, option_id: str) -> bool:
    return option_id in {option.id for option in options_called(name)}


def _choice(point: Point, option: Option) -> Choice:
    return Choice(option.option, option.choice, option.by, option.reason, point.subject)


def _availability(point: Point, option: standard.Option) -> Iterator[AvailabilityLine]:
    """What the record states of it, or of a part of it; a date after the decision is left out."""
    parts = {option.id, *option.includes}
    for item, stated in point.course.of(Availability):
        named = any(_means(stated.option, part) for part in parts)
        if named and point.before(item) is not False:
            day = str(stated.date) if stated.date else "date not stated"
            yield AvailabilityLine(item.id, stated.option, stated.country, day, stated.status)


def _asked(knowledge: Knowledge) -> Iterator[InputLine]:
    for name, quantity in _ASKED:
        known = knowledge.of[quantity]
        yield InputLine(name, known.words, known.given is not None, known.facts)


def _looked_up(point: Point) -> Iterator[InputLine]:
    """Weight and performance as last stated; donor consent has no place in the record."""
    weights = [
        (item, f"{vital.value} {dated(point, item)}")
        for item, vital in point.course.of(Vital)
        if vital.item == "weight" and vital.value and point.before(item)
    ]
    performance = [
        (item, f"{a.value or 'assessed, no value'} {dated(point, item)}")
        for item, a in point.course.of(Assessment)
        if a.kind == "performance" and point.before(item)
    ]
    for name, found in (("weight", weights), ("performance status", performance)):
        if not found:
            yield InputLine(name, f"{name} not stated", stated=False)
            continue
        item, words = found[-1]
        recent = bool(point.fresh(item, STATE))
        old = "" if recent else f", {point.age(item)} before: only as of its date"
        yield InputLine(name, words + old, recent, (item.id,))
    yield InputLine("consent of the donor", "consent of the donor not stated", stated=False)
