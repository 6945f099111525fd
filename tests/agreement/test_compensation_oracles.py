"""Oracles: FlowKit with the same table on the same file, and NumPy's least squares."""

import warnings

import numpy as np
import pytest

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.facts.gating import Strategy
from residua.measures.compensation.spillover import unmixing
from residua.measures.readout import read_out
from residua.readers.fcs import read_fcs
from residua.readers.spillover_table import read_spillover_table


def _theirs(path, table):
    """Compensated events as FlowKit gives them, by channel name."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import flowkit

        sample = flowkit.Sample(str(path), compensation=str(table), ignore_offset_error=True)
    return dict(zip(sample.pnn_labels, sample.get_events(source="comp").T, strict=True))


def _ours(path, table):
    acquisition = read_fcs(path)
    spillover = read_spillover_table(table, channels=acquisition.channels)
    readout = read_out(acquisition, Strategy(), compensation=spillover)
    return {name: readout.linear(name) for name in spillover.channels}


@pytest.mark.data
def test_a_table_compensates_as_in_flowkit(test_data):
    path = test_data / "flowkit/test_comp_example.fcs"
    table = test_data / "flowkit/comp_complete_example.csv"
    theirs = _theirs(path, table)
    ours = _ours(path, table)
    assert len(ours) == 14
    for name, values in ours.items():
        np.testing.assert_allclose(values, theirs[name], rtol=1e-6, atol=1e-3)


@pytest.mark.data
def test_a_table_in_another_order_and_spelling_compensates_alike(test_data, tmp_path):
    """FlowJo's headers, semicolons, decimal commas, rows and columns shuffled."""
    path = test_data / "flowkit/test_comp_example.fcs"
    table = read_spillover_table(test_data / "flowkit/comp_complete_example.csv")
    random = np.random.default_rng(1)
    rows, columns = random.permutation(14), random.permutation(14)
    lines = [";".join(["", *(f"Comp-{table.channels[n]} :: marker" for n in columns)])]
    for row in rows:
        shares = (str(table.matrix[row, column]).replace(".", ",") for column in columns)
        lines.append(";".join([f"{table.channels[row]}", *shares]))
    other = tmp_path / "shuffled.csv"
    other.write_text("\n".join(lines))
    ours, again = _ours(path, test_data / "flowkit/comp_complete_example.csv"), _ours(path, other)
    for name, values in ours.items():
        np.testing.assert_allclose(again[name], values, rtol=1e-6, atol=1e-4)


@pytest.mark.data
def test_a_spectral_matrix_unmixes_by_least_squares(test_data):
    """Oracle: numpy.linalg.lstsq of 33 dyes in 48 detectors, event by event."""
    matrix = np.load(test_data / "flowkit/spectral_data/spectral_comp_matrix.npy")
    random = np.random.default_rng(2)
    true = random.lognormal(6, 2, (200, 33))
    seen = true @ matrix + random.normal(0, 20, (200, 48))
    expected = np.linalg.lstsq(matrix.T, seen.T, rcond=None)[0].T
    detectors = tuple(f"D{n}" for n in range(48))
    spillover = Spillover(detectors, matrix, tuple(f"dye {n}" for n in range(33)))
    np.testing.assert_allclose(seen @ unmixing(spillover), expected, rtol=1e-8, atol=1e-6)


@pytest.mark.data
def test_a_spectral_table_is_read_back(test_data, tmp_path):
    """Rows go by the detector that sees a dye best, save two dyes that share one."""
    matrix = np.load(test_data / "flowkit/spectral_data/spectral_comp_matrix.npy")
    detectors = [f"D{n}-A" for n in range(48)]
    lines = [",".join(["", *detectors])]
    lines += [",".join([f"dye {n}", *map(repr, map(float, row))]) for n, row in enumerate(matrix)]
    table = tmp_path / "spectral.csv"
    table.write_text("\n".join(lines))
    channels = tuple(Channel(name) for name in detectors)
    spillover = read_spillover_table(table, channels=channels)
    np.testing.assert_array_equal(spillover.matrix, matrix)
    kept = {n: f"D{peak}-A" for n, peak in enumerate(matrix.argmax(1)) if peak != 11}
    assert all(spillover.dyes[n] == name for n, name in kept.items())
    assert [name for name in spillover.dyes if name.startswith("dye")] == ["dye 11", "dye 12"]
    seen = Acquisition(np.zeros((1, 48), np.float32), channels, {})
    assert read_out(seen, Strategy(), compensation=spillover).linear("D0-A") == [0]
