"""Adverse events as a source reports them, each under the version of CTCAE of its date."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from residua.course.course import Course
from residua.course.placing import Placed
from residua.course.state import last_data
from residua.facts.day import Span
from residua.facts.finding import Finding
from residua.judgements.judgement import Judgement
from residua.judgements.toxicity.disease import Turn, confounding, turns_of
from residua.judgements.toxicity.graded import Series, books
from residua.judgements.toxicity.graded_value import GradedValue
from residua.judgements.toxicity.reported_words import (
    SAID_AS_GRADE,
    details_of,
    quoted,
    said_grade,
    source_of,
)
from residua.judgements.unjudged import unjudged
from residua.standards import ctcae
from residua.standards.ctcae_names import OTHERS, term_named
from residua.standards.grade_book import GradeBook, Term
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grade_known import words_of
from residua.standards.grading import Grading


@dataclass(frozen=True)
class _Event:
    """A finding of one term under one version; ``rows`` are the values of its days."""

    item: Placed
    finding: Finding
    book: GradeBook
    term: Term
    in_force: frozenset[str]
    rows: tuple[GradedValue, ...]

    @property
    def grade(self) -> int | None:
        return said_grade(self.finding, self.term)

    @property
    def exact(self) -> bool:
        """Whether it is of one single day."""
        return self.item.dated and self.item.span.exact and self.finding.end is None

    @property
    def low(self) -> int:
        return max((row.grading.possible[0] for row in self.rows), default=0)

    @property
    def high(self) -> int:
        return max((row.grading.possible[-1] for row in self.rows), default=0)


def judge_reported(course: Course, series: Iterable[Series]) -> tuple[Judgement, ...]:
    """Every finding that names an encoded term, under each version that has it."""
    listed = tuple(series)
    turns = turns_of(course)
    return tuple(
        _judged(course, event, turns)
        for item, finding in course.of(Finding)
        for event in _events(course, item, finding, listed)
    )


def _events(
    course: Course, item: Placed, finding: Finding, listed: tuple[Series, ...]
) -> Iterator[_Event]:
    named = (finding.standard or "").strip().lower()
    if named and named != "ctcae":
        return
    force = frozenset({finding.version}) if finding.version else _in_force(course, item)
    for book in books():
        term = term_named(book, finding.term)
        if term is None or (term.id in OTHERS and not named):
            continue
        one = (s for s in listed if s.book.version == book.version and s.term.id == term.id)
        rows = tuple(row for series in one for row in _rows_within(series, item))
        yield _Event(item, finding, book, term, force, rows)


def _in_force(course: Course, item: Placed) -> frozenset[str]:
    """The versions that may have been in force; the oldest stands for all before it."""
    span = _days_of(course, item)
    begins = [book.published.span.earliest for book in books() if book.published]
    ends = [*begins[1:], None]
    found = []
    for place, (book, begin, end) in enumerate(zip(books(), begins, ends, strict=True)):
        first = begin if place else None
        too_late = end is not None and span.earliest is not None and span.earliest >= end
        too_early = first is not None and span.latest is not None and span.latest < first
        found += [] if too_late or too_early else [book.version]
    return frozenset(found)


def _days_of(course: Course, item: Placed) -> Span:
    """The days on which it may have begun: not after the last data of the record."""
    last = last_data(course)
    return Span(item.span.earliest, item.span.latest or (last.span.latest if last else None))


def _rows_within(series: Series, item: Placed) -> Iterator[GradedValue]:
    """The values that certainly lie within the days of a dated finding."""
    if not item.dated or not item.span.known:
        return
    last = (item.end or item.span).latest
    for moment in series.moments:
        for row in moment.rows:
            span = row.value.item.span
            inside = span.earliest and item.span.earliest and span.earliest >= item.span.earliest
            ended = span.latest and last and span.latest <= last
            if row.value.item.dated and inside and ended and row.grading.possible:
                yield row


def _judged(course: Course, event: _Event, turns: tuple[Turn, ...]) -> Judgement:
    base = _base(course, event, turns)
    described = _described(event)
    if described is not None and described.grade is not None:
        return _computed(base, event, described, ())
    settled = event.rows and event.low == event.high
    if settled and (event.exact or event.grade is None or event.low >= event.grade):
        row = _worst(event)
        return _computed(base, event, row.grading, tuple(r.value.item.id for r in event.rows))
    return _as_reported(base, event)


def _worst(event: _Event) -> GradedValue:
    """The first of the worst values."""
    return next(row for row in event.rows if row.grading.possible[0] == event.low)


def _described(event: _Event) -> Grading | None:
    """The grade of the description, where the source uses a word of the term's own cells."""
    kind = next((kind for kind in event.term.findings if kind.name == "description"), None)
    word = (event.finding.value or "").strip().lower()
    if kind is None or event.finding.present is False or word not in words_of(event.term, kind):
        return None
    given = GradeInputs(findings={"description": word})
    return ctcae.grade(event.term.id, given, version=event.book.version)


