"""Oracles: the counts that FlowJo stored in its workspaces, and FlowKit's reading of them.

The 8-colour workspaces come without their FCS files: their structure is compared with FlowKit's,
and both are applied to random events in a file of the same channels.
"""

from dataclasses import replace

import numpy as np
import pytest
from flowio import create_fcs
from flowkit import Sample, Workspace
from flowkit._models.gates._gates import BooleanGate as TheirBoolean
from flowkit._models.gates._gates import PolygonGate as TheirPolygon
from flowkit._models.gates._gates import RectangleGate as TheirRectangle
from flowkit._models.transforms._transforms import LogicleTransform
from flowkit._models.transforms._wsp_transforms import WSPBiexTransform

from residua.facts.gates import BooleanGate, EllipsoidGate, PolygonGate, RectangleGate
from residua.facts.scales import Biex, Linear, Logicle
from residua.measures.gates import apply_gates
from residua.readers.fcs import read_fcs
from residua.readers.flowjo import read_counts, read_workspace

LINE = ("flowkit/simple_line_example/", "data_set_simple_line_100.fcs")
DIAMOND = ("flowkit/simple_diamond_example/", "test_data_diamond_01.fcs")
COUNTED = [
    (*LINE, "single_ellipse_51_events.wsp", [51]),
    (*DIAMOND, "simple_diamond_example_quad_gate.wsp", [49671, 50596, 50330, 49403]),
    (*DIAMOND, "test_data_diamond_asinh_rect.wsp", [50559]),
    (*DIAMOND, "test_data_diamond_asinh_rect2.wsp", [50699]),
    (*DIAMOND, "test_data_diamond_biex_rect.wsp", [50605]),
]
EIGHT = "flowkit/8_color_data_set/"
EIGHTS = [  # and 8_color_ICS_dot_gate_name.wsp, which FlowKit refuses
    "8_color_ICS.wsp",
    "8_color_ICS_boolean_gate_testing.wsp",
    "8_color_ICS_sample_without_gates.wsp",
    "8_color_ICS_simple.wsp",
    "8_color_ICS_with_ellipse.wsp",
    "reused_quad_gate_with_child.wsp",
]


def _counts(strategy, acquisition, tube):
    masks = apply_gates(acquisition, strategy, tube=tube, compensation=None)
    return {name: int(mask.sum()) for name, mask in masks.items()}


@pytest.mark.parametrize(("folder", "events", "name", "counts"), COUNTED)
def test_counts_are_those_that_flowjo_stored(test_data, folder, events, name, counts):
    workspace = test_data / (folder + name)
    strategy, stored = read_workspace(workspace), read_counts(workspace)
    ours = _counts(strategy, read_fcs(test_data / (folder + events)), events)
    assert ours == stored[events]
    assert list(ours.values()) == counts


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("simple_poly_and_rect.wsp", {"poly1": 0, "rect1": 0}),
        ("simple_poly_and_rect_v2_poly50.wsp", {"poly1": 50, "rect1": 0}),
    ],
)
def test_polygons_count_as_they_are_drawn(test_data, name, counts):
    """Oracle: FlowKit, and the name of the file; FlowJo, on its grid of 256, stored 0 of 50."""
    folder, events = LINE
    theirs = Workspace(test_data / (folder + name), fcs_samples=str(test_data / (folder + events)))
    theirs.analyze_samples(use_mp=False)
    report = theirs.get_analysis_report()
    assert dict(zip(report["gate_name"], report["count"], strict=True)) == counts
    strategy = read_workspace(test_data / (folder + name))
    assert _counts(strategy, read_fcs(test_data / (folder + events)), events) == counts


def test_what_flowjo_had_not_counted_is_left_out(test_data):
    stored = read_counts(test_data / (LINE[0] + "simple_poly_and_rect.wsp"))
    assert stored == {LINE[1]: {}}


def _pairs(path):
    """(our strategy, a tube, one of our gates, FlowKit's gate) of a workspace."""
    ours = read_workspace(path)
    theirs = Workspace(path, load_missing_file_data=True)
    for file in ours.files:
        gates = {gate.name: gate for gate in ours.gates_of(file.tube)}
        paths = {_path(gate, gates): gate for gate in gates.values()}
        ids = [(*path[1:], gate) for gate, path in theirs.get_gate_ids(file.tube)]
        assert sorted(paths) == sorted(ids)
        for steps, gate in paths.items():
            yield (
                ours,
                file.tube,
                gate,
                theirs.get_gate(file.tube, steps[-1], ("root", *steps[:-1])),
            )


def _path(gate, gates):
    above = () if gate.parent is None else _path(gates[gate.parent], gates)
    own = gate.name
    for parent in reversed(above):
        own = own.removeprefix(f"{parent}/")
    return (*above, own.rpartition("/")[2] if above else own)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", EIGHTS)
