"""Dates that cannot be: before the diagnosis, an end before its start, against the order.

Only what is certain is a fault: the latest possible day of one lies before the earliest
possible day of the other. Relative dates are counted from their anchors first.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from residua.errors import Fault, ValueFault
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment
from residua.facts.day import Day, Span
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.mrd import MrdReading
from residua.facts.patient import Diagnosis, Patient
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.readers.case_links import days_of
from residua.readers.case_rows import Row

_OF_THE_DISEASE = (
    Assessment, MrdReading, AntigenReading, Treatment, Transplant, CellInfusion, Event,
)  # fmt: skip
"""What cannot lie before the diagnosis. All else may: blood is drawn before it is made."""

SpanOf = Callable[[Day], Span]


def spans(index: Mapping[str, Row]) -> SpanOf:
    """A function that gives the days on which a `Day` may lie, counted from its anchor."""
    known: dict[str, Span] = {}

    def of_id(target: str, trail: tuple[str, ...]) -> Span:
        if target in trail or target not in index:
            return Span()
        if target not in known:
            fact = index[target].fact
            day = begin(fact) if fact else None
            known[target] = of_day(day, (*trail, target)) if day else Span()
        return known[target]

    def of_day(day: Day, trail: tuple[str, ...]) -> Span:
        if day.anchor is None:
            return day.span
        try:
            return of_id(day.anchor, trail).shifted(day.offset)
        except OverflowError:
            return Span()

    return lambda day: of_day(day, ())


def begin(fact: Fact) -> Day | None:
    """The day that a fact begins on."""
    return fact.begins if isinstance(fact, Treatment) else fact.date


def date_faults(rows: Iterable[Row], index: Mapping[str, Row]) -> Iterator[Fault]:
    """All faults of dates that are certain."""
    span_of = spans(index)
    rows = tuple(row for row in rows if row.fact is not None)
    diagnosis = next((row.fact for row in rows if isinstance(row.fact, Diagnosis)), None)
    first = span_of(diagnosis.date) if diagnosis and diagnosis.date else Span()
    for row in rows:
        assert row.fact is not None  # left out above
        yield from _before_diagnosis(row, row.fact, first, span_of)
        yield from _end_before_start(row, row.fact, span_of)
        yield from _against_order(row, row.fact, index, span_of)


def _certainly_before(one: Span, other: Span) -> bool:
    return bool(one.latest and other.earliest and one.latest < other.earliest)


def _before_diagnosis(row: Row, fact: Fact, first: Span, span_of: SpanOf) -> Iterator[Fault]:
    do = "correct this date or that of the diagnosis"
    if isinstance(fact, Patient) and fact.birth and _certainly_before(first, span_of(fact.birth)):
        problem = ValueFault("a birth before the diagnosis", "a date after it", do)
        yield row.place.fault(("birth",), problem)
    if not issubclass(row.table, _OF_THE_DISEASE):
        return
    for field, day in days_of(fact):
        if _certainly_before(span_of(day), first):
            problem = ValueFault("a date not before the diagnosis", "a date before it", do)
            yield row.place.fault((field,), problem)


def _end_before_start(row: Row, fact: Fact, span_of: SpanOf) -> Iterator[Fault]:
    start, end = begin(fact), getattr(fact, "end", None)
    if start and isinstance(end, Day) and _certainly_before(span_of(end), span_of(start)):
        problem = ValueFault(
            "an end not before the start", "a date before it", "correct one of the two dates"
        )
        yield row.place.fault(("end",), problem)
    if isinstance(fact, Treatment) and fact.start and fact.date:
        one, other = span_of(fact.start), span_of(fact.date)
        if not one.overlaps(other):
            problem = ValueFault("one first day", "a start that is not the date", "leave one out")
            yield row.place.fault(("start",), problem)


def _against_order(
    row: Row, fact: Fact, index: Mapping[str, Row], span_of: SpanOf
) -> Iterator[Fault]:
    own = begin(fact)
    for field in ("after", "before"):
        target = index.get(getattr(fact, field) or "")
        other = begin(target.fact) if target and target.fact else None
        if not own or not other:
            continue
        pair = (span_of(own), span_of(other))
        if _certainly_before(*(pair if field == "after" else pair[::-1])):
            problem = ValueFault(
                f"a date that lies {field} the row it names", "dates in the other order",
                "correct a date or the link",
            )  # fmt: skip
            yield row.place.fault((field,), problem)
