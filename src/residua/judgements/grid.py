"""Judgements as a table: one row per event and axis, one column per standard."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.judgements.axis import CLAIM, axis_of, axis_rank, standard_rank
from residua.judgements.disagreement import Disagreement, find_disagreements
from residua.judgements.judgement import Judgement

Column = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """One axis of one event: for each column its judgements, none where it has no rule."""

    subject: str
    axis: str
    cells: tuple[tuple[Judgement, ...], ...]
    disagreement: Disagreement | None


@dataclass(frozen=True)
class Grid:
    """The table of an event's verdicts; ``columns`` are (standard, version)."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def in_order(course: Course, judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """Judgements by the course's order of their subjects, then axis, standard and term.

    What is judged over the whole course (``risk-baseline``) has no place in it and comes last.
    """
    end = len(course.placed)

    def key(judgement: Judgement) -> tuple[object, ...]:
        place = course.position.get(judgement.subject, end)
        standard = standard_rank(judgement.standard, judgement.version)
        return (place, judgement.subject, axis_rank(axis_of(judgement)), standard, judgement.term)

    return tuple(sorted(judgements, key=key))


def grid_of(course: Course, judgements: Iterable[Judgement]) -> Grid:
    """The judgements of standards, without those of claims, as a table."""
    ordered = [j for j in in_order(course, judgements) if j.standard != CLAIM]
    columns = tuple(
        sorted({(j.standard, j.version) for j in ordered}, key=lambda c: standard_rank(*c))
    )
    apart = {(d.subject, d.axis): d for d in find_disagreements(ordered)}
    keys = dict.fromkeys((j.subject, axis_of(j)) for j in ordered)
    return Grid(columns, tuple(_row(key, columns, ordered, apart.get(key)) for key in keys))


def _row(
    key: tuple[str, str],
    columns: tuple[Column, ...],
    judgements: list[Judgement],
    apart: Disagreement | None,
) -> Row:
    own = [j for j in judgements if (j.subject, axis_of(j)) == key]
    cells = tuple(tuple(j for j in own if (j.standard, j.version) == c) for c in columns)
    return Row(*key, cells, apart)
