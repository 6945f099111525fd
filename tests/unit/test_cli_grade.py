"""`residua grade` as a program meets it: streams and exit codes of the reference page."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ONE = ("grade", "--standard", "ctcae", "--version", "5.0", "--term", "platelets")


def residua(*words: str | Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.run(
        [sys.executable, "-m", "residua", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


def test_a_grade_and_a_missing_limit_are_answers() -> None:
    answer = residua(*ONE, "--value", "12", "--unit", "10*9/L", "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert json.loads(answer.stdout)["grade"] == 4
    answer = residua(*ONE, "--value", "100", "--unit", "10*9/L")
    assert answer.returncode == 0
    assert "not assessable" in answer.stdout


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((*ONE, "--value", "12", "--unit", "g/L"), 1),
        ((*ONE, "--value", "12", "--unit", "10*9/L", "--finding", "x=y"), 2),
        ((*ONE, "--value", "12", "--unit", "10*9/L", "--finding", "x"), 2),
        ((*ONE, "--value", "12"), 2),
        ((*ONE[:3], "--term", "platelets", "--value", "12", "--unit", "10*9/L"), 2),
        ((*ONE[:3], "--finding", "death=yes"), 2),
        (("grade", "--standard", "who", "--version", "1", "--finding", "a=b"), 2),
        (("grade", "--table", "absent.csv"), 1),
    ],
)
def test_what_cannot_be_graded_says_so(words: tuple[str, ...], code: int) -> None:
    answer = residua(*words)
    assert answer.returncode == code
    assert answer.stdout == ""
    assert "Traceback" not in answer.stderr
    assert answer.stderr


def test_a_table_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    head, row = "standard,version,term,value,unit,lln,uln,baseline", "ctcae,5.0,wbc,1.5,10*9/L,,,"
    table, out = tmp_path / "t.csv", tmp_path / "out.csv"
    table.write_text(f"{head}\n{row}\n")
    shown = residua("grade", "--table", table)
    assert shown.stdout.splitlines()[1].startswith(f"{row},3,verdict,")
    assert residua("grade", "--table", table, "-o", out).returncode == 0
    assert out.read_text() == shown.stdout
    table.write_text(f"{head}\n{row}\n{row.replace('10*9/L', 'g/L')}\n")
    answer = residua("grade", "--table", table, "-o", out)
    assert answer.returncode == 1
    assert "t.csv:3: unit: expected" in answer.stderr
    assert out.read_text() == shown.stdout
