"""Oracle: the spillover by which sample and controls were simulated."""

from dataclasses import replace

import numpy as np
import pytest
from stained_tubes import DYES, SPILLOVER, entries, write_controls, write_tube

from residua.errors import InputError
from residua.main.check_flow import check_flow
from residua.main.flow.opened import open_file
from residua.main.flow.plan import plan_files
from residua.main.mrd import measure_mrd
from residua.readers.fcs import read_fcs
from residua.readers.gates import read_gates
from residua.views.fcs_export import write_fcs

GATES = """
[[gate]]
name = "cells"
kind = "range"
limits = { "FSC-A" = [30000, inf] }
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = { "CD19" = [3000, inf] }
[mrd]
numerator = "blasts"
denominator = "cells"
denominator_kind = "nucleated"
"""
SAMPLE = '[[file]]\npath = "sample.fcs"\ncompensation = "{}"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sample of three markers with its single stains; flow.toml is each test's own."""
    path = tmp_path_factory.mktemp("flow")
    write_controls(path)
    write_tube(path, "unstained", [], marked=False)
    write_tube(path, "sample", [("FITC-A", 9000, 0.5), ("PE-Cy7-A", 9000, 0.1)], events=12_000)
    return path


@pytest.fixture
def flow(folder):
    """Writes flow.toml in the folder of the files, and gives the plan for its sample."""

    def write(compensation, controls="", gates=GATES, sample="sample.fcs"):
        file = folder / "flow.toml"
        text = SAMPLE.format(compensation).replace("sample.fcs", sample)
        file.write_text(text + controls + gates)
        return file

    return write


def opened(file):
    plan = plan_files(read_gates(file), file, [])
    return open_file(plan, plan.files[0], tube=None)


def matrix_of(file):
    return opened(file).compensation.matrix


def faults_of(call, *args):
    with pytest.raises(InputError) as caught:
        call(*args)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize("stated", [True, False])
def test_the_matrix_of_the_controls_is_that_of_the_simulation(flow, stated):
    found = matrix_of(flow("single stains", entries(stated=stated)))
    assert found.channels == tuple(DYES)
    true = np.eye(3)
    for (dye, detector), share in SPILLOVER.items():
        true[found.channels.index(dye), found.channels.index(detector)] = share
    np.testing.assert_allclose(found.matrix, true, atol=0.003)


def test_counts_by_single_stains_are_those_by_the_own_matrix(flow, folder):
    by_file = measure_mrd(gates=flow("file", entries()))
    by_controls = measure_mrd(gates=flow("single stains", entries()))
    assert by_controls.level.numerator == pytest.approx(by_file.level.numerator, abs=3)
    assert {digest.file for digest in by_controls.inputs} == {
        "sample.fcs", *(f"{dye}.fcs" for dye in DYES)
    }  # fmt: skip
    assert by_controls.flags == by_file.flags
    for result in (by_file, by_controls):
        (note,) = [note for note in result.notes if "residual spillover" in note]
        assert "none large" in note


def test_without_controls_the_residual_is_not_assessable(flow):
    notes = measure_mrd(gates=flow("file")).notes
    assert "residual spillover: not assessable: no single-stain controls" in notes


def test_a_residual_of_a_wrong_table_is_flagged(flow, folder):
    (folder / "comp.csv").write_text(
        "CD22 :: PE-A;CD19 :: PE-Cy7-A;CD20 :: FITC-A\n1;0,04;0\n0,03;1;0\n0,15;0;1\n"
    )
    result = measure_mrd(gates=flow("comp.csv", entries()))
    (flag,) = [flag for flag in result.flags if "residual" in flag]
    assert "FITC-A into PE-A 5" in flag or "FITC-A into PE-A 4.9" in flag
    assert "comp.csv" in {digest.file for digest in result.inputs}


def test_a_marker_outside_the_table_is_flagged(flow, folder):
    (folder / "two.csv").write_text("PE-A,PE-Cy7-A\n1,0.04\n0.03,1\n")
    flags = measure_mrd(gates=flow("two.csv")).flags
    assert "sample.fcs: FITC-A (CD20) is not in two.csv; its values are used as they are" in flags


def test_a_dye_without_a_control_is_named(flow):
    (fault,) = faults_of(matrix_of, flow("single stains", entries(["FITC-A", "PE-A"])))
    assert "none for CD19 (PE-Cy7-A)" in fault


def test_no_control_at_all(flow):
    (fault,) = faults_of(matrix_of, flow("single stains"))
    assert "single-stain controls" in fault


def test_a_control_of_another_tube_does_not_count(flow):
    (fault,) = faults_of(matrix_of, flow("single stains", entries(tube="two")))
    assert "single-stain controls" in fault


def test_a_stain_that_the_panel_lacks(flow):
    text = entries().replace('stain = "PE-A"', 'stain = "PE-Cy5-A"')
    (fault,) = faults_of(matrix_of, flow("single stains", text))
    assert fault.startswith("PE-A.fcs: single stain: ")
    assert "'PE-Cy5-A'" in fault


def test_a_control_said_to_be_of_another_dye(flow):
    text = entries().replace('stain = "PE-A"', 'stain = "FITC-A"')
    (fault,) = faults_of(matrix_of, flow("single stains", text))
    assert "it is brightest in PE-A" in fault


def test_a_stain_beside_another_role_is_a_fault(flow):
    (fault,) = faults_of(read_gates, flow('file"\nstain = "PE-A'))
    assert "role = 'single stain'" in fault


def test_an_unstained_control_is_read_but_has_no_row(flow):
    more = '[[file]]\npath = "unstained.fcs"\nrole = "single stain"\nstain = "none"\n'
    file = flow("single stains", entries() + more)
    assert matrix_of(file).channels == tuple(DYES)
    assert "unstained.fcs" in {digest.file for digest in opened(file).beside}


def test_a_sample_brighter_than_its_controls_is_flagged(flow, folder):
    write_tube(folder, "bright", [("PE-Cy7-A", 120_000, 0.3)])
    file = flow("single stains", entries(), sample="bright.fcs")
    flags = opened(file).flags
    (folder / "bright.fcs").unlink()
    assert any(flag.startswith("PE-Cy7-A: the sample is") for flag in flags)


def test_check_finds_nothing_wrong_with_controls_without_markers(flow, folder):
    flow("single stains", entries())
    assert check_flow(folder) == ()


def test_a_control_that_is_no_fcs_file_is_named(flow, folder):
    (folder / "broken.fcs").write_bytes(b"nothing")
    text = entries() + '[[file]]\npath = "broken.fcs"\nrole = "single stain"\nstain = "PE-A"\n'
    found = faults_of(matrix_of, flow("single stains", text))
    (folder / "broken.fcs").unlink()
    assert any(fault.startswith("broken.fcs") for fault in found)


def test_events_that_are_not_finite_are_left_out(flow, folder):
    acquisition = read_fcs(folder / "PE-A.fcs")
    events = acquisition.events.copy()
    events[:5, 2:] = np.nan, np.inf, -np.inf
    write_fcs(replace(acquisition, events=events), folder / "holes.fcs")
    text = entries().replace('path = "PE-A.fcs"', 'path = "holes.fcs"')
    found = matrix_of(flow("single stains", text))
    (folder / "holes.fcs").unlink()
    assert found.matrix[1, 2] == pytest.approx(0.04, abs=0.003)


def test_a_range_that_the_values_pass_is_not_taken_for_the_end(flow, folder):
    """Some exports state a $PnR far below their values."""
    acquisition = read_fcs(folder / "PE-A.fcs")
    small = tuple(replace(channel, range=1024.0) for channel in acquisition.channels)
    write_fcs(replace(acquisition, channels=small), folder / "small.fcs")
    text = entries().replace('path = "PE-A.fcs"', 'path = "small.fcs"')
    found = matrix_of(flow("single stains", text))
    (folder / "small.fcs").unlink()
    assert found.matrix[1, 2] == pytest.approx(0.04, abs=0.003)