def test_gates_are_those_that_flowkit_reads(test_data, name):
    compared = 0
    for ours, _, gate, theirs in _pairs(test_data / (EIGHT + name)):
        if isinstance(gate, BooleanGate):
            assert isinstance(theirs, TheirBoolean)
            assert [ref["ref"] for ref in theirs.gate_refs] == [
                one.rpartition("/")[2] for one in gate.of
            ]
            assert {"and": "all", "or": "any", "not": "not"}[theirs.type] == gate.operation
            compared += 1
            continue
        dimensions = [ours.dimension(one) for one in gate.dimensions]
        assert [one.id for one in theirs.dimensions] == [one.of[0] for one in dimensions]
        assert [one.compensation_ref or "none" for one in theirs.dimensions] == [
            one.compensation for one in dimensions
        ]
        _compare(gate, theirs, dimensions)
        compared += 1
    assert compared == len(read_workspace(test_data / (EIGHT + name)).gates)


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_a_gate_may_be_called_dot(test_data, tmp_path):
    """Oracle: FlowKit's reading of a copy with another name, as it refuses this one."""
    original = test_data / (EIGHT + "8_color_ICS_dot_gate_name.wsp")
    copy = tmp_path / "renamed.wsp"
    copy.write_text(original.read_text().replace('Population name="."', 'Population name="dot"'))
    for ours, _, gate, theirs in _pairs(copy):
        _compare(gate, theirs, [ours.dimension(one) for one in gate.dimensions])
    dotted, renamed = read_workspace(original), read_workspace(copy)
    assert dotted.gates != renamed.gates
    assert [replace(gate, name="-") for gate in dotted.gates if gate.name.endswith(".")] == [
        replace(gate, name="-") for gate in renamed.gates if gate.name.endswith("dot")
    ]


def _in_their_units(value, dimension):
    """FlowKit divides linear values by the top of the axis and counts biex in channels."""
    if isinstance(dimension.scale, Linear):
        return value / 262144
    return value * 4096 if isinstance(dimension.scale, Biex) else value


def _compare(gate, theirs, dimensions):
    if isinstance(gate, RectangleGate):
        assert isinstance(theirs, TheirRectangle)
        for limit, dimension, other in zip(gate.limits, dimensions, theirs.dimensions, strict=True):
            if dimension.of == ("Time",):
                continue
            for ours, expected in ((limit.low, other.min), (limit.high, other.max)):
                # a limit on the edge of the display (here 1 in FlowKit's units) is open
                if expected is None or expected == pytest.approx(1):
                    assert np.isinf(ours)
                    continue
                near = pytest.approx(expected, rel=1e-6, abs=0.001 if expected > 1 else 0)
                assert _in_their_units(ours, dimension) == near
    elif isinstance(gate, PolygonGate):
        assert isinstance(theirs, TheirPolygon)
        ours = [
            [_in_their_units(v, d) for v, d in zip(p, dimensions, strict=True)] for p in gate.points
        ]
        np.testing.assert_allclose(ours, np.array(theirs.vertices, float), rtol=1e-7, atol=1e-9)
    else:
        assert isinstance(gate, EllipsoidGate)
        inverse = np.linalg.inv(gate.covariance)
        offset = np.array(theirs.vertices, float) - gate.center
        np.testing.assert_allclose(np.einsum("ij,jk,ik->i", offset, inverse, offset), 1, rtol=1e-6)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize("name", EIGHTS)
def test_scales_and_matrices_are_those_that_flowkit_reads(test_data, name):
    ours = read_workspace(test_data / (EIGHT + name))
    theirs = Workspace(test_data / (EIGHT + name), load_missing_file_data=True)
    for file in ours.files:
        transforms = theirs.get_transforms(file.tube)
        for dimension in ours.dimensions:
            other, scale = transforms[dimension.label], dimension.scale
            if isinstance(scale, Logicle):
                assert isinstance(other, LogicleTransform)
                expected = (other.param_t, other.param_w, other.param_m, other.param_a)
                assert expected == (scale.T, scale.W, scale.M, scale.A)
            elif isinstance(scale, Biex):
                assert isinstance(other, WSPBiexTransform)
                expected = (other.max_value, other.negative, other.width, other.positive)
                assert (scale.max, scale.neg, scale.width, scale.pos) == expected
            else:
                assert isinstance(scale, Linear)
        matrix = theirs.get_comp_matrix(file.tube)
        for _, held in ours.matrices:
            assert list(held.channels) == matrix.detectors
            np.testing.assert_array_equal(held.matrix, matrix.matrix)


@pytest.mark.filterwarnings("ignore::UserWarning")
@pytest.mark.parametrize(
    "name", ["8_color_ICS_boolean_gate_testing.wsp", "reused_quad_gate_with_child.wsp"]
)
def test_random_events_fall_into_the_gates_that_flowkit_puts_them_in(test_data, tmp_path, name):
    """Event for event, on 20 000 random events of the workspace's channels, compensated."""
    strategy = read_workspace(test_data / (EIGHT + name))
    tube = strategy.files[0].tube
    path = tmp_path / tube
    _write_events(path, strategy.matrices[0][1].channels)
    theirs = Workspace(test_data / (EIGHT + name), fcs_samples=[Sample(path, sample_id=tube)])
    theirs.analyze_samples(sample_id=tube, use_mp=False)
    masks = apply_gates(read_fcs(path), strategy, tube=tube, compensation=None)
    gates = {gate.name: gate for gate in strategy.gates_of(tube)}
    found = 0
    for gate_name, mask in masks.items():
        steps = _path(gates[gate_name], gates)
        expected = theirs.get_gate_membership(tube, steps[-1], ("root", *steps[:-1]))
        np.testing.assert_array_equal(mask, expected, err_msg=gate_name)
        found += int(mask.sum())
    assert found > 10_000


def _write_events(path, dyes):
    scatter = ["FSC-A", "FSC-H", "FSC-W", "SSC-A", "SSC-H", "SSC-W"]
    random = np.random.default_rng(7)
    events = np.column_stack(
        [
            random.normal(90_000, 40_000, (20_000, len(scatter))),
            random.lognormal(7, 2, (20_000, len(dyes))) - 500,
            np.sort(random.integers(100, 7_000, 20_000)),
        ]
    ).astype(np.float32)
    with path.open("wb") as file:
        create_fcs(
            file,
            events.ravel().tolist(),
            [*scatter, *dyes, "Time"],
            metadata_dict={"timestep": "0.01"},
        )
