"""Bad input of the clinical rulebook through the real command line: refused in one line, by name.

Oracle: faults planted by hand, one in each case; what is planted must not be repeated.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import residua

import residua as package

HEAD = 'kind = "residua.case"\nversion = "1.0"\n'
LABS = "date,analyte,value,unit\n2019-03-01,"
VITALS = "date,item,value,unit\n2019-03-01,"
SECRET = "Mustermann"
FINDING = f'[[finding]]\nterm = "{SECRET}"\n'


def as_installed(*words: str, cwd: Path, source: Path) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(source), *sys.path])}
    return subprocess.run(
        [sys.executable, "-m", "residua", *words],
        capture_output=True, text=True, cwd=cwd, env=environment, check=False,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("file", "text", "line", "named"),
    [
        ("labs.csv", LABS + "platelets,12,g/L\n", 2, "platelets in a unit of count"),
        ("labs.csv", LABS + "alt,12,mg/dL\n", 2, "alt in a unit of"),
        ("case.toml", FINDING + 'standard = "MAGIC"\ngrade_reported = 5\n', 6,
         "a grade of magic, 0 to 4"),
        ("case.toml", FINDING + "grade_reported = 6\n", 5, "at most 5"),
        ("case.toml", '[[treatment]]\nregimen = "Hyper-CVAD A"\n'
         'drugs = [{ name = "vincristine", days = "4,22" }]\n', 5, "days up to 21"),
        ("vitals.csv", VITALS + "weight,700,kg\n", 2, "a weight from 0.2 to 650 kg"),
        ("vitals.csv", VITALS + "weight,60,kg\n2019-3-1,weight,61,kg\n", 3, "one weight for a day"),
        ("vitals.csv", VITALS + "ice,11,{score}\n", 2, "an ICE score of at most 10"),
        ("case.toml", f'[[claim]]\ntext = "{SECRET}"\nvalue = 2019-03-01\n', 5, "a text, a number"),
        ("case.toml", f'[[claim]]\ntext = "{SECRET}"\nvalue = nan\n', 5, "a text, a number"),
    ],
)  # fmt: skip
def test_a_case_that_cannot_be_is_refused_in_one_line(
    tmp_path: Path, file: str, text: str, line: int, named: str
) -> None:
    folder = tmp_path / "p"
    folder.mkdir()
    (folder / "case.toml").write_text(HEAD + (text if file == "case.toml" else ""))
    (folder / file).write_text((HEAD if file == "case.toml" else "") + text)
    answer = residua("run", "p", "-o", "out", cwd=tmp_path)
    assert answer.returncode == 1
    told = answer.stderr.splitlines()
    assert len(told) == 2, told
    assert told[0].startswith(f"p/{file}:{line}: ")
    assert named in told[0]
    assert told[1] == "residua: 1 fault; nothing was written"
    assert SECRET not in answer.stderr + answer.stdout
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        ("grade --standard ctcae --version 5.0 --term platelets --value 1 --unit g/L", 1, "--unit"),
        ("grade --standard ctcae --version 5.0 --term alt --value Mustermann --unit U/L", 1,
         "--value"),
        ("grade --standard ctcae --version 4.03 --term alt --value 9 --unit U/L", 2, "5.0, 6.0"),
        ("grade --standard magic --finding skin=5", 2, "skin"),
        ("grade --standard astct-icans --finding ice=11", 2, "0 to 10"),
        ("regimen hyper-cvad-a --weight 700 --height 170 --start 2020-01-01", 2, "--weight"),
    ],
)  # fmt: skip
def test_a_command_that_cannot_be_is_refused_in_one_line(
    tmp_path: Path, words: str, code: int, named: str
) -> None:
    answer = residua(*words.split(), cwd=tmp_path)
    assert (answer.returncode, answer.stdout) == (code, "")
    told = [line for line in answer.stderr.splitlines() if "nothing was written" not in line]
    assert len(told) == 1, told
    assert named in told[0]
    assert SECRET not in answer.stderr


def test_a_rule_file_without_a_citation_is_refused_by_name(tmp_path: Path) -> None:
    """The installed package with the citations of one standard taken out."""
    (installed,) = package.__path__
    shutil.copytree(installed, tmp_path / "residua", ignore=shutil.ignore_patterns("__pycache__"))
    rules = tmp_path / "residua" / "standards" / "lee.toml"
    rules.write_text(re.sub(r"(?m)^cite = .*\n", "", rules.read_text("utf-8")), "utf-8")
    words = ("grade", "--standard", "lee", "--finding", "fever=yes")
    answer = as_installed(*words, cwd=tmp_path, source=tmp_path)
    assert (answer.returncode, answer.stdout) == (1, "")
    assert re.match(r"lee\.toml: .*cite: expected a text, received nothing", answer.stderr)
