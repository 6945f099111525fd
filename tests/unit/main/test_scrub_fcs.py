"""A copy that names nobody. Oracle: the bytes of the events, and names planted in the source."""

import numpy as np
import pytest
from corner import REFUSED

from corners import listed
from residua.errors import InputError, UsageError
from residua.facts.acquisition import Acquisition, Channel
from residua.main.scrub_fcs import scrub_fcs
from residua.readers.fcs import list_data_sets, read_fcs
from residua.views.fcs_export import fcs_bytes, write_fcs

EVENTS = np.arange(20, dtype=np.float32).reshape(10, 2)
SECRET = "Jane Doe"
NAMED = {
    "$SRC": SECRET,
    "$FIL": f"{SECRET}.fcs",
    "PATIENT ID": SECRET,
    "$DATE": "03-MAR-2020",
    "$COM": SECRET,
    "$CYT": "LSR",
    "$P1V": "400",
}


@pytest.fixture
def file(tmp_path):
    channels = (Channel("PE-A", "CD22"), Channel("Time"))
    write_fcs(Acquisition(EVENTS, channels, NAMED), tmp_path / "a.fcs")
    raw = (tmp_path / "a.fcs").read_bytes()
    # An ANALYSIS segment and a gap that name the patient, too.
    (tmp_path / "a.fcs").write_bytes(raw + f"/$CSEXP/{SECRET}/ {SECRET}".encode())
    return tmp_path / "a.fcs"


def test_names_are_gone_and_events_are_the_same_bytes(file, tmp_path):
    removed = scrub_fcs(file, tmp_path / "b.fcs")
    old, new = file.read_bytes(), (tmp_path / "b.fcs").read_bytes()
    assert set(removed) == set(NAMED) - {"$CYT"} - {"$P1V"}
    assert b"Doe" not in new
    assert b"2020" not in new
    assert len(new) == len(old)
    place = old.index(EVENTS.tobytes())
    assert new[place : place + EVENTS.nbytes] == EVENTS.tobytes()
    copy = read_fcs(tmp_path / "b.fcs")
    assert (copy.flags, copy.instrument, copy.channels[0].marker) == ((), "LSR", "CD22")
    assert scrub_fcs(tmp_path / "b.fcs", tmp_path / "c.fcs") == ()


def test_a_broken_file_is_refused_and_nothing_is_written(file, tmp_path):
    file.write_bytes(file.read_bytes()[:-90])
    with pytest.raises(InputError):
        scrub_fcs(file, tmp_path / "b.fcs")
    assert not (tmp_path / "b.fcs").exists()
    with pytest.raises(UsageError):
        scrub_fcs(file, file)


@pytest.mark.parametrize(
    "corner",
    [one for one in listed() if set(one.allowed) != {REFUSED} and "large" not in one.name],
    ids=lambda corner: corner.name,
)
def test_every_dialect_keeps_its_events(corner, tmp_path):
    file = corner.write(tmp_path)
    try:
        ours = read_fcs(file)
    except InputError:
        return
    scrub_fcs(file, tmp_path / "copy.fcs")
    copy = read_fcs(tmp_path / "copy.fcs")
    np.testing.assert_array_equal(copy.events, ours.events)
    assert copy.names == ours.names


@pytest.mark.data
def test_every_data_set_of_an_lmd_file(test_data, tmp_path):
    file = test_data / "flowkit/multi_dataset_fcs/coulter.lmd"
    scrub_fcs(file, tmp_path / "copy.lmd")
    assert len(list_data_sets(tmp_path / "copy.lmd")) == 2
    assert b"kashofer" in file.read_bytes()
    assert b"kashofer" not in (tmp_path / "copy.lmd").read_bytes()


def test_the_writer_and_the_scrubber_agree_on_what_fcs_is(file):
    assert fcs_bytes(read_fcs(file))[:6] == b"FCS3.1"
