"""Inputs that are no files and outputs that must not be replaced; what is there stays there.

The oracle of each is the file system afterwards and a message by hand.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from residua.cli import main
from residua.errors import Fault, InputError, UsageError
from residua.facts.acquisition import Acquisition, Channel
from residua.main.output import whole_folder
from residua.readers.fcs import read_fcs
from residua.readers.gates import read_gates
from residua.readers.ordinary_file import ordinary_bytes
from residua.readers.spillover_table import read_spillover_table
from residua.views.fcs_export import write_fcs
from residua.views.whole_file import write_whole

GATES = """
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [0, inf] }
[mrd]
numerator = "cells"
denominator = "cells"
"""


def _file(folder: Path) -> Path:
    path = folder / "a.fcs"
    events = np.arange(40, dtype=np.float32).reshape(20, 2)
    write_fcs(Acquisition(events, (Channel("FSC-A"), Channel("PE-A")), {}), path)
    (folder / "flow.toml").write_text(GATES)
    return path


def _command(*words: Path | str, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("sys.argv", ["residua", *map(str, words)])
    with pytest.raises(SystemExit) as stopped:
        main()
    return int(stopped.value.code or 0)


@pytest.mark.parametrize("read", [read_fcs, read_gates, read_spillover_table])
@pytest.mark.parametrize("kind", ["a pipe", "/dev/zero", "links in a circle"])
def test_what_never_ends_is_not_read(tmp_path: Path, kind: str, read: object) -> None:
    """A pipe without a writer would be waited for for ever, /dev/zero read for ever."""
    path = Path(kind) if kind.startswith("/") else tmp_path / "odd"
    if kind == "a pipe":
        os.mkfifo(path)
    if kind == "links in a circle":
        path.symlink_to(path)
    with pytest.raises(InputError):
        read(path)  # type: ignore[operator]


def test_a_pipe_that_is_fed_is_refused_by_name_not_read_as_empty(tmp_path: Path) -> None:
    """Files are read twice; the second reading of a pipe would find it empty."""
    command = [sys.executable, "-m", "residua", "fcs", "/dev/stdin"]
    ran = subprocess.run(
        command, input=_file(tmp_path).read_bytes(), capture_output=True, check=False
    )
    assert ran.returncode == 1
    assert b"a pipe or device" in ran.stderr


def test_an_ordinary_file_is_read_as_it_is(tmp_path: Path) -> None:
    """The bytes that were written."""
    (tmp_path / "x").write_bytes(b"12")
    assert ordinary_bytes(tmp_path / "x") == b"12"


def test_a_fault_is_one_line_that_no_terminal_obeys() -> None:
    """Line breaks and escapes of names are spelled out, other letters stay."""
    said = str(Fault("a\nb\x1b[31m.fcs", "\u202ewhere", "é", "-", "-", 3))
    assert said == "a\\nb\\x1b[31m.fcs:3: \\u202ewhere: expected é, received -, do -"


@pytest.mark.parametrize("command", ["mrd", "gate"])
def test_links_in_a_circle_are_refused(
    tmp_path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the input 1, as the output 1 or 2: never a failure of our own."""
    file, loop = _file(tmp_path), tmp_path / "loop"
    loop.symlink_to(loop)
    gates = ["--gates", tmp_path / "flow.toml"]
    assert _command(command, loop, *gates, "-o", tmp_path / "o", monkeypatch=monkeypatch) == 1
    assert _command(command, file, *gates, "-o", loop, monkeypatch=monkeypatch) in (1, 2)
    assert loop.is_symlink()


def test_a_device_or_pipe_is_not_replaced_by_a_file(tmp_path: Path) -> None:
    """`-o /dev/null` of a superuser would otherwise take it away from everybody."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(InputError, match="a pipe or device"):
        write_whole(pipe, b"x")
    assert pipe.is_fifo()


def test_a_link_is_followed_and_stays(tmp_path: Path) -> None:
    """The file that it leads to holds the content."""
    (tmp_path / "real").write_text("old")
    (tmp_path / "link").symlink_to("real")
    write_whole(tmp_path / "link", b"new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_a_file_is_as_private_as_the_person_asks(tmp_path: Path) -> None:
    """The permissions of an ordinary new file under umask 077 are 0600."""
    old = os.umask(0o077)
    try:
        write_whole(tmp_path / "x", b"x")
    finally:
        os.umask(old)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600


def test_a_folder_of_others_is_not_taken_for_an_earlier_output(tmp_path: Path) -> None:
    """A person's folder has the name of a file that is to be written."""
    (tmp_path / "out" / "counts.csv").mkdir(parents=True)
    (tmp_path / "out" / "counts.csv" / "theirs").write_text("theirs")
    with pytest.raises(UsageError), whole_folder(tmp_path / "out") as partial:
        (partial / "counts.csv").write_text("ours")
        (partial / "a.csv").write_text("ours")
    assert (tmp_path / "out" / "counts.csv" / "theirs").read_text() == "theirs"
    assert [entry.name for entry in (tmp_path / "out").iterdir()] == ["counts.csv"]


