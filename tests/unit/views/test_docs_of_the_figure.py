"""The page on the real marrow says what its gates say. Oracle: flow.toml, and the file's counts."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from PIL import Image

from residua.main.flow.opened import open_file
from residua.main.flow.plan import plan_files
from residua.measures.gates import gate_events
from residua.readers.gates import read_gates

ROOT = Path(__file__).parents[3]
PAGE = (ROOT / "docs" / "real-ball-marrow.md").read_text("utf-8")
FLOW = ROOT / "examples" / "real-ball-marrow" / "flow"
ROWS = {
    cells[0]: cells
    for line in PAGE.splitlines()
    if line.startswith("| ")
    and len(cells := [cell.strip() for cell in line.strip("|").split("|")]) == 5
}


def test_every_gate_stands_there_with_its_parent_and_reason():
    gates = tomllib.loads((FLOW / "flow.toml").read_text("utf-8"))["gate"]
    assert [name for name in ROWS if name not in ("gate", "---")] == [g["name"] for g in gates]
    for gate in gates:
        _, within, _, _, reason = ROWS[gate["name"]]
        assert within == gate.get("parent", "all events")
        assert reason == gate["reason"]


def test_every_count_is_that_of_the_file():
    marrow = FLOW / "real-ball-marrow.fcs"
    if not marrow.is_file():
        pytest.skip("the real marrow was not fetched: run make demo")
    strategy = read_gates(FLOW / "flow.toml")
    plan = plan_files(strategy, FLOW / "flow.toml", [marrow])
    masks = gate_events(open_file(plan, plan.files[0], tube=None).readout)
    for gate in strategy.gates:
        kept, held = (int(re.sub(r"\D", "", cell)) for cell in ROWS[gate.name][2:4])
        parent = masks[gate.parent] if gate.parent else masks[gate.name] | True
        assert (kept, held) == (masks[gate.name].sum(), parent.sum())


def test_the_hash_is_the_one_that_is_checked():
    tool = (ROOT / "tools" / "real_marrow.py").read_text("utf-8")
    (digest,) = re.findall(r'SHA256 = "([0-9a-f]{64})"', tool)
    assert digest in PAGE


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("huang-2023", 500),
        ("simulated-course", 500),
        ("whole-course", 500),
        ("real-ball-marrow-gates", 300),
        ("gating-tree", 300),
    ],
)
def test_pictures_are_there_and_small(name, most):
    picture = ROOT / "docs" / "images" / f"{name}.png"
    assert picture.stat().st_size < most * 1000
    with Image.open(picture) as image:
        assert image.size[0] >= 1000
