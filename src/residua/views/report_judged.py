"""Judgements of toxicity, risk, consistency and the like as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from residua.course.course import Course
from residua.judgements.grid import in_order
from residua.judgements.judgement import Judgement
from residua.views.anchors import verdict_anchor
from residua.views.report_verdicts import Entry, subject_words
from residua.views.standard_names import axis_name, marks, outcome_words, standard_name
from residua.views.wording import id_words

TOXICITY = ("toxicity", "immune effector", "cytopenia", "liver", "graft")
HEADINGS = {
    "toxicity": "Adverse events (CTCAE)",
    "immune effector": "Cytokine release and neurotoxicity",
    "cytopenia": "Counts after cell infusions and transplants",
    "liver": "SOS/VOD",
    "graft": "GVHD and chimerism",
    "risk": "Risk",
    "mechanism": "How a relapse escaped a targeted therapy",
}


@dataclass(frozen=True)
class JudgedRow:
    """One judgement: of what, when, by which standard, its word, and what goes with it."""

    title: str
    date: str
    term: str
    standard: str
    entry: Entry
    reason: str
    details: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class JudgedGroup:
    """The judgements of one family."""

    heading: str
    rows: tuple[JudgedRow, ...]


def judged_groups(
    course: Course, families: Mapping[str, Iterable[Judgement]], names: Iterable[str]
) -> tuple[JudgedGroup, ...]:
    """The families named that said something, each in the order of the course."""
    groups = (
        JudgedGroup(HEADINGS[name], judged_rows(course, families.get(name, ()))) for name in names
    )
    return tuple(group for group in groups if group.rows)


def judged_rows(course: Course, judgements: Iterable[Judgement]) -> tuple[JudgedRow, ...]:
    """Judgements in the order of the course."""
    return tuple(_row(course, judgement) for judgement in in_order(course, judgements))


def _row(course: Course, judgement: Judgement) -> JudgedRow:
    title, date = subject_words(course, judgement.subject)
    return JudgedRow(
        title,
        date,
        _term(judgement.term),
        standard_name(judgement.standard, judgement.version),
        Entry(
            "", outcome_words(judgement), judgement.outcome, marks(judgement),
            verdict_anchor(judgement.id),
        ),
        judgement.reason,
        _condensed(judgement.details),
    )  # fmt: skip


def _term(term: str) -> str:
    """A term of one word by its heading (``CRS``), of several by its words."""
    return id_words(term) if "-" in term else axis_name(term)


def _condensed(details: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Rules that hold in full; of those that do not, or may, only their names.

    Therapies of earlier lines are counted in the window; they stand in full in course.json.
    """
    details = tuple(pair for pair in details if pair[0] != "earlier lines")
    shown = [pair for pair in details if not pair[1].startswith(("false", "unknown"))]
    for word, name in (("unknown", "not known"), ("false", "not met")):
        names = [rule for rule, said in details if said.startswith(word)]
        shown += [(name, ", ".join(names))] if names else []
    return tuple(shown)
