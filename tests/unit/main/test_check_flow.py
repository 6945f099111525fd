"""Oracle: the faults planted in the folder."""

import pytest

from residua.main.check_flow import check_flow
from residua.main.flow_notes import flow_notes


def test_a_good_folder_has_none(tube, flow, tmp_path):
    tube("a")
    flow('[[file]]\npath = "a.fcs"\n')
    assert check_flow(tmp_path / "flow") == ()


def test_all_planted_faults_are_found(tube, flow, tmp_path):
    named, other = tube("a"), tube("b")
    named.write_bytes(named.read_bytes()[:-400])
    other.write_bytes(b"not FCS")
    tail = '[[gate]]\nname = "c"\nkind = "range"\nlimits = { "CD99" = [0, 1] }\n'
    flow('[[file]]\npath = "a.fcs"\n[[file]]\npath = "none.fcs"\n', tail=tail)
    found = {(fault.file, fault.where) for fault in check_flow(tmp_path / "flow", name="flow")}
    assert found == {
        ("flow/a.fcs", "$TOT"),
        ("flow/flow.toml", "gate 3, CD99"),
        ("flow/flow.toml", "file[1].path"),
        ("flow/b.fcs", "HEADER"),
    }


@pytest.mark.parametrize("text", ["[[gate]]\n", "gates = 1\n", "[[file]\n"])
def test_a_faulty_strategy_does_not_hide_faulty_files(tube, flow, tmp_path, text):
    tube("a").write_bytes(b"not FCS")
    flow(gates=text, tail="")
    files = {fault.file for fault in check_flow(tmp_path / "flow", name="flow")}
    assert files == {"flow/flow.toml", "flow/a.fcs"}


def test_a_scale_that_fits_no_channel_is_a_fault(tube, flow, tmp_path):
    """The scale of CD22 is for a file whose marker is CD20: line 13, counted by hand."""
    tube("a", marker="CD20")
    flow(tail="")
    (fault,) = check_flow(tmp_path / "flow", name="flow")
    assert (fault.file, fault.line, fault.where) == ("flow/flow.toml", 13, "scales, CD22")
    assert fault.do == "use one of: CD19, CD20, FSC-A, PE-A, PE-Cy7-A"


def test_a_scale_of_another_tube_is_none(tube, flow, tmp_path):
    tube("a", marker="CD20")
    tube("b")
    flow('[[file]]\npath = "a.fcs"\ntube = "1"\n[[file]]\npath = "b.fcs"\ntube = "2"\n', tail="")
    assert check_flow(tmp_path / "flow") == ()


def test_no_scale_is_judged_without_every_header(tube, flow, tmp_path):
    tube("a", marker="CD20")
    flow('[[file]]\npath = "a.fcs"\n[[file]]\npath = "gone.fcs"\n', tail="")
    wheres = [fault.where for fault in check_flow(tmp_path / "flow")]
    assert wheres == ["file[1].path"]


def test_a_gate_name_with_a_slash(tube, flow, tmp_path):
    tube("a")
    tail = '[[gate]]\nname = "CD19+/CD10+"\nkind = "range"\nlimits = { CD19 = [1, 2] }\n'
    flow(tail=tail)
    assert check_flow(tmp_path / "flow") == ()


def test_files_that_nothing_measures_are_told(tube, flow, tmp_path):
    """One named, one dropped beside it, one into a folder of its own."""
    for name in ("a", "b", "deep/c"):
        tube("x").rename(_made(tmp_path / "flow" / f"{name}.FCS"))
    flow('[[file]]\npath = "a.FCS"\n')
    notes = flow_notes(tmp_path / "flow", name="flow")
    assert [note.split(":")[0] for note in notes] == ["flow/b.FCS", "flow/deep/c.FCS"]
    assert all("not measured" in note for note in notes)


def test_a_folder_without_counts_says_so(tube, flow, tmp_path):
    assert flow_notes(tmp_path / "flow") == ()
    tube("a")
    (note,) = flow_notes(tmp_path / "flow", name="flow")
    assert "no flow.toml" in note
    flow('[[file]]\npath = "a.fcs"\n', gates="", tail="")
    (note,) = flow_notes(tmp_path / "flow", name="flow")
    assert "no [mrd]" in note


def _made(file):
    file.parent.mkdir(exist_ok=True)
    return file
