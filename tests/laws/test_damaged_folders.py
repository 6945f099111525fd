"""Law: whatever bytes a folder holds, `check` ends soon and raises nothing.

Oracle: none is needed; the damage is random with fixed seeds, the folder sound before it.
"""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import flowio
import pytest

from residua.errors import Fault
from residua.main.check import check_folder

EXAMPLE = Path(__file__).parents[2] / "examples" / "huang-2023"
GATES = """[[file]]
path = "a.fcs"
[scales]
CD19 = { kind = "logicle", T = 262144, W = 0.5, M = 4.5, A = 0 }
[[gate]]
name = "cells"
kind = "polygon"
x = "FSC-A"
y = "CD19"
points = [[0, 0], [1, 0], [1, 1]]
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = { CD19 = [0.5, inf] }
[mrd]
numerator = "blasts"
denominator = "cells"
"""
FILES = ("case.toml", "labs.csv", "mrd.csv", "flow/flow.toml", "flow/a.fcs")
PIECES = (b"\0", b"\xff", b'"', b"'''", b"[[", b"]]", b"=", b"\n", b";", b",", b"9" * 400, b"e999",
          b"inf", b"-", b"\xef\xbb\xbf", b"\xc3", b"{", b"1e-400", b"$TOT", b"/")  # fmt: skip
DAMAGES = 40
SLOWEST = 3.0  # seconds for one folder on a busy machine


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(EXAMPLE, tmp_path / "case")
    flow = tmp_path / "case" / "flow"
    flow.mkdir()
    (flow / "flow.toml").write_text(GATES)
    with (flow / "a.fcs").open("wb") as stream:
        flowio.create_fcs(stream, [1.0, 2.0] * 200, ["FSC-A", "FITC-A"], ["", "CD19"])
    assert check_folder(tmp_path / "case").faults == ()
    return tmp_path / "case"


def damaged(raw: bytes, dice: random.Random) -> bytes:
    """One of: bytes flipped, a piece put in, a part cut out, the end cut off."""
    content, place = bytearray(raw), dice.randrange(len(raw))
    way = dice.randrange(4)
    if way == 0:
        for _ in range(dice.choice((1, 3, 30))):
            content[dice.randrange(len(content))] = dice.randrange(256)
    elif way == 1:
        content[place:place] = dice.choice(PIECES)
    elif way == 2:
        del content[place : place + dice.choice((1, 7, 200))]
    else:
        del content[place:]
    return bytes(content)


@pytest.mark.parametrize("name", FILES)
def test_any_damage_is_answered_with_faults_in_time(folder: Path, name: str) -> None:
    path, dice = folder / name, random.Random(name)
    raw = path.read_bytes()
    for _ in range(DAMAGES):
        path.write_bytes(damaged(raw, dice))
        began = time.monotonic()
        report = check_folder(folder)
        assert time.monotonic() - began < SLOWEST
        assert all(isinstance(fault, Fault) and str(fault) for fault in report.faults)
