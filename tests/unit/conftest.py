"""What tests of the command line share."""

from __future__ import annotations

import resource
from collections.abc import Callable
from pathlib import Path

import pytest
from laboratory_files import SECRETS

from residua.cli import main

Said = tuple[int, str, str]


@pytest.fixture
def spent() -> Callable[[], float]:
    """Processor seconds of all child processes so far: other work on the machine does not count."""

    def seconds() -> float:
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime

    return seconds


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., Said]:
    """Runs a command in an own folder: its code, its answer, its messages; none tells a secret."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Said:
        monkeypatch.setattr("sys.argv", ["residua", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        code = int(stopped.value.code or 0)
        said = capsys.readouterr()
        told = said.err if code == 0 else said.err + said.out
        assert not [secret for secret in SECRETS if secret in told]
        assert code in (0, 1, 2)
        return code, said.out, said.err

    return run
