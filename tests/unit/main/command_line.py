"""The command line called in this process: a tenth of the time of a process of its own."""

from __future__ import annotations

import io
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

import pytest

from residua.cli import main


@dataclass(frozen=True)
class Answer:
    returncode: int
    stdout: str
    stderr: str


def residua(*words: str | Path, cwd: Path) -> Answer:
    """What `residua WORDS` answers in the folder `cwd`."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(cwd)
        patch.setattr("sys.argv", ["residua", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
    return Answer(int(stopped.value.code or 0), out.getvalue(), err.getvalue())
