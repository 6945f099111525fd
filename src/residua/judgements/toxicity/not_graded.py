"""What could not be graded, in one judgement a version: by term, which grades stay open and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from residua.judgements.judgement import Details, Judgement
from residua.judgements.toxicity.episodes import Episode
from residua.judgements.toxicity.graded import Series
from residua.judgements.toxicity.graded_value import GradedValue
from residua.judgements.unjudged import unjudged
from residua.standards.grade_book import GradeBook
from residua.standards.rulebook import weakest

TERM = "not-graded"
Judged = tuple[Series, tuple[Episode, ...]]


def judge_not_graded(judged: Iterable[Judged]) -> tuple[Judgement, ...]:
    """The open values outside every episode: one judgement for each version that has any."""
    by_book: dict[GradeBook, list[tuple[Series, GradedValue]]] = {}
    for series, episodes in judged:
        for row in _open(series, episodes):
            by_book.setdefault(series.book, []).append((series, row))
    return tuple(_judgement(book, rows) for book, rows in by_book.items())


def _open(series: Series, episodes: Iterable[Episode]) -> Iterator[GradedValue]:
    taken = {id(moment) for episode in episodes for moment in episode.moments}
    for moment in series.moments:
        if id(moment) not in taken:
            yield from (row for row in moment.rows if len(row.grading.possible) > 1)


def _judgement(book: GradeBook, rows: list[tuple[Series, GradedValue]]) -> Judgement:
    firsts: dict[str, str] = {}
    for series, row in rows:
        firsts.setdefault(series.term.id, row.value.item.id)
    details = _details(rows)
    first = rows[0][1]
    missing = dict.fromkeys(name for _, row in rows for name in row.grading.missing)
    count = len(rows)
    value = first.value
    return replace(
        unjudged(book, value.item.id, TERM, day=value.fact.date, span=value.item.span),
        reason=f"the grade of {count} value{'s' * (count > 1)} stays open: {' and '.join(missing)}"
        " not stated",
        clause="; ".join(dict.fromkeys(series.term.name for series, _ in rows)),
        cite="; ".join(dict.fromkeys(row.grading.cite for _, row in rows)),
        provenance=weakest(row.grading.provenance for _, row in rows),
        facts=tuple(dict.fromkeys(firsts.values())),
        missing=tuple(missing),
        published_after_event=all(row.published_after for _, row in rows),
        notes=("the facts are the first of each term; every value stands in grades.parquet",),
        details=details,
    )


def _details(rows: list[tuple[Series, GradedValue]]) -> Details:
    """Term -> how many values leave which grades open, and for want of what."""
    kinds = Counter(
        (series.term.id, row.grading.possible, row.grading.missing) for series, row in rows
    )
    words: dict[str, list[str]] = {}
    for (term, possible, missing), count in kinds.items():
        grades = " or ".join(str(grade) for grade in possible)
        why = " and ".join(missing)
        words.setdefault(term, []).append(f"{count} of grade {grades} ({why} not stated)")
    return tuple((term, "; ".join(told)) for term, told in words.items())
