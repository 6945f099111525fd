"""Oracle: the faults planted in the texts below, by line, counted by hand."""

import numpy as np
import pytest

import residua
from residua.errors import InputError
from residua.facts.gates import BooleanGate, EllipsoidGate
from residua.facts.gating import Dimension
from residua.facts.mrd_result import FileDigest
from residua.facts.scales import Arcsinh, Biex, Linear, Log, Logicle, ScaledArcsinh

GOOD = """
[[matrix]]
name = "panel"
channels = ["FL1-A", "FL2-A", "FL3-A"]
dyes = ["FITC", "PE"]
rows = [[1, 0.1, 0], [0.2, 1, 0.3]]
[[matrix]]
name = "beads"
file = "beads.csv"
[[dimension]]
name = "CD19 raw"
channel = "CD19"
compensation = "none"
label = "CD19 as the detector saw it"
[[dimension]]
name = "PE logicle"
channel = "PE"
compensation = "panel"
scale = { kind = "logicle", T = 262144, W = 0.5, M = 4.5, A = 0 }
bounds = [0.05, inf]
[[dimension]]
name = "height to area"
ratio = ["FSC-H", "FSC-A"]
A = 1
B = 0
C = -1
scale = { kind = "log", T = 100, M = 2 }
[scales]
CD19 = { kind = "arcsinh", T = 262144, M = 4, A = 1 }
CD20 = { kind = "arcsinh", cofactor = 150 }
CD34 = { kind = "linear", T = 1000, A = 10 }
CD45 = { kind = "biex", max = 262144, neg = 0, width = -10, pos = 4.5 }
[[gate]]
name = "ball"
kind = "ellipsoid"
dimensions = ["CD19 raw", "PE logicle", "height to area"]
center = [1, 2, 3]
covariance = [[1, 0, 0], [0, 1, 0], [0, 0, 1]]
distance2 = 4
[[gate]]
name = "skewed"
kind = "ellipse"
x = "CD19"
y = "CD20"
center = [1, 2]
covariance = [[1, 2], [3, 1]]
distance2 = 1
as_written = true
[[gate]]
name = "outside"
kind = "boolean"
any = ["skewed", { not = "ball" }]
"""

BAD = """
[[matrix]]
name = "none"
channels = ["A", "B"]
rows = [[1, 0], [0, 1]]
[[matrix]]
name = "m"
channels = ["A", "B"]
rows = [[1, 0], [0]]
[[matrix]]
name = "n"
file = "nowhere.csv"
[[dimension]]
name = "a"
channel = "A"
ratio = ["A", "B"]
[[dimension]]
name = "b"
ratio = ["A"]
A = 1
B = 0
C = 0
[[dimension]]
name = "c"
channel = "A"
bounds = [2, 1]
[[gate]]
name = "g"
kind = "ellipsoid"
dimensions = ["A", "B", "C"]
center = [1, 2]
covariance = [[1, 0, 0], [0, 1, 0]]
distance2 = 4
[[gate]]
name = "h"
kind = "boolean"
all = ["g", { no = "g" }, 1]
"""


@pytest.fixture
def read(tmp_path):
    def reader(text):
        (tmp_path / "flow.toml").write_text(text)
        (tmp_path / "beads.csv").write_text("FL1-A,FL2-A\n1,0.1\n0.2,1\n")
        return residua.read_gates(tmp_path / "flow.toml", name="flow.toml")

    return reader


def faults_of(read, text):
    with pytest.raises(InputError) as caught:
        read(text)
    return {(fault.file, fault.line, fault.where) for fault in caught.value.faults}


def test_everything_a_dimension_can_say(read):
    strategy = read(GOOD)
    logicle = Logicle(262144, 0.5, 4.5, 0)
    inf = float("inf")
    assert strategy.dimensions == (
        Dimension("CD19 raw", ("CD19",), Linear(), "none", label="CD19 as the detector saw it"),
        Dimension("PE logicle", ("PE",), logicle, "panel", bounds=(0.05, inf)),
        Dimension(
            "height to area", ("FSC-H", "FSC-A"), Log(100, 2), "sample", ratio=(1.0, 0.0, -1.0)
        ),
    )
    (_, panel), (_, beads) = strategy.matrices
    assert (panel.channels, panel.dyes) == (("FL1-A", "FL2-A", "FL3-A"), ("FITC", "PE"))
    np.testing.assert_array_equal(panel.matrix, [[1, 0.1, 0], [0.2, 1, 0.3]])
    np.testing.assert_array_equal(beads.matrix, [[1, 0.1], [0.2, 1]])
    assert [source.file for source in strategy.sources] == ["beads.csv"]
    assert dict(strategy.scales) == {
        "CD19": ScaledArcsinh(262144, 4, 1),
        "CD20": Arcsinh(150),
        "CD34": Linear(1000, 10),
        "CD45": Biex(262144, 0, -10, 4.5),
    }


