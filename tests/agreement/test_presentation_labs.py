"""The counts of 1 410 patients graded whole; oracle: plain comparisons of the same numbers.

The table has no limits of normal, so grade 1 of a count that needs one is not assessable, and
so is grade 0. Source: VincentAlcazer/AIPAL (MIT).
"""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from residua.main.grade import grade_table

COLUMNS = {"platelets": "Platelets_G_L", "neutrophils": "ANC_G_L", "wbc": "WBC_G_L"}
CUTS = {
    ("5.0", "platelets"): (75, 50, 25), ("6.0", "platelets"): (75, 50, 10),
    ("5.0", "neutrophils"): (1.5, 1.0, 0.5), ("6.0", "neutrophils"): (1.5, 1.0, 0.5, 0.1),
    ("5.0", "wbc"): (3, 2, 1), ("6.0", "wbc"): (3, 2, 1),
}  # fmt: skip
"""Below the first cut grade 2, and so on; neutrophils of 6.0 begin with grade 1."""


def _expected(version: str, term: str, value: float) -> str:
    below = sum(value < cut for cut in CUTS[version, term])
    if (version, term) == ("6.0", "neutrophils"):
        return str(below)
    return str(below + 1) if below else "not assessable"


@pytest.fixture(scope="module")
def patients(test_data: Path) -> list[dict[str, str]]:
    text = (test_data / "labs/aipal_presentation_labs.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _written(patients: list[dict[str, str]], path: Path) -> list[tuple[str, str, str]]:
    rows = [
        (version, term, patient[column])
        for version in ("5.0", "6.0")
        for term, column in COLUMNS.items()
        for patient in patients
    ]
    lines = [f"ctcae,{v},{term},{value},10*9/L,,," for v, term, value in rows]
    head = "standard,version,term,value,unit,lln,uln,baseline"
    path.write_text("\n".join([head, *lines, ""]), encoding="utf-8")
    return rows


def test_each_count_of_each_patient_and_the_counts_per_grade(
    patients: list[dict[str, str]], tmp_path: Path
) -> None:
    assert len(patients) == 1410
    rows = _written(patients, tmp_path / "t.csv")
    found: dict[tuple[str, str], Counter[str]] = {}
    plain: dict[tuple[str, str], Counter[str]] = {}
    for (version, term, value), grading in zip(
        rows, grade_table(tmp_path / "t.csv").gradings, strict=True
    ):
        said = grading.outcome if grading.grade is None else str(grading.grade)
        wanted = _expected(version, term, float(value)) if value else "not assessable"
        assert said == wanted
        found.setdefault((version, term), Counter())[said] += 1
        plain.setdefault((version, term), Counter())[wanted] += 1
    assert found == plain
    assert all(sum(counts.values()) == 1410 for counts in found.values())