def _computed(
    base: Judgement, event: _Event, grading: Grading, facts: tuple[str, ...]
) -> Judgement:
    differs = event.grade is not None and event.grade != grading.grade
    said = (quoted(event.finding),) if differs else ()
    return replace(
        base, outcome="verdict", verdict=f"grade {grading.grade}", basis="computed",
        reason=grading.reason, clause=grading.clause, cite=grading.cite,
        provenance=grading.provenance, facts=(*base.facts, *facts), missing=(),
        notes=(*said, *base.notes),
    )  # fmt: skip


def _as_reported(base: Judgement, event: _Event) -> Judgement:
    grade, version = event.grade, event.book.version
    if grade is None:
        return replace(base, reason=f"{quoted(event.finding)}: no grade is stated")
    against = event.low > grade or (event.exact and event.rows)
    if version not in event.in_force or len(event.in_force) > 1:
        return replace(base, reason=_of_another(event))
    if grade not in {0, *(cell.grade for cell in event.term.cells)}:
        reason = f"{quoted(event.finding)}: the term has no such grade"
        return replace(base, reason=reason)
    if against:
        reason = f"{quoted(event.finding)}, which the values of its days do not bear out"
        return replace(base, reason=reason, facts=(*base.facts, *_ids(event)))
    source = source_of(event.term, grade, event.finding)
    lacking = f"{', '.join(base.missing)} not stated" if base.missing else "not computed"
    return replace(
        base, outcome="verdict", verdict=f"grade {grade}", basis="reported",
        reason=f"as reported; {lacking}", clause=source.clause, cite=source.cite,
        provenance=source.provenance, notes=(*base.notes, *source.notes, *_seen(event)),
    )  # fmt: skip


def _of_another(event: _Event) -> str:
    told = quoted(event.finding)
    if len(event.in_force) > 1:
        return f"{told}: which version was in force at its date is not certain"
    (version,) = event.in_force
    which = "as stated" if event.finding.version else "in force at its date"
    return f"{told} under CTCAE {version} ({which}); nothing to grade under this version"


def _seen(event: _Event) -> tuple[str, ...]:
    if not event.rows:
        return ()
    return (f"worst of the values of its days: grade {event.low} ({_worst(event).value.item.id})",)


def _ids(event: _Event) -> tuple[str, ...]:
    return tuple(row.value.item.id for row in event.rows)


def _base(course: Course, event: _Event, turns: tuple[Turn, ...]) -> Judgement:
    """What is said of the finding whatever its grade."""
    finding, book = event.finding, event.book
    asked = ctcae.grade(event.term.id, GradeInputs(), version=book.version)
    notes = [] if finding.standard else [SAID_AS_GRADE] if event.grade is not None else []
    if event.term.confounded_by_baseline:
        words = confounding(course, turns, event.item)
        notes += [words] if words else []
    days = _days_of(course, event.item)
    return replace(
        unjudged(book, finding.id, event.term.id, day=finding.date, span=days),
        clause=event.term.name,
        cite="; ".join(dict.fromkeys(cell.cite for cell in event.term.cells)),
        provenance=asked.provenance,
        facts=(finding.id,),
        missing=tuple(_named(event.term, name) for name in asked.missing),
        notes=tuple(notes),
        details=details_of(course, event.item, finding),
    )


def _named(term: Term, name: str) -> str:
    return f"a value of {term.id}" if name == "the value" else name
