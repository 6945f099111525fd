"""Small records for the tests of risk, and what is judged of them."""

from __future__ import annotations

from pathlib import Path

from residua.course.course import Course, arrange
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.readers.case import read_case

HEAD = 'kind = "residua.case"\nversion = "1.0"\nsimulated = true\n'
DIAGNOSIS = '[diagnosis]\ndate = "2023-01-10"\ndisease = "B-ALL"\n'
CAR_T = """
[[cell_infusion]]
id = "car-t"
date = "2023-02-01"
kind = "car-t"
target = ["CD19"]
[[assessment]]
id = "remission"
date = "2023-03-01"
kind = "morphology"
blasts = "1 %"
[[assessment]]
id = "back"
date = "2023-09-01"
kind = "morphology"
blasts = "60 %"
response_reported = "relapse"
[[phenotype]]
assessment = "back"
positive = ["CD19"]
"""


def course_of(folder: Path, body: str, **tables: str) -> Course:
    """A course of ``case.toml`` and csv files by their names."""
    (folder / "case.toml").write_text(HEAD + body, "utf-8")
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, "utf-8")
    return arrange(read_case(folder))


def risks(course: Course) -> dict[str, Judgement]:
    """Term and subject -> judgement of risk and mechanism."""
    found = judge_families(course)
    return {
        f"{j.subject}/{j.standard}/{j.term}": j for k in ("risk", "mechanism") for j in found[k]
    }


def said(judgement: Judgement) -> str:
    """Verdict word without its detail, or the outcome."""
    return (judgement.verdict or judgement.outcome).split(":")[0]
