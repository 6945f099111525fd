"""Oracle: FlowIO reads the written file back, and so does our own reader."""

import numpy as np
import pytest
from flowio import FlowData

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.readers.fcs import read_fcs
from residua.views.fcs_export import fcs_bytes, write_fcs

EVENTS = np.array([[1.5, -2.25, 1e5], [3, 4, 5]], np.float32)


def acquisition(events=EVENTS, keywords=None):
    return Acquisition(
        events=events,
        channels=(Channel("PE-A", "CD66c|CD123"), Channel("FITC-A", "CD10"), Channel("Time")),
        keywords=keywords or {},
        spillover=Spillover(("PE-A", "FITC-A"), np.array([[1, 0.1], [1 / 3, 1]])),
    )


def test_flowio_reads_it_back(tmp_path):
    write_fcs(acquisition(), tmp_path / "a.fcs")
    theirs = FlowData(str(tmp_path / "a.fcs"))
    np.testing.assert_array_equal(theirs.as_array(), EVENTS)
    assert theirs.pnn_labels == ["PE-A", "FITC-A", "Time"]


def test_we_read_it_back_exactly(tmp_path):
    made = acquisition(keywords={"$CYT": "LSR", "$DATE": "2020-03-03", "$P1G": "8", "$TOT": "9"})
    write_fcs(made, tmp_path / "a.fcs")
    ours = read_fcs(tmp_path / "a.fcs")
    np.testing.assert_array_equal(ours.events, EVENTS)
    np.testing.assert_array_equal(ours.spillover.matrix, made.spillover.matrix)
    assert [c.marker for c in ours.channels] == ["CD66c|CD123", "CD10", ""]
    assert (ours.instrument, ours.acquired, ours.flags) == ("LSR", "2020-03-03", ())


def test_no_events(tmp_path):
    write_fcs(acquisition(np.empty((0, 3), np.float32)), tmp_path / "a.fcs")
    assert read_fcs(tmp_path / "a.fcs").events.shape == (0, 3)


@pytest.mark.parametrize("marker", ["|CD3", "CD3|", "|", "/|", "CD66c|/\\CD123"])
def test_markers_that_begin_or_end_with_a_delimiter(tmp_path, marker):
    made = Acquisition(EVENTS[:, :1], (Channel("PE-A", marker),), {"$OP": "a/b"})
    write_fcs(made, tmp_path / "a.fcs")
    assert read_fcs(tmp_path / "a.fcs").channels[0].marker == marker
    assert FlowData(str(tmp_path / "a.fcs")).pns_labels == [marker]


def test_data_beyond_the_header_are_found_by_text(tmp_path):
    events = np.zeros((9_000_000, 3), np.float32)
    events[-1] = 7
    write_fcs(acquisition(events), tmp_path / "a.fcs")
    head = (tmp_path / "a.fcs").open("rb").read(58)
    assert head[26:42].split() == [b"0", b"0"]
    np.testing.assert_array_equal(read_fcs(tmp_path / "a.fcs").events[-1], [7, 7, 7])


def test_a_comma_in_a_name_is_refused():
    bad = Acquisition(np.zeros((1, 1), np.float32), (Channel("PE,A"),), {})
    with pytest.raises(ValueFault):
        fcs_bytes(bad)
