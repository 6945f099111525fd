"""What stands behind an id, as a document and as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from residua import NOTICE
from residua.course.course import Course
from residua.course.timing import Overlap, Since, overlapping, since_milestones
from residua.judgements.axis import axis_of
from residua.judgements.evidence import EvidenceRow
from residua.judgements.judgement import Judgement
from residua.judgements.options.table import OptionTable
from residua.views.course_json import fact_document, judgement_document, option_document
from residua.views.evidence_json import evidence_document
from residua.views.evidence_words import row_cells
from residua.views.fact_words import value_words
from residua.views.option_text import option_table_lines
from residua.views.report_facts import fact_row
from residua.views.report_verdicts import subject_words
from residua.views.standard_names import axis_name, judged_by, marks, outcome_words
from residua.views.wording import date_words

KIND = "residua.explanation"
VERSION = "1.2"
_WIDTH = 100


@dataclass(frozen=True)
class Explained:
    """What an id stands for: facts, judgements, options tables or parts of them, evidence.

    ``label`` says what the figure prints.
    """

    asked: str
    facts: tuple[str, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    label: str = ""
    options: tuple[OptionTable, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()


def explanation_document(
    course: Course, every: Sequence[Judgement], explained: Explained
) -> dict[str, Any]:
    """The explanation for programs."""
    return {
        "kind": KIND,
        "version": VERSION,
        "notice": NOTICE,
        "id": explained.asked,
        "label": explained.label or None,
        "facts": [
            fact_document(course, course.by_id[name])
            | {
                "words": value_words(course.by_id[name].fact),
                "used_by": [j.id for j in using(every, name)],
            }
            for name in explained.facts
        ],
        "judgements": [
            judgement_document(j) | {"others": [_brief(o) for o in others(every, j)]}
            for j in explained.judgements
        ],
        "options": [option_document(table) for table in explained.options],
        "evidence": [evidence_document(row) for row in explained.evidence],
    }


def _brief(judgement: Judgement) -> dict[str, Any]:
    return {
        "id": judgement.id,
        "outcome": judgement.outcome,
        "verdict": judgement.verdict,
        "basis": judgement.basis,
    }


def using(every: Iterable[Judgement], fact_id: str) -> tuple[Judgement, ...]:
    """The judgements of a fact, and those that used it."""
    return tuple(j for j in every if j.subject == fact_id or fact_id in j.facts)


def others(every: Iterable[Judgement], judgement: Judgement) -> tuple[Judgement, ...]:
    """What is said besides of the same subject on the same axis."""
    axis = axis_of(judgement)
    return tuple(
        j
        for j in every
        if j.subject == judgement.subject and axis_of(j) == axis and j.id != judgement.id
    )


def explanation_text(course: Course, every: Sequence[Judgement], explained: Explained) -> str:
    """The explanation for people."""
    lines: list[str] = []
    if explained.label:
        lines += [f"{explained.asked} in the figure: {explained.label}", ""]
    for name in explained.facts:
        lines += [*_fact(course, every, name), ""]
    for judgement in explained.judgements:
        lines += [*_judgement(course, every, judgement), ""]
    for table in explained.options:
        lines += [*option_table_lines(table), ""]
    for row in explained.evidence:
        lines += [*_evidence(row), ""]
    return "\n".join(_wrapped([*lines, f"{NOTICE}."]))


def _fact(course: Course, every: Sequence[Judgement], name: str) -> Iterator[str]:
    item = course.by_id[name]
    row = fact_row(course, item)
    yield f"{row.id} ({row.table})"
    yield f"  states: {row.value}"
    yield f"  date: {row.date}"
    yield from _named(
        "time since", tuple(_since(course, s) for s in since_milestones(course, name))
    )
    given = tuple(_overlap(course, overlap) for overlap in overlapping(course, name))
    yield from _named("overlaps with", given)
    yield f"  source: {row.source or 'not stated'}"
    yield from _named("remarks", row.marks)
    yield from _named("note", (row.note,) if row.note else ())
    stated = sorted(fact_document(course, item)["detail"].items())
    yield from _named("fields", tuple(f"{key}: {_flat(value)}" for key, value in stated))
    for other in course.conflicts_of(name):
        against = fact_row(course, course.by_id[other])
        yield f"  in conflict with: {other}: {against.value} [{against.source}]"
    used = using(every, name)
    yield "  judgements of it or with it:" if used else "  judgements of it or with it: none"
    for judgement in used:
        yield f"    {judgement.id}: {_outcome(judgement)}"


def _since(course: Course, since: Since) -> str:
    return f"{subject_words(course, since.milestone)[0]}: {since.days}"


def _overlap(course: Course, overlap: Overlap) -> str:
    name = subject_words(course, overlap.treatment)[0]
    return name if overlap.certain else f"{name} (as far as dates tell)"


def _flat(value: Any) -> str:
    """A stated field in one line."""
    if isinstance(value, dict) and set(value) == {"value", "unit", "comparator"}:
        unit = "" if value["unit"] == "1" else f" {value['unit']}"
        return f"{value['comparator'] or ''}{value['value']}{unit}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_flat(part)}" for key, part in value.items())
    if isinstance(value, list):
        inner = "; " if any(isinstance(part, dict) for part in value) else ", "
        return inner.join(_flat(part) for part in value)
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _judgement(course: Course, every: Sequence[Judgement], judgement: Judgement) -> Iterator[str]:
    title, date = subject_words(course, judgement.subject)
    yield judgement.id
    yield f"  {judged_by(judgement)}, {axis_name(axis_of(judgement))}: {_outcome(judgement)}"
    yield f"  event: {title}{f', {date}' if date else ''}"
    yield f"  why: {judgement.reason}"
    yield f"  clause: {judgement.clause}"
    yield f"  citation: {judgement.cite} (provenance: {judgement.provenance})"
    yield from _named("remarks", marks(judgement))
    yield from _named("notes", judgement.notes)
    if judgement.details:
        yield "  details:"
    for name, words in judgement.details:
        yield f"    {name}: {words}"
    yield "  facts used:" if judgement.facts else "  facts used: none"
    for name in judgement.facts:
        yield f"    {_used(course, name)}"
    yield from _named("not in the record", judgement.missing)
    rest = others(every, judgement)
    yield "  other verdicts on it:" if rest else "  other verdicts on it: none"
    for other in rest:
        yield f"    {judged_by(other)}: {_outcome(other)}"


def _evidence(row: EvidenceRow) -> Iterator[str]:
    yield f"{row.id} (evidence)"
    yield from _named("bears on the course by", ("; ".join(row.because),) if row.because else ())
    for column, words in row_cells(row).items():
        yield from _named(column, (words,) if words else ())


def _used(course: Course, name: str) -> str:
    item = course.by_id.get(name)
    if item is None:
        return name
    when, source = date_words(course, item), item.fact.source or "source not stated"
    return f"{name}: {value_words(item.fact)}; {when} [{source}]"


def _outcome(judgement: Judgement) -> str:
    basis = f" ({'as reported' if judgement.basis == 'reported' else judgement.basis})"
    return outcome_words(judgement) + (basis if judgement.basis else "")


def _named(name: str, values: tuple[str, ...]) -> Iterator[str]:
    if values:
        yield f"  {name}: {'; '.join(values)}"


def _wrapped(lines: Iterable[str]) -> Iterator[str]:
    """Long lines broken, the rest of each under its own beginning."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip()) + 4)
        parts = textwrap.wrap(
            line, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
        )
        yield from parts or [""]
