"""Oracle: the exact numbers of blasts and cells that were simulated; faults counted by hand."""

import hashlib

import pytest

from residua.errors import InputError
from residua.main.check_flow import check_flow
from residua.main.mrd import measure_mrd

DIMENSIONS = """
[[dimension]]
name = "B marker"
channel = "{}"
scale = {{ kind = "arcsinh", cofactor = 150 }}
[[gate]]
name = "cells"
kind = "range"
limits = {{ "FSC-A" = [0, inf] }}
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = {{ "B marker" = [3, inf] }}
[mrd]
numerator = "blasts"
denominator = "cells"
denominator_kind = "nucleated"
"""
DOCUMENT = """<g:Gating-ML xmlns:g="http://www.isac-net.org/std/Gating-ML/v2.0/gating"
  xmlns:d="http://www.isac-net.org/std/Gating-ML/v2.0/datatypes">
  <g:RectangleGate g:id="cells">
    <g:dimension g:compensation-ref="uncompensated" g:min="0">
      <d:fcs-dimension d:name="FSC-A"/></g:dimension>
  </g:RectangleGate>
  <g:RectangleGate g:id="blasts" g:parent_id="cells">
    <g:dimension g:compensation-ref="FCS" g:min="1500">
      <d:fcs-dimension d:name="PE-Cy7-A"/></g:dimension>
  </g:RectangleGate>
</g:Gating-ML>
"""
COUNT = 'gates = "gates.xml"\n[mrd]\nnumerator = "blasts"\ndenominator = "cells"\n'


def test_gates_on_named_dimensions_count_alike(tube, flow):
    result = measure_mrd([tube("a")], gates=flow(gates=DIMENSIONS.format("CD19"), tail=""))
    assert (result.level.numerator, result.level.denominator.count) == (60, 120_000)


def test_a_named_dimension_on_the_target_of_therapy_is_flagged(tube, flow):
    gates = flow(gates=DIMENSIONS.format("PE-Cy7-A"), tail="")
    result = measure_mrd([tube("a")], gates=gates, after=["CD19"])
    assert any("gated by CD19" in flag for flag in result.flags)


def test_a_channel_that_the_file_lacks_is_named_at_the_gate(tube, flow, tmp_path):
    tube("a")
    flow(gates=DIMENSIONS.format("CD99"), tail="")
    (fault,) = check_flow(tmp_path / "flow", name="flow")
    assert (fault.where, fault.received) == ("gate 2, B marker", "'CD99'")
    lines = DIMENSIONS.format("CD99").splitlines()
    assert "B marker" in lines[fault.line - 1]
    assert "limits" in lines[fault.line - 1]


def test_gates_of_a_gating_ml_document_are_counted_and_listed(tube, flow):
    gates = flow(gates=COUNT, tail="")
    (gates.parent / "gates.xml").write_text(DOCUMENT)
    result = measure_mrd([tube("a")], gates=gates)
    assert (result.level.numerator, result.level.denominator.count) == (60, 120_000)
    listed = {digest.file: digest.sha256 for digest in result.inputs}
    assert listed["gates.xml"] == hashlib.sha256(DOCUMENT.encode()).hexdigest()


def test_a_channel_that_another_programs_gate_needs_is_named(tube, flow, tmp_path):
    tube("a")
    gates = flow(gates=COUNT, tail="")
    (gates.parent / "gates.xml").write_text(DOCUMENT.replace("PE-Cy7-A", "APC-A"))
    (fault,) = check_flow(tmp_path / "flow", name="flow")
    assert (fault.where, fault.line) == ("gate 'blasts', APC-A, FCS", None)
    assert fault.received == "'APC-A'"


def test_gating_ml_alone_does_not_say_what_to_count(tube, tmp_path):
    (tmp_path / "gates.xml").write_text(DOCUMENT)
    with pytest.raises(InputError, match=r"write a flow.toml with gates = 'gates.xml'"):
        measure_mrd([tube("a")], gates=tmp_path / "gates.xml")