def test_ellipsoids_and_complements(read):
    ball, skewed, outside = read(GOOD).gates
    assert isinstance(ball, EllipsoidGate)
    assert ball.dimensions == ("CD19 raw", "PE logicle", "height to area")
    assert isinstance(skewed, EllipsoidGate)
    assert (ball.as_written, skewed.as_written) == (False, True)
    assert isinstance(outside, BooleanGate)
    assert outside.members == (("skewed", False), ("ball", True))


def test_what_a_name_of_a_gate_looks_at(read):
    strategy = read(GOOD)
    assert strategy.channels_of("height to area") == ("FSC-H", "FSC-A")
    assert strategy.channels_of("CD20") == ("CD20",)


def test_faults_come_in_one_pass_with_their_lines(read):
    assert faults_of(read, BAD) == {
        ("flow.toml", 3, "matrix 1, name"),
        ("flow.toml", 9, "matrix 2, rows 2"),
        ("nowhere.csv", None, "the file"),
        ("flow.toml", 13, "dimension 1"),
        ("flow.toml", 19, "dimension 2, ratio"),
        ("flow.toml", 23, "dimension 3"),
        ("flow.toml", 31, "gate 1, center"),
        ("flow.toml", 32, "gate 1, covariance"),
        ("flow.toml", 37, "gate 2, all 2"),
        ("flow.toml", 37, "gate 2, all 3"),
    }


def test_a_dimension_of_an_unknown_matrix(read):
    text = '[[dimension]]\nname = "a"\nchannel = "A"\ncompensation = "beeds"\n'
    assert faults_of(read, text) == {("flow.toml", 4, "dimension 1, compensation")}


def test_a_name_given_to_two_dimensions(read):
    one = '[[dimension]]\nname = "a"\nchannel = "A"\n'
    assert faults_of(read, one + one) == {("flow.toml", 5, "dimension 2, name")}


DOCUMENT = """<g:Gating-ML xmlns:g="http://www.isac-net.org/std/Gating-ML/v2.0/gating"
  xmlns:d="http://www.isac-net.org/std/Gating-ML/v2.0/datatypes">
  <g:RectangleGate g:id="cells">
    <g:dimension g:compensation-ref="FCS" g:min="1"><d:fcs-dimension d:name="A"/></g:dimension>
  </g:RectangleGate>
</g:Gating-ML>
"""
BESIDE = """gates = "gates.xml"
[[gate]]
name = "others"
kind = "boolean"
not = ["cells"]
[mrd]
numerator = "others"
denominator = "cells"
"""


def test_gates_of_another_file_with_what_is_counted_beside_them(read, tmp_path):
    (tmp_path / "gates.xml").write_text(DOCUMENT)
    strategy = read(BESIDE)
    assert [gate.name for gate in strategy.gates] == ["cells", "others"]
    assert [one.name for one in strategy.dimensions] == ["A, FCS"]
    assert strategy.mrd[0].denominator == "cells"
    assert [source.file for source in strategy.sources] == ["gates.xml"]
    assert isinstance(strategy.sources[0], FileDigest)


def test_faults_of_the_other_file_come_with_those_of_this_one(read, tmp_path):
    (tmp_path / "gates.xml").write_text(DOCUMENT.replace('min="1"', 'min="x"'))
    assert faults_of(read, BESIDE + 'colour = "red"\n') == {
        ("gates.xml", 4, "RectangleGate 'cells', dimension 1, min"),
        ("flow.toml", 9, "mrd, colour"),
    }


def test_a_gate_named_as_one_of_the_other_file(read, tmp_path):
    (tmp_path / "gates.xml").write_text(DOCUMENT)
    assert faults_of(read, BESIDE.replace('name = "others"', 'name = "cells"')) >= {
        ("flow.toml", 3, "gate 1, name")
    }


def test_another_file_that_is_not_there(read):
    assert faults_of(read, BESIDE) == {("gates.xml", None, "the file")}
