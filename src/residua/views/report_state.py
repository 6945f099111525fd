"""The state at the last data date, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.course.state import AntigenState, CountState, Since, State, age_at, state_of
from residua.facts.antigen import AntigenReading
from residua.facts.finding import Event
from residua.facts.laboratory import Lab
from residua.facts.mrd import MrdReading
from residua.facts.treatment import Treatment
from residua.judgements.antigen_masking import masking_of
from residua.views.anchors import fact_anchor
from residua.views.course_words import treatment_words
from residua.views.fact_words import (
    GATED_ON,
    NOT_IN_PANEL,
    analyte_words,
    antigen_words,
    by_plate,
    denominator_words,
    method_words,
    mrd_words,
    value_words,
)
from residua.views.report_measures import Measures, policy_words
from residua.views.wording import (
    NOT_STATED,
    date_words,
    fraction_words,
    id_words,
    interval_words,
    quantity_words,
    range_words,
)

NOT_IN_RECORD = "not in the record"


@dataclass(frozen=True)
class StateLine:
    """One line: what, its value, when, notes, and the fact behind it."""

    what: str
    value: str
    when: str = ""
    notes: tuple[str, ...] = ()
    anchor: str | None = None
    known: bool = True


@dataclass(frozen=True)
class StateGroup:
    """Lines under one heading."""

    heading: str
    lines: tuple[StateLine, ...]


def state_groups(course: Course, measures: Measures | None = None) -> tuple[StateGroup, ...]:
    """The groups of the state table, in their fixed order; `measures` as in `write_report`."""
    state = state_of(course)
    return (
        StateGroup("Last data", (_last(course, state),)),
        StateGroup("Last MRD", tuple(_mrd_lines(course, state, measures or {}))),
        StateGroup("Antigens", tuple(_antigen(course, state, a) for a in state.antigens)),
        StateGroup("Blood counts", tuple(_count(course, state, c) for c in state.counts)),
        StateGroup("Time since therapy", tuple(_since(course, s) for s in state.since)),
        StateGroup("Line of therapy", tuple(_line(course, state))),
    )


def _last(course: Course, state: State) -> StateLine:
    if state.last is None:
        return StateLine("Last data date", "no fact in the record has a date", known=False)
    said = isinstance(state.last.fact, Event) and state.last.fact.detail is not None
    notes = (*_marks(course, state.last), *(("the source's word, not a verdict",) if said else ()))
    when = date_words(course, state.last)
    value = value_words(state.last.fact)
    return StateLine("Last dated fact", value, when, notes, fact_anchor(state.last.id))


def _mrd_lines(course: Course, state: State, measures: Measures) -> Iterable[StateLine]:
    if not state.mrd:
        yield StateLine("MRD", NOT_IN_RECORD, known=False)
    for item in state.mrd:
        reading = item.fact
        if isinstance(reading, MrdReading):
            flags = (flag for flag in reading.flags if flag != "simulated")
            notes = (*flags, *_contradicted(course.conflicts_of(item.id)))
            when = _when(course, state, item)
            anchor = fact_anchor(item.id)
            marks = (*_marks(course, item), *notes)
            yield StateLine("Result", mrd_words(reading), when, marks, anchor)
            method = method_words(reading.method) if reading.method else NOT_STATED
            yield StateLine("Method", method, known=reading.method is not None)
            yield _detail("Tissue", reading.tissue or _tissue(course, reading))
            yield _detail("Denominator", denominator_words(reading))
            measured = measures.get(item.id)
            policy = (policy_words(measured.level.policy),) if measured else ()
            yield _detail("LOD", fraction_words(reading.lod), policy)
            yield _detail("LLOQ", fraction_words(reading.lloq), policy)
            if reading.interval is not None:
                yield _detail(
                    "95 % interval", interval_words(reading.interval, ""), (_only(reading),)
                )


def _only(reading: MrdReading) -> str:
    """What alone the interval holds."""
    if by_plate(reading):
        return "Ct of the plate only: not extraction, sampling or the standards"
    return "counting only: not gating, sampling or haemodilution"


def _detail(what: str, value: str, notes: tuple[str, ...] = ()) -> StateLine:
    return StateLine(what, value, notes=notes, known=value != NOT_STATED)


def _tissue(course: Course, reading: MrdReading) -> str:
    item = course.by_id.get(reading.specimen or "")
    tissue = getattr(item.fact, "tissue", None) if item else None
    return tissue or NOT_STATED


def _antigen(course: Course, state: State, antigen: AntigenState) -> StateLine:
    if antigen.reading is None:
        return StateLine(antigen.marker, NOT_STATED, known=False)
    fact = antigen.reading.fact
    sign = {True: "positive", False: "negative", None: NOT_STATED}[antigen.positive]
    value = f"{antigen.marker} {sign}"
    if isinstance(fact, AntigenReading):
        value = antigen_words(fact, antigen.positive)
    cut = fact.threshold_method if isinstance(fact, AntigenReading) else None
    threshold: tuple[str, ...] = (f"threshold: {cut}",) if cut else ()
    hidden = tuple(str(m) for item in antigen.together if (m := masking_of(course, item)))
    said = tuple(
        f
        for f in antigen.flags
        if f not in (NOT_IN_PANEL, GATED_ON) and not (hidden and "masking" in f)
    )
    notes = (*threshold, *said, *hidden[:1], *_contradicted(antigen.contradicted_by))
    marks = (*_marks(course, antigen.reading), *notes)
    when = _when(course, state, antigen.reading)
    return StateLine(antigen.marker, value, when, marks, fact_anchor(antigen.reading.id))


def _count(course: Course, state: State, count: CountState) -> StateLine:
    name = analyte_words(count.analyte)
    if count.reading is None or not isinstance(count.reading.fact, Lab):
        return StateLine(name, NOT_STATED, known=False)
    value = count.reading.fact.value
    text = quantity_words(value) if value is not None else NOT_STATED
    marks = (*_marks(course, count.reading), *_contradicted(count.contradicted_by))
    when = _when(course, state, count.reading)
    return StateLine(name, text, when, marks, fact_anchor(count.reading.id))


def _since(course: Course, since: Since) -> StateLine:
    if since.item is None:
        return StateLine(f"Since {since.what}", "none in the record", known=False)
    notes = (f"{since.times} in the record, the last one counts",) if since.times > 1 else ()
    known = since.elapsed is not None and since.elapsed.longest is not None
    if known and not since.item.dated:
        notes = (*notes, "date not stated: as far as its place in the order bounds it")
    begun = "begun " if isinstance(since.item.fact, Treatment) and since.item.dated else ""
    when = f"{id_words(since.item.id)}: {begun}{date_words(course, since.item)}"
    return StateLine(
        f"Since {since.what}",
        range_words(since.elapsed),
        when,
        (*_marks(course, since.item), *notes),
        fact_anchor(since.item.id),
        known,
    )


def _line(course: Course, state: State) -> Iterable[StateLine]:
    if state.line is None:
        yield StateLine("Line", "no treatment in the record", known=False)
        return
    item = course.by_id[state.line.treatment]
    basis = {
        "stated": "as the record states it",
        "Residua's choice": "Residua's choice: counted from relapse to relapse, as no published "
        "rule for counting lines is encoded",
    }[state.line.basis]
    yield StateLine("Line", str(state.line.number), notes=(basis,))
    when = date_words(course, item)
    yield StateLine(
        "Its last treatment", treatment_words(item.fact), when, (), fact_anchor(item.id)
    )


def _when(course: Course, state: State, item: Placed) -> str:
    """The date, and how long before the last data date it lies."""
    date = date_words(course, item)
    if not item.dated:
        return date
    age = age_at(course, item, state.last)
    if age.longest is None or age.longest == 0 or state.last is None:
        return date
    return f"{date}; {range_words(age)} before the last data date"


def _marks(course: Course, item: Placed) -> tuple[str, ...]:
    marks = ["as reported"] if item.fact.reported else []
    marks += ["simulated"] if item.fact.simulated and not course.case.simulated else []
    return tuple(marks)


def _contradicted(others: tuple[str, ...]) -> tuple[str, ...]:
    return (f"in conflict with {', '.join(others)}",) if others else ()
