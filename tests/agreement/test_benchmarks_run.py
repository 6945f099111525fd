"""The benchmarks run, and the sides find the same numbers. Oracles: the peers; no time is checked.

Each benchmark fails where Residua and a peer (FlowIO, FlowCal, FlowKit, matplotlib) differ in the
values they read or scale, or in the events they count.
"""

import os
import subprocess
import sys
from pathlib import Path

from residua.main.check import check_folder

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


def _run(script, *words):
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, BENCHMARKS / script, *words]
    return subprocess.run(command, capture_output=True, text=True, env=environment, check=False)


def test_every_speed_benchmark_runs_and_its_sides_agree(tmp_path):
    page = tmp_path / "speed.md"
    done = _run("speed/bench.py", "--small", "--page", page)
    assert done.returncode == 0, done.stderr
    rows = [line for line in page.read_text().splitlines() if line.startswith("| ")]
    names = " ".join(row.split("|")[1] for row in rows)
    for word in ("read float32", "masked integers", "logicle", "arcsinh", "six gates", "picture"):
        assert word in names
    assert "blasts of" in page.read_text()
    assert names.count("`residua mrd`") == 2


def test_the_rich_course_is_without_fault_and_always_the_same(tmp_path):
    for name in ("one", "other"):
        done = _run("speed/rich_course.py", tmp_path / name, "--labs", "240")
        assert done.returncode == 0, done.stderr
    names = ("case.toml", "labs.csv", "vitals.csv", "mrd.csv")
    one, other = ([(tmp_path / f / n).read_bytes() for n in names] for f in ("one", "other"))
    assert one == other
    assert not check_folder(tmp_path / "one").faults


def test_the_grading_benchmark_runs_and_agrees_with_plain_comparisons():
    done = _run("speed/grading.py", "--values", "300")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("x plain") == 3


def test_the_exposure_benchmark_runs_and_agrees_with_scipy():
    done = _run("speed/laboratory_curves.py", "--patients", "3", "--many", "50", "--repeats", "1")
    assert done.returncode == 0, done.stderr
    assert "x Residua" in done.stdout


def test_the_benchmark_of_mixtures_runs_and_agrees_with_scikit_learn():
    words = ("--events", "4000", "--components", "3", "--channels", "4", "--trials", "1")
    done = _run("speed/mixtures.py", *words)
    assert done.returncode == 0, done.stderr
    assert "x Residua" in done.stdout


def test_the_benchmark_of_automatic_mrd_runs_and_reruns_to_the_bit():
    words = ("--events", "60000", "--cells", "30000", "--normals", "6")
    done = _run("speed/automatic_mrd.py", *words)
    assert done.returncode == 0, done.stderr
    assert "a rerun is the same to the bit" in done.stdout
    assert "x Residua" in done.stdout
