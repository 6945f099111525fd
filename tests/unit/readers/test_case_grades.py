"""Grades outside the scale that a source names. Oracle: the grades that each scale prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from residua.readers.case import gather_case

HEAD = 'kind = "residua.case"\nversion = "1.0"\n[[finding]]\nid = "f"\n'


def faults(folder: Path, *lines: str) -> list[str]:
    (folder / "case.toml").write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return [str(fault) for fault in gather_case(folder).faults]


@pytest.mark.parametrize(
    ("term", "grade", "standard", "version"),
    [
        ("nausea", 4, "ctcae", "5.0"), ("febrile neutropenia", 2, "CTCAE", "6.0"),
        ("lymphopenia", 2, "ctcae", "6.0"), ("bacteraemia", 3, "ctcae", "5.0"),
        ("acute GVHD", 5, "magic", "2016"), ("acute GVHD", 5, "glucksberg", "1994"),
        ("ICAHT", 5, "icaht", "2023"), ("chronic GVHD", 4, "nih-cgvhd", "2014"),
    ],
)  # fmt: skip
def test_a_grade_outside_its_scale_is_refused_by_name(
    tmp_path: Path, term: str, grade: int, standard: str, version: str
) -> None:
    (fault,) = faults(
        tmp_path, f'term = "{term}"', f"grade_reported = {grade}", f'standard = "{standard}"',
        f'version = "{version}"',
    )  # fmt: skip
    assert "case.toml:6: finding[0].grade_reported: expected a grade " in fault
    assert str(grade) not in fault.partition("expected")[2].partition("received")[2]


@pytest.mark.parametrize(
    "lines",
    [
        ('term = "nausea"', "grade_reported = 3", 'standard = "ctcae"', 'version = "5.0"'),
        ('term = "nausea"', "grade_reported = 4"),
        ('term = "nausea"', "grade_reported = 4", 'standard = "ctcae"', 'version = "4.03"'),
        ('term = "anaemia"', "grade_reported = 5", 'standard = "ctcae"', 'version = "5.0"'),
        ('term = "headache"', "grade_reported = 4", 'standard = "ctcae"', 'version = "5.0"'),
        ('term = "acute GVHD"', "grade_reported = 4", 'standard = "magic"'),
    ],
)
def test_what_no_named_scale_excludes_is_left_alone(tmp_path: Path, lines: tuple[str, ...]) -> None:
    assert faults(tmp_path, *lines) == []


@pytest.mark.parametrize("grade", ["6", "-1", "2.5"])
def test_no_scale_has_such_a_grade(tmp_path: Path, grade: str) -> None:
    (fault,) = faults(tmp_path, 'term = "nausea"', f"grade_reported = {grade}")
    assert "grade_reported" in fault
