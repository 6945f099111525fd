"""`residua run` killed at any moment: what lies in OUT is the old output or the new one, whole.

Oracle: the bytes of one complete run before and of one complete run after, by file.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

MOMENTS = 6
HEAD = 'kind = "residua.case"\nversion = "1.0"\nsimulated = true\n'
FACTS = """[diagnosis]
disease = "B-ALL"
date = "2019-02-01"
[[assessment]]
id = "a"
date = "2019-03-01"
kind = "morphology"
blasts = "{blasts} %"
"""
FILES = {
    "course.json", "course.svg", "course.png", "course.pdf", "grades.parquet", "report.html",
}  # fmt: skip


def start(case: Path, out: Path) -> subprocess.Popen[bytes]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    return subprocess.Popen(
        [sys.executable, "-m", "residua", "run", str(case), "-o", str(out)],
        env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def contents(out: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in out.iterdir()}


def write_case(case: Path, blasts: int) -> None:
    case.mkdir(exist_ok=True)
    (case / "case.toml").write_text(HEAD + FACTS.format(blasts=blasts))


@pytest.fixture(scope="module")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float]:
    """A folder with the old output and one with the new, and how long a run takes (s)."""
    home = tmp_path_factory.mktemp("runs")
    took = 0.0
    for name, blasts in (("old", 2), ("new", 40)):
        write_case(home / "case", blasts)
        began = time.monotonic()
        assert start(home / "case", home / name).wait() == 0
        took = time.monotonic() - began
    return home / "old", home / "new", took


def test_a_killed_run_leaves_the_old_output_or_the_new(
    outputs: tuple[Path, Path, float], tmp_path: Path
) -> None:
    """SIGKILL at moments spread over the run, most of them where the files are moved."""
    old, new, took = outputs
    whole = (contents(old), contents(new))
    assert set(whole[0]) == FILES
    assert whole[0]["course.json"] != whole[1]["course.json"]
    write_case(tmp_path / "case", 40)
    out = tmp_path / "out"
    for moment in range(MOMENTS):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)
        process = start(tmp_path / "case", out)
        time.sleep(took * (0.15 + 0.95 * moment / (MOMENTS - 1)))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert contents(out) in whole
    assert start(tmp_path / "case", out).wait() == 0
    assert contents(out) == whole[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "out"], "no leftovers"


def test_a_run_killed_while_it_writes(outputs: tuple[Path, Path, float], tmp_path: Path) -> None:
    """SIGKILL as soon as each of the files appears in the temporary folder, and just after."""
    old, new, _ = outputs
    whole = (contents(old), contents(new))
    write_case(tmp_path / "case", 40)
    out = tmp_path / "out"
    for name in ("course.svg", "course.json", "report.html"):
        shutil.rmtree(out, ignore_errors=True)
        shutil.copytree(old, out)
        process = start(tmp_path / "case", out)
        while process.poll() is None and not any(tmp_path.glob(f".out.*/{name}")):
            time.sleep(0.0005)
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert contents(out) in whole


def test_an_interrupted_run_says_one_line(
    outputs: tuple[Path, Path, float], tmp_path: Path
) -> None:
    old, _, _ = outputs
    write_case(tmp_path / "case", 40)
    out = tmp_path / "out"
    shutil.copytree(old, out)
    process = start(tmp_path / "case", out)
    while process.poll() is None and not any(tmp_path.glob(".out.*")):
        time.sleep(0.001)
    process.send_signal(signal.SIGINT)
    stdout, stderr = process.communicate()
    assert (process.returncode, stdout) == (130, b"")
    assert stderr == b"residua: stopped; nothing half-written is left\n"
    assert contents(out) == contents(old)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["case", "out"]
