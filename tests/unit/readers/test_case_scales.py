"""Grades outside their scale, days beyond a cycle. Oracle: the scale and the cycle as published."""

from __future__ import annotations

import pytest

from residua.errors import InputError
from residua.readers.case import read_case

HEAD = """kind = "residua.case"
version = "1.0"
title = "made up"
[diagnosis]
disease = "B-ALL"
"""


def _faults(tmp_path, text):
    (tmp_path / "case.toml").write_text(HEAD + text, "utf-8")
    try:
        read_case(tmp_path)
    except InputError as error:
        return [(fault.line, fault.where) for fault in error.faults]
    return []


@pytest.mark.parametrize(
    ("standard", "grade", "fits"),
    [("magic", 4, True), ("magic", 5, False), ("nih-cgvhd", 3, True), ("nih-cgvhd", 4, False),
     ("ctcae", 5, True), ("another", 5, True)],
)  # fmt: skip
def test_a_grade_lies_on_its_scale(tmp_path, standard, grade, fits):
    text = f"""[[finding]]
term = "toxicity"
standard = "{standard}"
grade_reported = {grade}
"""
    assert _faults(tmp_path, text) == ([] if fits else [(9, "finding[0].grade_reported")])


@pytest.mark.parametrize(
    ("regimen", "day", "fits"),
    [("hyper-cvad-a", 21, True), ("hyper-cvad-a", 22, False), ("free", 40, True),
     ("unheard of", 40, True)],
)  # fmt: skip
def test_a_day_lies_within_the_cycle_of_the_regimen_named(tmp_path, regimen, day, fits):
    """Hyper-CVAD: 21 days."""
    text = f"""[[treatment]]
regimen = "{regimen}"
drugs = [{{ name = "dexamethasone", dose = "40 mg", days = "{day}" }}]
"""
    assert _faults(tmp_path, text) == ([] if fits else [(8, "treatment[0].drugs[0].days")])
