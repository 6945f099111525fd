"""A grade as a person reads it, as JSON, and as the columns that a table gains."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from residua import NOTICE
from residua.standards.grading import Grading

ADDED = ("grade", "outcome", "reason")


def grading_document(grading: Grading) -> dict[str, Any]:
    """The JSON of one grade."""
    return {
        "standard": grading.standard,
        "version": grading.version,
        "term": grading.term,
        "grade": grading.grade,
        "outcome": grading.outcome,
        "reason": grading.reason,
        "clause": grading.clause,
        "cite": grading.cite,
        "provenance": grading.provenance,
        "possible": list(grading.possible),
        "missing": list(grading.missing),
        "readings": list(grading.readings),
        "flags": list(grading.flags),
        "notice": NOTICE,
    }


def gradings_document(gradings: Iterable[Grading]) -> dict[str, Any]:
    """The JSON of a table of grades, in the order of its rows."""
    records = [grading_document(grading) for grading in gradings]
    for record in records:
        del record["notice"]
    return {"kind": "residua.grades", "version": "1.0", "notice": NOTICE, "grades": records}


def grading_text(grading: Grading) -> str:
    """One grade in words, with its clause and source."""
    said = grading.outcome if grading.grade is None else f"grade {grading.grade}"
    lines = [
        f"{grading.standard} {grading.version} {grading.term}: {said}",
        f"  {grading.reason}",
        f"  {grading.clause} [{grading.cite}; {grading.provenance}]",
    ]
    lines += [f"  reading: {reading}" for reading in grading.readings]
    lines += [f"  flag: {flag}" for flag in grading.flags]
    return "\n".join([*lines, f"  {NOTICE}"])


def graded_csv(
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    gradings: Iterable[Grading],
    *,
    separator: str,
) -> str:
    """A table with grade, outcome and reason added; the grade is empty where there is none."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow([*columns, *ADDED])
    for cells, grading in zip(rows, gradings, strict=True):
        grade = "" if grading.grade is None else grading.grade
        writer.writerow([*cells, grade, grading.outcome, grading.reason])
    return out.getvalue()
