"""`residua fcs` as a person or a program meets it, each call a process of its own.

Oracle: the exit codes and streams that docs/reference/fcs.md promises.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.views.fcs_export import write_fcs

EVENTS = np.arange(30, dtype=np.float32).reshape(10, 3)
SECRETS = {"$SRC": "J. Doe", "$SMNO": "D-4711", "PATIENT ID": "P-0815", "$FIL": "doe.fcs"}


def residua(*words: object) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-m", "residua", *map(str, words)],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    channels = (Channel("FSC-A"), Channel("PE-A", "CD22"), Channel("FITC-A", "CD10"))
    keywords = SECRETS | {"$CYT": "LSR\x1b[31m", "$DATE": "03-MAR-2020", "$TIMESTEP": "0.01"}
    spillover = Spillover(("PE-A", "FITC-A"), np.array([[1, 0.1], [0.2, 1]]))
    write_fcs(Acquisition(EVENTS, channels, keywords, spillover), tmp_path / "a.fcs")
    return tmp_path / "a.fcs"


def test_it_says_what_the_file_holds_and_no_name(file: Path) -> None:
    answer = residua("fcs", file)
    assert (answer.returncode, answer.stderr) == (0, "")
    for said in ("FCS 3.1", "10 events", "PE-A", "CD22", "2020-03-03", "2 x 2", "$TIMESTEP"):
        assert said in answer.stdout
    assert "withheld" in answer.stdout
    assert "$SRC" in answer.stdout
    assert "\x1b" not in answer.stdout
    assert not [secret for secret in SECRETS.values() if secret in answer.stdout]


def test_json_says_the_same(file: Path) -> None:
    answer = residua("fcs", file, "--json")
    document = json.loads(answer.stdout)
    assert (document["kind"], document["events"], document["fcs"]) == ("residua.fcs", 10, "3.1")
    assert document["parameters"][1]["marker"] == "CD22"
    assert document["spillover"]["matrix"] == [[1, 0.1], [0.2, 1]]
    assert set(document["withheld"]) >= set(SECRETS)
    assert not [secret for secret in SECRETS.values() if secret in answer.stdout]


@pytest.mark.parametrize("ending", ["parquet", "csv", "fcs"])
def test_events_are_exported(file: Path, ending: str) -> None:
    target = file.with_name(f"out.{ending}")
    answer = residua("fcs", file, "--to", target)
    assert answer.returncode == 0, answer.stderr
    assert target.exists()
    if ending == "parquet":
        assert pl.read_parquet(target)["PE-A"].to_list() == EVENTS[:, 1].tolist()


def test_a_broken_file_is_exit_1_and_nothing_is_written(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])
    target = file.with_name("out.parquet")
    answer = residua("fcs", file, "--to", target)
    assert answer.returncode == 1
    assert "expected 10 events" in answer.stderr
    assert "PE-A" in answer.stdout, "TEXT still says what the file is about"
    assert not target.exists()
    assert json.loads(residua("fcs", file, "--json").stdout)["faults"][0]["where"] == "$TOT"


def test_what_is_salvaged_says_so_everywhere(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])
    target = file.with_name("out.fcs")
    answer = residua("fcs", file, "--salvage", "--to", target)
    assert answer.returncode == 0, answer.stderr
    flag = "salvaged: 9 of 10 stated events"
    assert flag in answer.stdout
    assert flag in residua("fcs", target).stdout


@pytest.mark.parametrize("words", [("--to", "events.xlsx"), ("--to", "same")])
def test_a_wrong_target_is_exit_2(file: Path, words: tuple[str, str]) -> None:
    before = file.read_bytes()
    target = file if words[1] == "same" else file.with_name(words[1])
    answer = residua("fcs", file, "--to", target)
    assert answer.returncode == 2
    assert "Traceback" not in answer.stderr
    assert file.read_bytes() == before


def test_other_files_are_a_fault(tmp_path: Path) -> None:
    other = tmp_path / "other.fcs"
    other.write_bytes(b"PK\x03\x04")
    for words in (("fcs", other), ("fcs", tmp_path / "none.fcs"), ("fcs", tmp_path)):
        answer = residua(*words)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert "expected" in answer.stderr
        assert "Traceback" not in answer.stderr


HEAVY = ("numba", "polars", "matplotlib", "scipy.stats")


def test_a_small_file_is_shown_at_once_and_without_heavy_libraries(
    file: Path, spent: Callable[[], float]
) -> None:
    code = (
        "import sys; sys.argv = ['residua', 'fcs', sys.argv[1]]\n"
        "from residua.cli import main\n"
        "try:\n    main()\n"
        f"finally:\n    print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    seconds = []
    for _ in range(3):
        began = spent()
        done = subprocess.run(
            [sys.executable, "-c", code, str(file)],
            capture_output=True,
            text=True,
            env=environment,
            check=True,
        )
        seconds.append(spent() - began)
        assert done.stderr.strip() == "[]"
    assert min(seconds) < 1
