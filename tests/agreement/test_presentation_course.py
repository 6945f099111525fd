"""The counts of 1 410 patients as the values of one course; oracle: plain comparisons.

The folder has no limits of normal, so grade 1 of a count that needs one is not assessable, and
so is grade 0. Source: VincentAlcazer/AIPAL (MIT).
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import polars as pl
import pytest

from residua.course.course import Course, arrange
from residua.judgements.toxicity.graded import grade_course
from residua.judgements.toxicity.toxicity import judge_toxicity
from residua.readers.case import read_case
from residua.views.grades_export import grades_parquet

COLUMNS = {"platelets": "Platelets_G_L", "neutrophils": "ANC_G_L", "wbc": "WBC_G_L",
           "lymphocytes": "Lymphocytes_G_L"}  # fmt: skip
CUTS = {
    ("5.0", "platelets"): (75, 50, 25), ("6.0", "platelets"): (75, 50, 10),
    ("5.0", "neutrophils"): (1.5, 1.0, 0.5), ("6.0", "neutrophils"): (1.5, 1.0, 0.5, 0.1),
    ("5.0", "wbc"): (3, 2, 1), ("6.0", "wbc"): (3, 2, 1),
    ("5.0", "lymphocytes"): (0.8, 0.5, 0.2),
}  # fmt: skip
"""Below the first cut grade 2, and so on; neutrophils of 6.0 begin with grade 1."""
HEAD = 'kind = "residua.case"\nversion = "1.0"\n'
FIRST = date(2018, 1, 1)


def folder_of(rows: list[tuple[str, str]], folder: Path, *, a_day: int) -> Path:
    """A case folder with these values (analyte, number), so many on each day."""
    days = ((FIRST + timedelta(n // a_day)).isoformat() for n in range(len(rows)))
    lines = [f"{d},{a},{v},10*9/L" for d, (a, v) in zip(days, rows, strict=True)]
    (folder / "case.toml").write_text(HEAD, "utf-8")
    (folder / "labs.csv").write_text("\n".join(["date,analyte,value,unit", *lines, ""]), "utf-8")
    return folder


@pytest.fixture(scope="module")
def values(test_data: Path) -> list[tuple[str, str]]:
    text = (test_data / "labs/aipal_presentation_labs.csv").read_text(encoding="utf-8")
    patients = list(csv.DictReader(text.splitlines()))
    return [(a, p[column]) for p in patients for a, column in COLUMNS.items() if p[column]]


def course_of(folder: Path) -> Course:
    return arrange(read_case(folder))


def grades_of(course: Course) -> pl.DataFrame:
    return pl.read_parquet(io.BytesIO(grades_parquet(course, grade_course(course))))


def expected(version: str, term: str, value: float) -> int | None:
    below = sum(value < cut for cut in CUTS[version, term])
    if (version, term) == ("6.0", "neutrophils"):
        return below
    return below + 1 if below else None


def test_counts_per_grade_through_grades_parquet(
    values: list[tuple[str, str]], tmp_path: Path
) -> None:
    table = grades_of(course_of(folder_of(values, tmp_path, a_day=4)))
    found = Counter(table.select("version", "term", "grade").rows())
    plain: Counter[tuple[str, str, int | None]] = Counter()
    for analyte, number in values:
        for version, term in CUTS:
            if term == analyte:
                plain[version, term, expected(version, term, float(number))] += 1
    assert {key: n for key, n in found.items() if key[:2] in CUTS} == plain
    over_100 = sum(float(v) > 100 for a, v in values if a == "wbc")
    assert found["5.0", "leukocytosis", 3] == over_100
    assert table.filter(pl.col("grade").is_null())["outcome"].unique().to_list() == [
        "not assessable"
    ]


def test_the_episodes_reach_the_worst_grade_of_the_values(
    values: list[tuple[str, str]], tmp_path: Path
) -> None:
    course = course_of(folder_of(values, tmp_path, a_day=4))
    found = judge_toxicity(course)
    for version, term in CUTS:
        grades = [j.verdict for j in found if (j.version, j.term) == (version, term)]
        numbers = [float(v) for a, v in values if a == term]
        worst = max(expected(version, term, number) or 0 for number in numbers)
        assert max(grades, key=str) == f"grade {worst}"
