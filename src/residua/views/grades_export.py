"""The grade of every value of a course as a Parquet table: one row a value, term and version."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import Any

import polars as pl

from residua import NOTICE
from residua.course.course import Course
from residua.facts.quantity import Quantity
from residua.judgements.toxicity.graded import Series
from residua.judgements.toxicity.graded_value import GradedValue

KIND = "residua.grades"
VERSION = "1.0"
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
    rows = [
        (course.position[row.value.item.id], place, row)
        for place, one in enumerate(series)
        for moment in one.moments
        for row in moment.rows
    ]
    rows.sort(key=lambda ranked: ranked[:2])
    stream = io.BytesIO()
    about = {"residua.kind": KIND, "residua.version": VERSION, "residua.notice": NOTICE}
    columns = list(zip(*(_cells(row) for *_, row in rows), strict=True)) or [()] * len(SCHEMA)
    table = pl.DataFrame(
        [
            _column(name, kind, cells)
            for (name, kind), cells in zip(SCHEMA.items(), columns, strict=True)
        ]
    )
    table.write_parquet(stream, metadata=about)
    return stream.getvalue()


def _column(name: str, kind: pl.DataType, cells: Sequence[Any]) -> pl.Series:
    """A column; lists, of which few differ, are made once each."""
    if not isinstance(kind, pl.List):
        return pl.Series(name, cells, dtype=kind)
    places: dict[tuple[object, ...], int] = {}
    index = [places.setdefault(cell, len(places)) for cell in cells]
    return pl.Series(name, [list(cell) for cell in places], dtype=kind).gather(index)


def _cells(row: GradedValue) -> tuple[object, ...]:
    """One row, in the order of the schema; numbers as texts keep the digits that were stated."""
    value, grading = row.value, row.grading
    fact, baseline = value.fact, row.baseline
    return (
        fact.id, fact.date.text if fact.date else None, fact.time, value.analyte,
        _number(value.value), value.value.unit, _number(row.lower), _number(row.upper),
        str(baseline.value) if baseline else None, baseline.item.id if baseline else None,
        value.place.line or None, grading.standard, grading.version, grading.term, grading.grade,
        grading.outcome, grading.reason, grading.clause, grading.cite, grading.provenance,
        grading.possible, grading.missing, row.flags, row.published_after,
    )  # fmt: skip


def _number(quantity: Quantity | None) -> str | None:
    return f"{quantity.comparator}{quantity.value}" if quantity is not None else None
