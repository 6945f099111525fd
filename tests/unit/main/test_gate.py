"""`residua gate`: counts, files and samples.

Oracles: masks of the same gates, FlowJo's own counts in its workspace, Polars.
"""

import csv
import json

import numpy as np
import polars as pl
import pytest

from residua.errors import InputError, UsageError
from residua.main.gate import gate_file
from residua.measures.gates import apply_gates
from residua.readers.fcs import read_fcs
from residua.readers.gates import read_gates

TREE = {"counts.csv", "counts.json", "tree.png", "tree.svg", "tree.pdf"}
DIAMOND = "flowkit/simple_diamond_example"


@pytest.fixture
def small(tube):
    return tube("marrow", events=3000, blasts=40)


def test_counts_are_those_of_the_masks(small, flow, tmp_path):
    gates = flow()
    found = gate_file(small, gates=gates, out=tmp_path / "out", masks=True)
    masks = apply_gates(read_fcs(small), read_gates(gates))
    assert {one.name: one.count for one in found.counts} == {
        name: int(mask.sum()) for name, mask in masks.items()
    }
    table = pl.read_parquet(tmp_path / "out" / "masks.parquet")
    assert all((table[name].to_numpy() == mask).all() for name, mask in masks.items())
    assert {path.name for path in (tmp_path / "out").iterdir()} == TREE | {
        "gates.xml", "masks.parquet",
    }  # fmt: skip


def test_both_tables_say_the_same(small, flow, tmp_path):
    """Percentages by hand from the counts."""
    found = gate_file(small, gates=flow(), out=tmp_path)
    document = json.loads((tmp_path / "counts.json").read_text("utf-8"))
    assert (document["kind"], document["version"]) == ("residua.gates", "1.0")
    with (tmp_path / "counts.csv").open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    for one, row, listed in zip(found.counts, rows, document["populations"], strict=True):
        assert (row["name"], int(row["count"])) == (listed["name"], listed["count"])
        assert row["path"] == " > ".join(listed["path"])
        assert listed["percent_of_parent"] == pytest.approx(100 * one.count / one.of, rel=1e-5)
        assert float(row["percent_of_all"]) == listed["percent_of_all"]
        assert row["flowjo_count"] == ""


def test_steps_to_be_removed_are_not_removed_here_and_that_is_said(small, flow, tmp_path):
    """The numerator of [mrd] may then hold fewer events than its gate."""
    gates = flow(tail='[quality]\nremove = ["boundary"]\n')
    (flag,) = (f for f in gate_file(small, gates=gates, out=tmp_path).flags if "remove" in f)
    assert flag == "[quality] remove (boundary) holds for MRD; these counts are of all events"


def test_the_picture_names_no_file(small, flow, tmp_path):
    gate_file(small, gates=flow(), out=tmp_path)
    svg = (tmp_path / "tree.svg").read_text("utf-8")
    assert "marrow" not in svg
    assert "SHA-256" in svg
    assert "Contains simulated data" in svg


def test_the_same_input_gives_the_same_bytes(small, flow, tmp_path):
    gates = flow()
    for name in ("one", "two"):
        gate_file(small, gates=gates, out=tmp_path / name)
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


@pytest.mark.parametrize("words", [{"mark": "nobody"}, {"sample": "nobody"}, {"sample": "9"}])
def test_what_is_not_there_is_wrong_use_and_writes_nothing(small, flow, tmp_path, words):
    with pytest.raises(UsageError):
        gate_file(small, gates=flow(), out=tmp_path / "out", **words)
    assert not (tmp_path / "out").exists()


def test_tubes_are_chosen_by_file_name_or_place(small, flow, tmp_path):
    """Hand count: `cells` holds for both tubes, the others for one each."""
    head = "".join(
        f'[[file]]\npath = "{name}.fcs"\ntube = "{tube}"\n'
        for name, tube in (("marrow", "one"), ("other", "two"))
    )
    gates = "".join(
        f'[[gate]]\nname = "of {tube}"\ntube = "{tube}"\nkind = "range"\n'
        'limits = { "FSC-A" = [0, inf] }\n'
        for tube in ("one", "two")
    )
    file = flow(head, tail=gates, gates="")
    assert [c.name for c in gate_file(small, gates=file, out=tmp_path / "a").counts] == ["of one"]
    for sample in ("two", "2"):
        found = gate_file(small, gates=file, out=tmp_path / "b", sample=sample)
        assert [one.name for one in found.counts] == ["of two"]
    moved = tmp_path / "renamed.fcs"
    moved.write_bytes(small.read_bytes())
    with pytest.raises(InputError, match=r"none of 2.*--sample") as error:
        gate_file(moved, gates=file, out=tmp_path / "c")
    assert "'one'" not in str(error.value)
    assert not (tmp_path / "c").exists()


def test_a_channel_that_the_file_lacks_is_named_with_its_line(small, flow, tmp_path):
    wrong = '[[gate]]\nname = "g"\nkind = "range"\nlimits = { "CD99" = [0, 1] }\n'
    with pytest.raises(InputError, match=r"flow.toml:\d+: gate 1, CD99: expected a marker"):
        gate_file(small, gates=flow(gates=wrong, tail=""), out=tmp_path / "out")


