"""The command line as a person or a program meets it, each call a process of its own.

Oracle: the exit codes and streams that the reference page of the commands promises.
"""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

COMMANDS = (
    *("new", "check", "run", "figure", "explain", "import", "mrd", "gate", "fcs", "fcs scrub"),
    *(
        "beads",
        "bench",
        "beads panel",
        "clonotypes",
        "compensation",
        "dpcr",
        "cytokines",
        "exposure",
        "grade",
        "qpcr",
        "reference",
        "reference build",
        "reference show",
        "regimen",
        "standards",
        "validate",
        "simulate course",
        "simulate flow",
        "simulate beads",
        "simulate marrow",
    ),
    "simulate",
)


def residua(*words: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "COLUMNS": "100"}
    return subprocess.run(
        [sys.executable, "-m", "residua", *map(str, words)],
        capture_output=True,
        text=True,
        cwd=cwd,
        env=environment,
        check=False,
    )


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    answer = residua(*command.split(), "--help")
    assert answer.returncode == 0
    assert f"residua {command} " in answer.stdout, "an example to copy"
    assert answer.stderr == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("fcs",), "residua fcs --help shows"),
        (("fcs", "scrub"), "residua fcs scrub --help shows"),
        (
            ("gate", "d 30.fcs", "e.fcs", "--gates", "x", "-o", "y"),
            "a name with spaces needs quotes",
        ),
        (("nothing",), "residua --help shows"),
    ],
)
def test_wrong_use_says_where_the_right_one_stands(words: tuple[str, ...], said: str) -> None:
    assert said in residua(*words).stderr


def test_the_list_of_commands_names_each(tmp_path: Path) -> None:
    text = residua("--help").stdout
    assert all(command.split()[0] in text for command in COMMANDS)
    assert "Research use only" in text


@pytest.mark.parametrize(
    "words",
    [
        ("chek",),
        ("check",),
        ("check", "x", "--nope"),
        ("run", "x"),
        ("mrd", "--gates", "x"),
        ("mrd", "f", "--gates", "g", "--diagnosis", "d", "-o", "o"),
        ("mrd", "f", "--normals", "none", "-o", "o"),
        ("mrd", "f", "--reader", "no_module:none", "-o", "o"),
    ],
)
def test_wrong_use_is_exit_2_and_says_so(words: tuple[str, ...]) -> None:
    answer = residua(*words)
    assert answer.returncode == 2
    assert answer.stdout == ""
    assert answer.stderr
    assert "Traceback" not in answer.stderr


def test_a_missing_folder_is_a_fault_in_the_input(tmp_path: Path) -> None:
    answer = residua("run", tmp_path / "nobody", "-o", tmp_path / "out")
    assert answer.returncode == 1
    assert "case.toml" in answer.stderr
    assert "expected" in answer.stderr
    assert "Traceback" not in answer.stderr
    assert not (tmp_path / "out").exists()


def test_a_new_folder_passes_its_own_check(tmp_path: Path) -> None:
    assert residua("new", tmp_path / "p-1").returncode == 0
    answer = residua("check", tmp_path / "p-1")
    assert answer.returncode == 0, answer.stdout
    again = residua("new", tmp_path / "p-1")
    assert again.returncode in (1, 2)
    assert "Traceback" not in again.stderr


HEAVY = ("numpy", "matplotlib", "pydantic", "scipy", "residua.main", "residua.readers")


def test_the_list_of_commands_is_instant(spent: Callable[[], float]) -> None:
    """Under half a second of the processor, the best of three, and without any task."""
    code = (
        "import sys, residua.cli as cli\n"
        "sys.argv = ['residua', '--help']\n"
        "try: cli.main()\n"
        "except SystemExit: print(*sys.modules, file=sys.stderr)\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True
    )
    loaded = {name for name in answer.stderr.split() if name.startswith(HEAVY)}
    assert loaded == set()
    took = []
    for _ in range(3):
        began = spent()
        residua("--help")
        took.append(spent() - began)
    assert min(took) < 0.5


def test_json_is_one_document_on_stdout(tmp_path: Path) -> None:
    residua("new", tmp_path / "p")
    checked = json.loads(residua("check", tmp_path / "p", "--json").stdout)
    assert (checked["kind"], checked["faults"]) == ("residua.check", [])
    assert json.loads(residua("explain", tmp_path / "p", "diagnosis", "--json").stdout)
    unknown = residua("explain", tmp_path / "p", "nothing", "--json")
    assert unknown.returncode == 1
    assert json.loads(unknown.stdout)["kind"] == "residua.faults"
    (tmp_path / "map.toml").write_text(
        'checked = true\n[columns]\ndate = "date"\nitem = "item"\nvalue = "value"\nunit = "unit"\n'
    )
    (tmp_path / "t.csv").write_text("date,item,value,unit\n2019-02-01,weight,70,kg\n")
    words = ("import", tmp_path / "t.csv", "--kind", "vitals", "--map", tmp_path / "map.toml")
    report = json.loads(residua(*words, "-o", tmp_path / "p", "--json").stdout)
    assert (report["kind"], report["written"], report["duplicates"]) == ("residua.import", 1, 0)


def test_progress_is_for_a_terminal_only(tmp_path: Path) -> None:
    """A pipe hears nothing but messages; a terminal sees what is being done, then a clean line."""
    residua("new", tmp_path / "p")
    quiet = residua("run", tmp_path / "p", "-o", tmp_path / "out")
    assert quiet.stderr == ""
    leader, follower = pty.openpty()
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-m", "residua", "run", str(tmp_path / "p"), "-o", str(tmp_path / "out")],
        stdout=subprocess.PIPE, stderr=follower, env=environment, text=True,
    ) as process:  # fmt: skip
        assert process.stdout is not None
        answer = process.stdout.read()
    os.close(follower)
    seen = os.read(leader, 65536).decode()
    os.close(leader)
    assert "drawing the figure" in seen
    assert seen.endswith("\r\x1b[K")
    assert answer == quiet.stdout