def test_stars_in_the_name_of_an_output_are_only_characters(tmp_path: Path) -> None:
    """``**`` is a pattern of pathlib, and no name."""
    with whole_folder(tmp_path / "a**b[") as partial:
        (partial / "x").write_text("x")
    assert (tmp_path / "a**b[" / "x").read_text() == "x"


def test_gates_that_are_read_are_not_written_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`gate` writes gates.xml; a flow.toml may take its gates from a file of that name."""
    file = _file(tmp_path)
    text = '<g:Gating-ML xmlns:g="http://www.isac-net.org/std/Gating-ML/v2.0/gating"/>'
    (tmp_path / "gates.xml").write_text(text)
    gates = tmp_path / "flow.toml"
    gates.write_text('gates = "gates.xml"\n' + GATES)
    assert _command("gate", file, "--gates", gates, "-o", tmp_path, monkeypatch=monkeypatch) == 2
    assert (tmp_path / "gates.xml").read_text() == text
    assert not (tmp_path / "counts.csv").exists()


def test_mrd_writes_both_files_or_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the picture cannot be written, no mrd.json is left without it."""
    file, out = _file(tmp_path), tmp_path / "out"
    (out / "quality.png").mkdir(parents=True)
    words = ("mrd", file, "--gates", tmp_path / "flow.toml", "-o")
    assert _command(*words, out, monkeypatch=monkeypatch) == 2
    assert [entry.name for entry in out.iterdir()] == ["quality.png"]


def test_mrd_does_not_write_over_its_gates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gates may be called anything, .json too."""
    file, gates = _file(tmp_path), tmp_path / "gates.json"
    gates.write_text(GATES)
    words = ("mrd", file, "--gates", gates, "-o", gates)
    assert _command(*words, monkeypatch=monkeypatch) == 2
    assert gates.read_text() == GATES


def test_a_name_too_long_is_wrong_use_or_a_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file system that we know takes 300 letters."""
    file, long = _file(tmp_path), "x" * 300
    words = ("gate", file, "--gates", tmp_path / "flow.toml", "-o", tmp_path / long)
    assert _command(*words, monkeypatch=monkeypatch) == 2
    words = ("fcs", file, "--to", tmp_path / f"{long}.csv")
    assert _command(*words, monkeypatch=monkeypatch) == 1


