"""Verdicts as people read them: the table, the disagreements, what is missing, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from residua.course.course import Course
from residua.facts.finding import Claim
from residua.judgements.axis import AXES, CLAIM, axis_of, variant_of
from residua.judgements.disagreement import find_disagreements
from residua.judgements.grid import Row, grid_of
from residua.judgements.judgement import Judgement
from residua.judgements.missing import missing_inputs
from residua.views.anchors import verdict_anchor
from residua.views.course_words import name_of
from residua.views.plain_words import plain_words
from residua.views.report_facts import FactRow, fact_row
from residua.views.standard_names import (
    axis_name,
    judged_by,
    marks,
    outcome_words,
    standard_name,
    term_name,
)
from residua.views.wording import date_words, id_words


@dataclass(frozen=True)
class Entry:
    """One judgement in a cell or a list."""

    label: str
    words: str
    outcome: str
    marks: tuple[str, ...]
    anchor: str
    disagrees: bool = False


@dataclass(frozen=True)
class TableRow:
    """One axis of one event; `first` opens the event, which spans `span` rows."""

    subject: str
    title: str
    date: str
    axis: str
    cells: tuple[tuple[Entry, ...], ...]
    disagrees: bool
    first: bool
    span: int


@dataclass(frozen=True)
class VerdictTable:
    """Event x standard."""

    columns: tuple[str, ...]
    rows: tuple[TableRow, ...]


def verdict_table(course: Course, judgements: Iterable[Judgement]) -> VerdictTable:
    """The table with disagreements marked."""
    grid = grid_of(course, judgements)
    rows: list[TableRow] = []
    for subject, group in groupby(grid.rows, key=lambda row: row.subject):
        listed = list(group)
        rows += [_row(course, subject, r, len(listed), r is listed[0]) for r in listed]
    return VerdictTable(tuple(standard_name(*c) for c in grid.columns), tuple(rows))


def _row(course: Course, subject: str, row: Row, span: int, first: bool) -> TableRow:
    apart = row.disagreement is not None
    cells = tuple(tuple(_entry(j, apart) for j in cell) for cell in row.cells)
    title, date = subject_words(course, subject)
    return TableRow(subject, title, date, axis_name(row.axis), cells, apart, first, span)


def _entry(judgement: Judgement, apart: bool = False) -> Entry:
    return Entry(
        variant_of(judgement),
        outcome_words(judgement),
        judgement.outcome,
        marks(judgement),
        verdict_anchor(judgement.id),
        apart and judgement.verdict is not None,
    )


def subject_words(course: Course, subject: str) -> tuple[str, str]:
    """The heading of a subject and its date."""
    item = course.by_id.get(subject)
    if item is None:
        return id_words(subject), ""
    return name_of(item.fact) or id_words(subject), date_words(course, item)


@dataclass(frozen=True)
class DisagreementRow:
    """One disagreement as a sentence: who says what."""

    title: str
    axis: str
    sides: tuple[tuple[str, tuple[Entry, ...]], ...]


def disagreement_rows(
    course: Course, judgements: Sequence[Judgement]
) -> tuple[DisagreementRow, ...]:
    """Where standards disagree, by event."""
    by_id = {judgement.id: judgement for judgement in judgements}
    return tuple(
        DisagreementRow(
            subject_words(course, apart.subject)[0],
            axis_name(apart.axis),
            tuple((p.verdict, _named(by_id[i] for i in p.judgements)) for p in apart.positions),
        )
        for apart in find_disagreements(judgements)
    )


def _named(judgements: Iterable[Judgement]) -> tuple[Entry, ...]:
    return tuple(
        Entry(judged_by(j), outcome_words(j), j.outcome, marks(j), verdict_anchor(j.id))
        for j in judgements
    )


@dataclass(frozen=True)
class MissingRow:
    """A missing input and what it bears on, by event."""

    input: str
    count: int
    uses: tuple[tuple[str, tuple[tuple[str, tuple[Entry, ...]], ...]], ...]


def missing_rows(course: Course, judgements: Sequence[Judgement]) -> tuple[MissingRow, ...]:
    """What is missing, the most useful first."""
    by_id = {judgement.id: judgement for judgement in judgements}

    def by_event(ids: Iterable[str]) -> tuple[tuple[str, tuple[Entry, ...]], ...]:
        groups = groupby((by_id[i] for i in ids), key=lambda j: j.subject)
        return tuple((subject_words(course, s)[0], _with_axis(group)) for s, group in groups)

    return tuple(
        MissingRow(
            item.input,
            item.count,
            (
                ("settles by itself", by_event(item.alone)),
                ("settles together with other missing inputs", by_event(item.with_others)),
                ("would confirm what stands as reported", by_event(item.confirms)),
                ("would make the verdict more exact", by_event(item.narrows)),
            ),
        )
        for item in missing_inputs(judgements)
    )


def _with_axis(judgements: Iterable[Judgement]) -> tuple[Entry, ...]:
    return tuple(
        Entry(_short_label(j), outcome_words(j), j.outcome, (), verdict_anchor(j.id))
        for j in judgements
    )


def _short_label(judgement: Judgement) -> str:
    axis = axis_name(axis_of(judgement))
    return f"{judged_by(judgement)} {axis if axis == 'MRD' else axis.lower()}"


@dataclass(frozen=True)
class Explanation:
    """Why one judgement came out as it did."""

    id: str
    anchor: str
    by: str
    axis: str
    words: str
    outcome: str
    marks: tuple[str, ...]
    reason: str
    clause: str
    cite: str
    provenance: str
    facts: tuple[FactRow, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True)
class ExplanationGroup:
    """All explanations of one event."""

    title: str
    date: str
    entries: tuple[Explanation, ...]


def explanation_groups(
    course: Course, judgements: Iterable[Judgement]
) -> tuple[ExplanationGroup, ...]:
    """Every judgement explained, by event."""
    plain = plain_words(course)
    return tuple(
        ExplanationGroup(
            *subject_words(course, subject), tuple(_explain(course, j, plain) for j in group)
        )
        for subject, group in groupby(judgements, key=lambda j: j.subject)
    )


def _explain(course: Course, judgement: Judgement, plain: Callable[[str], str]) -> Explanation:
    used = (course.by_id[i] for i in judgement.facts if i in course.by_id)
    return Explanation(
        judgement.id,
        verdict_anchor(judgement.id),
        standard_name(judgement.standard, judgement.version),
        _judged_axis(judgement),
        plain(outcome_words(judgement)),
        judgement.outcome,
        marks(judgement),
        plain(judgement.reason),
        judgement.clause,
        judgement.cite,
        judgement.provenance,
        tuple(fact_row(course, item) for item in used),
        tuple(name for name in judgement.missing if name not in judgement.reason),
        tuple(map(plain, judgement.notes)),
    )


def _judged_axis(judgement: Judgement) -> str:
    """What is judged: the axis with its variant, or the term by its name."""
    if axis_of(judgement) not in AXES:
        return term_name(judgement.term)
    variant = variant_of(judgement)
    return f"{axis_name(axis_of(judgement))}{f', {variant}' if variant else ''}"


@dataclass(frozen=True)
class ClaimRow:
    """A claim of the source, held against the facts."""

    text: str
    source: str
    entry: Entry
    details: tuple[tuple[str, str], ...] = ()


def claim_rows(course: Course, judgements: Iterable[Judgement]) -> tuple[ClaimRow, ...]:
    """The judgements of claims."""
    rows: list[ClaimRow] = []
    plain = plain_words(course)
    for judgement in judgements:
        item = course.by_id.get(judgement.subject)
        if judgement.standard == CLAIM and item and isinstance(item.fact, Claim):
            fact, entry = item.fact, replace(_entry(judgement), label="")
            details = tuple((plain(name), plain(words)) for name, words in judgement.details)
            rows.append(ClaimRow(fact.text, fact.source, entry, details))
    return tuple(rows)