@pytest.mark.data
@pytest.mark.parametrize("name", ["asinh_rect", "asinh_rect2", "biex_rect"])
def test_counts_stand_beside_those_of_flowjo(test_data, tmp_path, name):
    """Oracle: FlowJo's counts, which its workspace holds."""
    folder = test_data / DIAMOND
    workspace = folder / f"test_data_diamond_{name}.wsp"
    found = gate_file(folder / "test_data_diamond_01.fcs", gates=workspace, out=tmp_path)
    assert found.counts
    assert all(one.count == one.flowjo_count for one in found.counts)
    left_out = [flag for flag in found.flags if flag.startswith("gates.xml is not written")]
    assert bool(left_out) == ("biex" in name) == (not (tmp_path / "gates.xml").exists())


@pytest.mark.data
def test_a_converted_strategy_counts_the_same(test_data, tmp_path):
    """Workspace to flow.toml and to Gating-ML and back: the counts of FlowJo each time."""
    folder = test_data / DIAMOND
    file = folder / "test_data_diamond_01.fcs"
    workspace = folder / "simple_diamond_example_quad_gate.wsp"
    first = gate_file(file, gates=workspace, out=tmp_path / "one")
    for name in ("flow.toml", "gates.xml"):
        again = gate_file(file, gates=tmp_path / "one" / name, out=tmp_path / name)
        assert [(c.name, c.count) for c in again.counts] == [
            (c.name, c.flowjo_count) for c in first.counts
        ]
    assert np.sum([one.count for one in first.counts]) == first.events


@pytest.mark.data
def test_the_gates_of_isac_count_as_their_truth_says(test_data, tmp_path):
    """Oracle: the truth masks of the ISAC tests of Gating-ML 2.0; the document has 49 of them."""
    folder = test_data / "flowkit/gate_ref"
    found = gate_file(
        folder / "data1.fcs", gates=folder / "gml/gml_all_gates.xml", out=tmp_path, masks=True
    )
    assert len(found.counts) == 49
    table = pl.read_parquet(tmp_path / "masks.parquet")
    for one in found.counts:
        truth = np.loadtxt(folder / f"truth/Results_{one.name}.txt", dtype=int)
        assert (table[one.name].to_numpy() == (truth == 1)).all(), one.name
        assert one.count == truth.sum()


def test_a_later_run_leaves_no_gates_of_an_earlier_one(small, flow, tmp_path):
    """Gating-ML has no biex scale, so that the second run writes no gates.xml, and no masks."""
    gate_file(small, gates=flow(), out=tmp_path / "out", masks=True)
    gates, biex = flow(), '"biex", max = 262144, neg = 0, width = -100, pos = 4.5'
    gates.write_text(gates.read_text().replace('"arcsinh", cofactor = 150', biex))
    gate_file(small, gates=gates, out=tmp_path / "out")
    assert {path.name for path in (tmp_path / "out").iterdir()} == TREE


def test_a_flow_toml_of_a_person_is_never_replaced(test_data, tmp_path):
    """Neither by the first run into its folder nor by one after a run that was given it."""
    file = test_data / DIAMOND / "test_data_diamond_01.fcs"
    workspace = test_data / DIAMOND / "simple_diamond_example_quad_gate.wsp"
    gate_file(file, gates=workspace, out=tmp_path / "made")
    own = tmp_path / "flow.toml"
    own.write_bytes((tmp_path / "made" / "flow.toml").read_bytes() + b"# mine")
    with pytest.raises(UsageError, match=r"flow\.toml of its own"):
        gate_file(file, gates=workspace, out=tmp_path)
    gate_file(file, gates=own, out=tmp_path)
    with pytest.raises(UsageError, match=r"flow\.toml of its own"):
        gate_file(file, gates=workspace, out=tmp_path)
    assert own.read_bytes().endswith(b"# mine")


def test_one_cause_behind_many_gates_is_told_once(test_data, tmp_path):
    """The file lacks Time, FSC-W and the eight dyes of the workspace's matrix: three faults."""
    workspace = test_data / "flowkit/8_color_data_set/8_color_ICS.wsp"
    with pytest.raises(InputError) as caught:
        gate_file(
            test_data / "flowkit/100715.fcs", gates=workspace, out=tmp_path / "out", sample="1"
        )
    received = [fault.received for fault in caught.value.faults]
    assert received == ["'Time'", "'FSC-W'", "channel 'TNFa FITC FLR-A'"]


def test_gates_made_by_an_earlier_run_can_be_used_again_where_they_lie(test_data, tmp_path):
    """The second run reads what the first one wrote into the same folder, and keeps it."""
    file = test_data / DIAMOND / "test_data_diamond_01.fcs"
    workspace = test_data / DIAMOND / "simple_diamond_example_quad_gate.wsp"
    first = gate_file(file, gates=workspace, out=tmp_path)
    made = (tmp_path / "flow.toml").read_bytes()
    again = gate_file(file, gates=tmp_path / "flow.toml", out=tmp_path)
    assert [one.count for one in again.counts] == [one.count for one in first.counts]
    assert (tmp_path / "flow.toml").read_bytes() == made
