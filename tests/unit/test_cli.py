"""The command line as a person or a program meets it, each call a process of its own.

Oracle: the exit codes and streams that the reference page of the commands promises.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COMMANDS = ("new", "check", "run", "explain", "import", "mrd", "simulate flow")


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


def test_the_list_of_commands_names_each(tmp_path: Path) -> None:
    text = residua("--help").stdout
    assert all(command.split()[0] in text for command in COMMANDS)
    assert "Research use only" in text


@pytest.mark.parametrize(
    "words",
    [("chek",), ("check",), ("check", "x", "--nope"), ("run", "x"), ("mrd", "--gates", "x")],
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
