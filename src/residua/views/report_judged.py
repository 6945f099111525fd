"""Judgements of toxicity, risk, consistency and the like: one row for each thing judged.

The standards that judge one thing stand in one row, so that what they agree on is told once. What
no standard could judge for want of its inputs stands below the rows, one line for each reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from residua.course.course import Course
from residua.judgements.grid import in_order
from residua.judgements.judgement import Judgement
from residua.views.anchors import verdict_anchor
from residua.views.fact_words import analyte_words
from residua.views.plain_words import MEASURED, plain_words
from residua.views.report_details import Plain, shared_details
from residua.views.report_verdicts import Entry, subject_words
from residua.views.standard_names import marks, outcome_words, standard_name, term_name

TOXICITY = ("toxicity", "immune effector", "cytopenia", "liver", "graft")
HEADINGS = {
    "toxicity": "Adverse events (CTCAE)",
    "immune effector": "Cytokine release and neurotoxicity",
    "cytopenia": "Counts after cell infusions and transplants",
    "liver": "SOS/VOD",
    "graft": "GVHD and chimerism",
    "risk": "Risk",
    "concordance": "Pairs of results of one sample",
    "mechanism": "How a relapse escaped a targeted therapy",
}
CONCORDANCE = ("concordance",)
WHOLE_COURSE = {"risk-baseline": "at baseline", "risk-dynamic": "by response to treatment"}
NOT_GRADED = "not-graded"


@dataclass(frozen=True)
class JudgedRow:
    """What is judged, of what and when; each standard's word; and what goes with it."""

    term: str
    title: str
    date: str
    entries: tuple[Entry, ...]
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class OpenLine:
    """What no standard could judge, for one reason."""

    title: str
    date: str
    reason: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class JudgedGroup:
    """The judgements of one family."""

    heading: str
    rows: tuple[JudgedRow, ...]
    open: tuple[OpenLine, ...]


def judged_groups(
    course: Course, families: Mapping[str, Iterable[Judgement]], names: Iterable[str]
) -> tuple[JudgedGroup, ...]:
    """The families named that said something, each in the order of the course."""
    plain = plain_words(course)
    return tuple(
        _group(course, HEADINGS[name], said, plain)
        for name in names
        if (said := in_order(course, families.get(name, ())))
    )


def _group(course: Course, heading: str, said: tuple[Judgement, ...], plain: Plain) -> JudgedGroup:
    things: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in said:
        things.setdefault((judgement.subject, judgement.term), []).append(judgement)
    bare = {thing for thing, judged in things.items() if all(map(_is_bare, judged))}
    return JudgedGroup(
        heading,
        tuple(_row(course, judged, plain) for thing, judged in things.items() if thing not in bare),
        _open_lines(course, [j for thing in things for j in things[thing] if thing in bare], plain),
    )


def _is_bare(judgement: Judgement) -> bool:
    """Whether a judgement says no more than why there is none."""
    plainly = judgement.outcome == "not assessable" and not judgement.details
    return plainly or judgement.term == NOT_GRADED or judgement.outcome == "does not apply"


def _row(course: Course, judged: list[Judgement], plain: Plain) -> JudgedRow:
    first = judged[0]
    title, date = subject_words(course, first.subject)
    title = WHOLE_COURSE.get(first.subject, title)
    term = term_name(first.term)
    item = course.by_id.get(first.subject)
    measured = item is not None and isinstance(item.fact, MEASURED)
    told = measured or title.lower() == term.lower()
    return JudgedRow(
        term, "" if told else title, date, tuple(_entry(j, plain) for j in judged),
        shared_details(judged, plain),
    )  # fmt: skip


def _entry(judgement: Judgement, plain: Plain) -> Entry:
    return Entry(
        standard_name(judgement.standard, judgement.version), plain(outcome_words(judgement)),
        judgement.outcome, marks(judgement), verdict_anchor(judgement.id),
    )  # fmt: skip


def _open_lines(course: Course, judged: list[Judgement], plain: Plain) -> tuple[OpenLine, ...]:
    lines: dict[tuple[str, str], list[Judgement]] = {}
    for judgement in judged:
        lines.setdefault((judgement.subject, _reason(judgement, plain)), []).append(judgement)
    return tuple(
        OpenLine(*_of_what(course, same[0]), reason, tuple(_named(j, plain) for j in same))
        for (_, reason), same in lines.items()
    )


def _of_what(course: Course, judgement: Judgement) -> tuple[str, str]:
    if judgement.term == NOT_GRADED:
        return term_name(judgement.term), ""
    return subject_words(course, judgement.subject)


def _reason(judgement: Judgement, plain: Plain) -> str:
    if judgement.term == NOT_GRADED:
        told = (f"{analyte_words(name)}: {words}" for name, words in judgement.details)
        return plain("; ".join(told))
    why = plain(judgement.reason)
    return f"does not apply: {why}" if judgement.outcome == "does not apply" else why


def _named(judgement: Judgement, plain: Plain) -> Entry:
    """The standard and, where the line does not say it, what it would judge."""
    entry = _entry(judgement, plain)
    if judgement.term == NOT_GRADED:
        return entry
    return replace(entry, label=f"{entry.label} ({term_name(judgement.term)})")


@dataclass(frozen=True)
class ConsistencyRow:
    """One check of the record against itself."""

    title: str
    date: str
    entry: Entry
    reason: str


def consistency_rows(course: Course, judgements: Iterable[Judgement]) -> tuple[ConsistencyRow, ...]:
    """The checks in the order of the course."""
    plain = plain_words(course)
    return tuple(
        ConsistencyRow(
            *subject_words(course, judgement.subject),
            replace(_entry(judgement, plain), label=""),
            plain(judgement.reason),
        )
        for judgement in in_order(course, judgements)
    )
