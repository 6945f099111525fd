"""Oracle: the faults planted in the text below, by line, counted by hand."""

import re
from pathlib import Path

import pytest

from residua.errors import InputError
from residua.facts.gates import BooleanGate, EllipsoidGate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import AntigenSpec, EventPolicy, FileEntry, MrdSpec
from residua.facts.scales import Arcsinh, Hyperlog, Linear, Logicle
from residua.readers.gates import read_gates

GOOD = """
[[file]]
path = "d30.fcs"
specimen = "marrow-1"
tube = "one"
date = 2023-07-01
compensation = "none"
markers = { "PE-Cy7-A" = "CD19" }

[scales]
"CD19" = { kind = "arcsinh", cofactor = 150 }
"CD45" = { kind = "logicle", T = 262144, W = 0.5, M = 4.5, A = 0 }
"CD22" = { kind = "hyperlog", T = 262144, W = 0.5, M = 4.5, A = 0 }

[[gate]]
name = "cells"
kind = "polygon"
x = "FSC-A"
y = "SSC-A"
points = [[0, 0], [1e5, 0], [1e5, 1e5], [0, 1e5]]
reason = "away from debris"
[[gate]]
name = "b"
parent = "cells"
kind = "range"
limits = { "CD19" = [1.5, inf] }
[[gate]]
name = "round"
kind = "ellipse"
x = "CD19"
y = "CD45"
center = [2, 0.5]
covariance = [[1, 0.1], [0.1, 1]]
distance2 = 1
[[gate]]
name = "blasts"
parent = "b"
tube = "one"
kind = "boolean"
any = ["round"]

[mrd]
numerator = "blasts"
denominator = "cells"
denominator_kind = "nucleated"
policy = { lod = 30, lloq = 60 }
tube = "one"

[[antigen]]
marker = "CD22"
of = "blasts"
threshold = 0.4
negative = "cells"
"""

BAD = """
files = 1
[[file]]
path = "a.fcs"
role = "samples"
[scales]
CD19 = { kind = "biexponential", max = 262144, neg = 0, width = -10, pos = 4.4 }
CD20 = { kind = "logicle", T = 1000, W = 9, M = 4.5, A = 0 }
[[gate]]
name = "a"
kind = "range"
parent = "zz"
limits = { "CD19" = [1, 2] }
[[gate]]
name = "b"
kind = "range"
limits = { "CD19" = [3, 2] }
[[gate]]
name = "a"
kind = "polygons"
[[gate]]
name = "c"
kind = "polygon"
x = "A"
y = "B"
points = [[0, 0], [1, 1], [2, "2"]]
[[gate]]
name = "d"
kind = "polygon"
x = "A"
y = "B"
points = [[0, 0], [1, 1], [2, 2]]
[[gate]]
name = "e"
kind = "boolean"
all = ["a"]
any = ["b"]
[mrd]
numerator = "a"
denominator = "b"
policy = "euroflow-bcp-all"
colour = "red"
[[antigen]]
marker = "CD22"
of = "a"
"""


@pytest.fixture
def read(tmp_path):
    def reader(text):
        file = tmp_path / "flow.toml"
        file.write_text(text)
        return read_gates(file, name="flow/flow.toml")

    return reader


def faults_of(read, text):
    with pytest.raises(InputError) as caught:
        read(text)
    return caught.value.faults


def test_everything_a_strategy_can_say(read):
    strategy = read(GOOD)
    assert strategy.files == (
        FileEntry(
            "d30.fcs",
            specimen="marrow-1",
            tube="one",
            date="2023-07-01",
            compensation="none",
            markers=(("PE-Cy7-A", "CD19"),),
        ),
    )
    assert dict(strategy.scales) == {
        "CD19": Arcsinh(150),
        "CD45": Logicle(262144, 0.5, 4.5, 0),
        "CD22": Hyperlog(262144, 0.5, 4.5, 0),
    }
    cells, b, oval, blasts = strategy.gates
    assert isinstance(cells, PolygonGate)
    assert (cells.reason, cells.points[1]) == ("away from debris", (1e5, 0))
    assert isinstance(b, RectangleGate)
    assert b.limits == (Limit("CD19", 1.5, float("inf")),)
    assert isinstance(oval, EllipsoidGate)
    assert isinstance(blasts, BooleanGate)
    assert strategy.mrd == (
        MrdSpec("blasts", "cells", "nucleated", EventPolicy(30, 60), tube="one"),
    )
    assert strategy.antigens == (AntigenSpec("CD22", "blasts", 0.4, None, "cells"),)
    assert len(strategy.sha256) == 64