def test_many_gates_are_counted_without_a_picture_and_deep_ones_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A chain of 60 is counted by hand (all 20 events each) and not drawn; one of 300 refused."""
    file = _file(tmp_path)
    one = '[[gate]]\nname = "g{0}"\nkind = "range"\nlimits = {{ "FSC-A" = [0, inf] }}\n'
    below = 'parent = "g{0}"\n'
    for size, code in ((60, 0), (300, 1)):
        texts = [one.format(n) + (below.format(n - 1) if n else "") for n in range(size)]
        (tmp_path / "flow.toml").write_text("\n".join(reversed(texts)))
        words = ("gate", file, "--gates", tmp_path / "flow.toml", "-o", tmp_path / str(size))
        assert _command(*words, monkeypatch=monkeypatch) == code
    counts = (tmp_path / "60" / "counts.csv").read_text().splitlines()
    assert len(counts) == 61
    assert not (tmp_path / "60" / "tree.png").exists()
    assert not (tmp_path / "300").exists()


@pytest.mark.parametrize(
    "table",
    [
        "name,birth,wbc\nJane Doe,1960-01-01,4\nJohn Doe,1970-01-01,5\n",
        ",Jane Doe,John Doe\nwbc,1,4\ncrp,2,5\n",
        "name,crp,wbc\nJane Doe,1,4\nJohn Doe,2,5\n",
        "Jane Doe,Jane Doe\n1,0\n0,1\n",
        ",Jane Doe,John Doe\nJane Doe,2,0\nJohn Doe,0,1\n",
    ],
)
def test_another_table_given_as_a_matrix_names_nobody(tmp_path: Path, table: str) -> None:
    """A list of patients, taken for a spillover matrix by mistake; labels of channels are said."""
    path = tmp_path / "m.csv"
    path.write_text(table)
    channels = (Channel("PE-A"), Channel("FITC-A"))
    with pytest.raises(InputError) as stopped:
        read_spillover_table(path, channels=channels)
    assert "Doe" not in str(stopped.value)
    path.write_text(",PE-A,FITC-A\nPE-A,1,x\nFITC-A,0,1\n")
    with pytest.raises(InputError, match="row 'PE-A', column 'FITC-A'"):
        read_spillover_table(path, channels=channels)


@pytest.mark.parametrize(
    "table",
    [
        '[[file]]\npath = "a.fcs"\ncompensation = "\\u0000"\n',
        '[[file]]\npath = "\\u0000"\n',
        '[[matrix]]\nname = "m"\nfile = "\\u0000"\n',
        '[[antigen]]\nmarker = "PE-A"\nof = "cells"\nfmo = "\\u0000"\n',
        '[[antigen]]\nmarker = "PE-A"\nof = "cells"\nthreshold = nan\n',
        '[[antigen]]\nmarker = "PE-A"\nof = "cells"\nthreshold = -inf\n',
    ],
)
def test_values_that_no_file_or_threshold_has(
    tmp_path: Path, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A NUL in a path, a threshold without a number: faults, never a failure of our own."""
    file = _file(tmp_path)
    (tmp_path / "flow.toml").write_text(GATES + table)
    words = ("mrd", file, "--gates", tmp_path / "flow.toml", "-o", tmp_path / "out")
    known = 'path = "\\u0000"' in table  # a file that is not measured
    assert _command(*words, monkeypatch=monkeypatch) == (0 if known else 1)


SAMPLE = """<Sample><DataSet uri="file:/x/{n}.fcs" sampleID="{n}"/><Transformations>
<linear maxRange="9"><parameter name="PE-A"/></linear></Transformations>
<spilloverMatrix name="M" prefix="Comp-"><parameters><parameter name="PE-A"/></parameters>
<spillover parameter="PE-A"><coefficient parameter="PE-A" value="{n}"/></spillover>
</spilloverMatrix><SampleNode name="Doe {n}" sampleID="{n}"><Subpopulations>
<Population name="p"><Gate><RectangleGate><dimension min="0"><fcs-dimension name="Comp-PE-A"/>
</dimension></RectangleGate></Gate></Population></Subpopulations></SampleNode></Sample>"""


@pytest.mark.parametrize("words", [("mrd", "2.fcs", "--gates"), ("compensation", "--tube", "x")])
def test_names_of_samples_are_not_said(
    tmp_path: Path,
    words: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The samples of a workspace are often called by the names of patients."""
    samples = "".join(SAMPLE.format(n=n) for n in (1, 2))
    text = f'<Workspace version="20"><SampleList>{samples}</SampleList></Workspace>'
    (tmp_path / "w.wsp").write_text(text)
    _file(tmp_path).rename(tmp_path / "2.fcs")
    monkeypatch.chdir(tmp_path)
    assert _command(*words, "w.wsp", "-o", "out", monkeypatch=monkeypatch) in (1, 2)
    said = capsys.readouterr()
    assert said.err
    assert "Doe" not in said.err + said.out
    strategy = read_gates("w.wsp")
    assert [one.name for one in strategy.dimensions] == ["Comp-PE-A", "Comp-PE-A [sample 2]"]
    assert [name for name, _ in strategy.matrices] == ["M", "M [sample 2]"]


def test_a_case_folder_with_odd_things_is_checked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A pipe, links in a circle and a path with NUL under flow/: faults by name, no waiting."""
    flow = tmp_path / "flow"
    flow.mkdir()
    (tmp_path / "case.toml").write_text('kind = "residua.case"\nversion = "1.0"\n')
    _file(flow)
    (flow / "flow.toml").write_text(GATES + '[[file]]\npath = "\\u0000.fcs"\n')
    (flow / "loop.fcs").symlink_to("loop.fcs")
    os.mkfifo(flow / "pipe.fcs")
    os.mkfifo(flow / "notes.txt")
    assert _command("check", tmp_path, monkeypatch=monkeypatch) == 1
    said = capsys.readouterr().out
    for name in ("loop.fcs", "pipe.fcs", "notes.txt", "flow.toml"):
        assert name in said
