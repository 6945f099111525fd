"""Oracles: FlowIO on every FCS file of the test data, its truth arrays, FlowKit's matrix."""

import warnings

import numpy as np
import pytest
from flowio import FlowData, read_multiple_data_sets
from flowutils.compensate import compensate as flowutils_compensate

from residua.facts.acquisition import Spillover
from residua.facts.gating import Strategy
from residua.measures.readout import read_out
from residua.readers.fcs import read_fcs

FILES = [
    "ball_cytof/Healthy1_Basal.fcs",
    "ball_cytof/UPN1_Basal.fcs",
    "cytokine_beads/K2-C07-A7.fcs",
    "flowio/fcs_files/B01 KC-A-W---91-US.fcs",
    "flowio/fcs_files/G11.fcs",
    "flowio/fcs_files/data1.fcs",
    "flowio/fcs_files/100715.fcs",
    "flowio/fcs_files/3FITC_4PE_004.fcs",
    "flowio/fcs_files/variable_int_example.fcs",
    "flowio/fcs_files/data_start_offset_discrepancy_example.fcs",
    "flowio/fcs_files/data_stop_offset_discrepancy_example.fcs",
    "flowkit/index_sorted/index_sorted_example.fcs",
    "flowkit/simple_diamond_example/test_data_diamond_01.fcs",
    "flowkit/simple_line_example/data_set_simple_line_100.fcs",
    "flowkit/test_comp_example.fcs",
    "flowkit/test_data_2d_01.fcs",
]


@pytest.mark.data
@pytest.mark.parametrize("file", FILES)
def test_events_and_names_equal_those_of_flowio(test_data, file):
    path = test_data / file
    ours, theirs = read_fcs(path), _flowio(path)
    assert ours.names == tuple(theirs.pnn_labels)
    assert [one.marker for one in ours.channels] == [text.strip() for text in theirs.pns_labels]
    for place, channel in enumerate(ours.channels):
        if not channel.is_time:  # FlowIO divides Time by its gain, Residua keeps it as stored
            expected = theirs.as_array()[:, place]
            np.testing.assert_allclose(ours.events[:, place], expected, rtol=1e-6, atol=0)


@pytest.mark.data
@pytest.mark.parametrize("number", [1, 2])
def test_every_data_set_of_an_lmd_file_equals_that_of_flowio(test_data, number):
    path = test_data / "flowkit/multi_dataset_fcs/coulter.lmd"
    ours = read_fcs(path, data_set=number)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = read_multiple_data_sets(str(path), ignore_offset_error=True)[number - 1]
    assert ours.names == tuple(theirs.pnn_labels)
    np.testing.assert_allclose(ours.events, theirs.as_array(), rtol=1e-6, atol=0)


def _flowio(path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        raw = FlowData(str(path), ignore_offset_error=True, ignore_offset_discrepancy=True)
    if raw.text.get("timestep", "").startswith("x"):
        raw.text["timestep"] = "1"
    return raw


@pytest.mark.data
def test_events_equal_the_truth_array_of_flowio(test_data):
    folder = test_data / "flowio"
    truth = np.load(folder / "truth/B01 KC-A-W---91-US_preprocessed_events.npy")
    events = read_fcs(folder / "fcs_files/B01 KC-A-W---91-US.fcs").events
    np.testing.assert_allclose(events[:, :13], truth[:, :13], rtol=1e-6)


@pytest.mark.data
def test_log_amplified_events_equal_the_truth_array_of_flowio(test_data):
    events = read_fcs(test_data / "flowio/fcs_files/data1.fcs").events
    truth = np.load(test_data / "flowio/truth/data1_preprocessed.npy")
    np.testing.assert_allclose(events, truth.reshape(events.shape), rtol=1e-6)


@pytest.mark.data
def test_events_equal_the_truth_array_of_flowkit(test_data):
    events = read_fcs(test_data / "flowkit/test_comp_example.fcs").events
    truth = np.fromfile(test_data / "flowkit/test_comp_example.npy").reshape(events.shape)
    np.testing.assert_array_equal(events, truth)


@pytest.mark.data
def test_compensation_equals_that_of_flowutils(test_data):
    acquisition = read_fcs(test_data / "flowkit/test_comp_example.fcs")
    file = test_data / "flowkit/comp_complete_example.csv"
    names = tuple(file.read_text().splitlines()[0].split(","))
    matrix = np.genfromtxt(file, delimiter=",", skip_header=1)
    readout = read_out(acquisition, Strategy(), compensation=Spillover(names, matrix))
    places = [acquisition.names.index(name) for name in names]
    theirs = flowutils_compensate(acquisition.events.astype(float), matrix, places)
    for place, name in enumerate(acquisition.names):
        np.testing.assert_allclose(readout.linear(name), theirs[:, place], rtol=1e-9, atol=1e-6)