def test_scales_are_found_by_marker_without_spaces(read):
    strategy = read(GOOD)
    assert strategy.scale_of("CD 19") == Arcsinh(150)
    assert strategy.scale_of("FSC-A") == Linear()


def test_gates_of_a_tube(read):
    strategy = read(GOOD)
    assert [gate.name for gate in strategy.gates_of(None)] == ["cells", "b", "round"]
    assert [gate.name for gate in strategy.gates_of("one")][-1] == "blasts"


def test_all_faults_come_in_one_pass_with_their_lines(read):
    found = {(fault.line, fault.where) for fault in faults_of(read, BAD)}
    assert found == {
        (2, "files"),
        (5, "file 1, role"),
        (7, "scales, CD19, kind"),
        (8, "scales, CD20"),
        (12, "gate 1, parent"),
        (17, "gate 2, limits, CD19"),
        (20, "gate 3, kind"),
        (26, "gate 4, points 3 2"),
        (27, "gate 5"),
        (33, "gate 6"),
        (41, "mrd, policy"),
        (42, "mrd, colour"),
        (43, "antigen 1"),
    }


GATE = '[[gate]]\nname = "{}"\nkind = "range"\nlimits = {{ "A" = [0, 1] }}\nparent = "{}"\n'


def test_a_cycle_of_gates(read):
    faults = faults_of(read, GATE.format("a", "b") + GATE.format("b", "a"))
    assert [(fault.line, "cycle" in fault.received) for fault in faults] == [(5, True), (10, True)]


def test_a_gate_that_is_its_own_parent(read):
    assert "cycle" in faults_of(read, GATE.format("a", "a"))[0].received


def test_a_name_twice_in_a_tube(read):
    one = '[[gate]]\nname = "a"\nkind = "range"\nlimits = { "A" = [0, 1] }\n'
    (fault,) = faults_of(read, one + one)
    assert (fault.line, fault.where) == (6, "gate 2, name")
    both = one + 'tube = "one"\n' + one + 'tube = "two"\n'
    assert len(read(both).gates) == 2


@pytest.mark.parametrize(
    ("covariance", "received"),
    [("[[1, 2], [2, 1]]", "another one"), ("[[1, 0.5], [0.4, 1]]", "another one"), ("[[1]]", "1")],
)
def test_a_covariance_that_is_none(read, covariance, received):
    text = f"""[[gate]]
name = "e"
kind = "ellipse"
x = "A"
y = "B"
center = [0, 0]
covariance = {covariance}
distance2 = 1
"""
    (fault,) = faults_of(read, text)
    assert fault.received.startswith(received)


def test_counting_a_gate_that_does_not_exist(read):
    text = GATE.format("a", "a").replace('parent = "a"\n', "")
    faults = faults_of(read, text + '[mrd]\nnumerator = "blasts"\ndenominator = "a"\n')
    assert [fault.where for fault in faults] == ["mrd, numerator"]


def test_the_worked_file_of_the_manual_is_read(read):
    page = (Path(__file__).parents[4] / "docs/reference/flow-toml.md").read_text()
    strategy = read(re.search(r"```toml\n(.*?)```", page, re.S).group(1))
    assert [gate.name for gate in strategy.gates] == ["cells", "B cells", "blasts", "others"]


def test_not_toml(read):
    (fault,) = faults_of(read, "[[gate]\n")
    assert (fault.line, fault.file) == (1, "flow/flow.toml")


def test_what_is_left_out_has_the_default_of_the_interface(read):
    gate = '[[gate]]\nname = "a"\nkind = "range"\nlimits = { "A" = [0, 1] }\n'
    count = '[mrd]\nnumerator = "a"\ndenominator = "a"\n'
    strategy = read('[[file]]\npath = "a.fcs"\n' + gate + count)
    (file,), (spec,) = strategy.files, strategy.mrd
    assert (file.compensation, file.role, file.approach) == ("file", "sample", "gates")
    assert (file.specimen, file.tube, file.markers) == (None, None, ())
    assert (spec.denominator_kind, spec.policy, spec.combine) == ("not stated", None, "apart")
    assert strategy.gates[0].parent is None
    assert strategy.scale_of("A") == Linear()


def test_a_scale_named_twice_but_for_spaces(read):
    faults = faults_of(
        read, '[scales]\nCD19 = { kind = "linear" }\n"CD 19" = { kind = "linear" }\n'
    )
    assert [(fault.line, fault.where) for fault in faults] == [(3, "scales, CD 19")]
