"""Every corner file of tests/corners, read as its truth says.

Oracle: the files are written byte by byte by tests/corners/fcs_bytes.py from stated numbers;
what is to be done with each stands in it with the section of the standard.
"""

import numpy as np
import pytest
from corner import REFUSED, VALUES

from corners import listed
from residua.errors import InputError
from residua.readers.fcs import read_fcs

CORNERS = listed()


@pytest.mark.parametrize("corner", CORNERS, ids=lambda corner: corner.name)
def test_corner_file_is_read_as_the_standard_says(corner, tmp_path):
    path = corner.write(tmp_path)
    if set(corner.allowed) == {REFUSED}:
        with pytest.raises(InputError) as caught:
            read_fcs(path)
        _check_fault(caught.value.faults[0])
        return
    try:
        acquisition = read_fcs(path)
    except InputError as error:
        if REFUSED not in corner.allowed:
            raise
        _check_fault(error.faults[0])
        return
    _check_values(acquisition, corner)
    if VALUES not in corner.allowed:
        assert acquisition.flags


def _check_fault(fault):
    assert all((fault.where, fault.expected, fault.received, fault.do))


def _check_values(acquisition, corner):
    wanted = np.array(corner.scale, dtype=np.float64)
    assert len(acquisition.events) == len(wanted)
    if len(wanted):
        stored = np.array(corner.stored, dtype=np.float64)
        linear = np.array_equal(wanted, stored, equal_nan=True)
        # What is not amplified has to be exact; amplified values hold to float32.
        np.testing.assert_allclose(acquisition.events, wanted, rtol=0 if linear else 1e-6, atol=0)
    if corner.names:
        assert acquisition.names == corner.names
    if corner.markers:
        assert tuple(channel.marker for channel in acquisition.channels) == corner.markers
    for key, value in corner.keywords.items():
        assert acquisition.keywords[key] == value
    if corner.spillover and not (corner.reading and acquisition.spillover is None):
        assert acquisition.spillover is not None, acquisition.spillover_fault
        assert acquisition.spillover.channels == corner.spillover[0]
        np.testing.assert_allclose(acquisition.spillover.matrix, corner.spillover[1])


def test_corner_files_have_names_of_their_own():
    names = [corner.name for corner in CORNERS]
    assert len(set(names)) == len(names) >= 40
