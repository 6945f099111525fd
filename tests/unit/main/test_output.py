"""Output is whole or not there. Oracle: the file system, looked at while a writer is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from residua.errors import UsageError
from residua.main.output import whole_folder

NAMES = ("a.json", "b.svg", "c.html")


def _write(folder: Path, text: str) -> None:
    for name in NAMES:
        (folder / name).write_text(text)


def _contents(folder: Path) -> set[str]:
    return {path.read_text() for path in folder.iterdir()}


def test_a_new_folder_appears_whole(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    with whole_folder(out) as partial:
        _write(partial, "new")
        assert not out.exists()
    assert {p.name for p in out.iterdir()} == set(NAMES)
    assert [p.name for p in out.parent.iterdir()] == ["out"]


def test_an_error_leaves_the_earlier_output(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with whole_folder(out) as partial:
        _write(partial, "old")
    with pytest.raises(RuntimeError), whole_folder(out) as partial:
        (partial / "a.json").write_text("new")
        raise RuntimeError
    assert _contents(out) == {"old"}
    assert [p.name for p in tmp_path.iterdir()] == ["out"]


def test_files_of_others_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    with whole_folder(out) as partial:
        _write(partial, "new")
    assert (out / "notes.txt").read_text() == "mine"
    assert (out / "a.json").read_text() == "new"


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(UsageError, match="name a folder"), whole_folder(tmp_path / "out"):
        pass


_WRITER = """
import sys
from pathlib import Path
from residua.main.output import whole_folder
out, number = Path(sys.argv[1]), 0
while True:
    number += 1
    with whole_folder(out) as partial:
        for name in ("a.json", "b.svg", "c.html"):
            (partial / name).write_text(str(number) * 4000)
"""


def test_a_killed_writer_leaves_one_whole_output(tmp_path: Path) -> None:
    """Kill a process that writes without end, at arbitrary moments, and look at what is there."""
    out = tmp_path / "out"
    with whole_folder(out) as partial:
        _write(partial, "old")
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    for attempt in range(8):
        writer = subprocess.Popen([sys.executable, "-c", _WRITER, str(out)], env=environment)
        time.sleep(0.4 + 0.037 * attempt)
        writer.send_signal(signal.SIGKILL)
        writer.wait()
        assert {p.name for p in out.iterdir()} == set(NAMES)
        assert len(_contents(out)) == 1, "files of two runs side by side"
    with whole_folder(out) as partial:
        _write(partial, "last")
    assert [p.name for p in tmp_path.iterdir()] == ["out"], "leftovers of killed runs are removed"
