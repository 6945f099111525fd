"""A judgement before its verdict: what every family fills in alike.

Of which standard, on what, when, and whether the standard is newer than what it judges.
"""

from __future__ import annotations

from residua.facts.day import Day, Span
from residua.judgements.judgement import Judgement
from residua.standards.grade_book import GradeBook
from residua.standards.rulebook import Rulebook

UNDATED = "not stated"
"""The date of a judgement whose fact has none."""
UNDATED_VERSION = "the date of this version is not stated"

SCALE_NOT_STATED = "scale not stated"
"""Marks a reported grade that names no scale."""

Edition = Rulebook | GradeBook
"""One version of one standard."""


def unjudged(
    edition: Edition, subject: str, term: str, *, day: Day | None, span: Span
) -> Judgement:
    """A judgement that is not assessable and gives no reason, clause or facts yet.

    `day` is the date as stated; `span` the days on which the event may have been.
    """
    return Judgement(
        standard=edition.standard,
        version=edition.version,
        subject=subject,
        term=term,
        date=date_words(day),
        outcome="not assessable",
        reason="",
        clause="",
        cite="",
        provenance="",
        published_after_event=published_after(edition.published, span),
        notes=() if edition.published else (UNDATED_VERSION,),
    )


def counted_under(scale: str) -> str:
    """That a reported grade named no scale, and which one it counts under."""
    return f"{SCALE_NOT_STATED}: counted under {scale}"


def date_words(day: Day | None) -> str:
    """A date as stated, or ``not stated``."""
    return day.text if day else UNDATED


def published_after(published: Day | None, span: Span) -> bool:
    """Whether a version is certainly newer than an event of these days.

    False where the version has no date or the event may be later than the earliest day on which
    the version may have come out.
    """
    first = published.span.earliest if published else None
    return first is not None and span.latest is not None and first > span.latest
