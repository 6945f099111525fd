"""The grade of every value of a course as a Parquet table: one row a value, term and version."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from residua import NOTICE
from residua.course.course import Course
from residua.facts.quantity import Quantity
from residua.judgements.toxicity.graded import Series
from residua.judgements.toxicity.graded_value import GradedValue
from residua.judgements.toxicity.moments import Value
from residua.standards.grading import Grading

KIND = "residua.grades"
VERSION = "1.0"
Columns = dict[str, Any]
_TEXT, _TEXTS = pl.String(), pl.List(pl.String)
SCHEMA: dict[str, pl.DataType] = {
    "fact": _TEXT, "date": _TEXT, "time": _TEXT, "analyte": _TEXT, "value": _TEXT, "unit": _TEXT,
    "lower": _TEXT, "upper": _TEXT, "baseline": _TEXT, "baseline_fact": _TEXT, "line": _TEXT,
    "standard": _TEXT, "version": _TEXT, "term": _TEXT, "grade": pl.Int8(), "outcome": _TEXT,
    "reason": _TEXT, "clause": _TEXT, "cite": _TEXT, "provenance": _TEXT,
    "possible": pl.List(pl.Int8), "missing": _TEXTS, "flags": _TEXTS,
    "published_after_event": pl.Boolean(),
}  # fmt: skip


def grades_parquet(course: Course, series: Iterable[Series]) -> bytes:
    """The table, in the order of the course, then of the terms, then of the versions.

    The same course gives the same bytes; a course without values gives a table without rows.
    """
    ranked = [
        (course.position[row.value.item.id], place, row)
        for place, one in enumerate(series)
        for moment in one.moments
        for row in moment.rows
    ]
    ranked.sort(key=lambda one: one[:2])
    rows = [row for *_, row in ranked]
    told = {
        **_once([row.value for row in rows], _VALUE),
        **_once([row.grading for row in rows], _GRADING),
        **{name: [of(row) for row in rows] for name, of in _ROW.items()},
        **{name: _lists(name, [of(row) for row in rows]) for name, of in _LISTS.items()},
    }
    about = {"residua.kind": KIND, "residua.version": VERSION, "residua.notice": NOTICE}
    stream = io.BytesIO()
    pl.DataFrame(told, schema_overrides=SCHEMA).select(list(SCHEMA)).write_parquet(
        stream, metadata=about
    )
    return stream.getvalue()


def _once(things: Sequence[Any], columns: Mapping[str, Callable[[Any], object]]) -> Columns:
    """Columns of things of which many are the same one: each is told once and then repeated."""
    places: dict[int, int] = {}
    index = [places.setdefault(id(thing), len(places)) for thing in things]
    first = dict(zip(index, things, strict=True))
    return {
        name: pl.Series(name, [of(thing) for thing in first.values()], dtype=SCHEMA[name]).gather(
            index
        )
        for name, of in columns.items()
    }


def _lists(name: str, cells: Sequence[tuple[object, ...]]) -> pl.Series:
    """A column of lists, of which few differ: each is made once and then repeated."""
    places: dict[tuple[object, ...], int] = {}
    index = [places.setdefault(cell, len(places)) for cell in cells]
    return pl.Series(name, [list(cell) for cell in places], dtype=SCHEMA[name]).gather(index)


def _number(quantity: Quantity | None) -> str | None:
    return f"{quantity.comparator}{quantity.value}" if quantity is not None else None


_VALUE: dict[str, Callable[[Value], object]] = {
    "fact": lambda value: value.item.id,
    "date": lambda value: value.fact.date.text if value.fact.date else None,
    "time": lambda value: value.fact.time,
    "analyte": lambda value: value.analyte,
    "value": lambda value: _number(value.value),
    "unit": lambda value: value.value.unit,
    "line": lambda value: value.place.line or None,
}
_GRADING: dict[str, Callable[[Grading], object]] = {
    "standard": lambda grading: grading.standard,
    "version": lambda grading: grading.version,
    "term": lambda grading: grading.term,
    "grade": lambda grading: grading.grade,
    "outcome": lambda grading: grading.outcome,
    "reason": lambda grading: grading.reason,
    "clause": lambda grading: grading.clause,
    "cite": lambda grading: grading.cite,
    "provenance": lambda grading: grading.provenance,
}
_LISTS: dict[str, Callable[[GradedValue], tuple[object, ...]]] = {
    "possible": lambda row: row.grading.possible,
    "missing": lambda row: row.grading.missing,
    "flags": lambda row: row.flags,
}
_ROW: dict[str, Callable[[GradedValue], object]] = {
    "lower": lambda row: _number(row.lower),
    "upper": lambda row: _number(row.upper),
    "baseline": lambda row: str(row.baseline.value) if row.baseline else None,
    "baseline_fact": lambda row: row.baseline.item.id if row.baseline else None,
    "published_after_event": lambda row: row.published_after,
}
