"""No bytes, however broken, get anything but an acquisition or our own error out of the reader."""

import contextlib
import hashlib
import io

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.errors import ResiduaError
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.readers.fcs import read_fcs, read_fcs_header
from residua.views.fcs_export import fcs_bytes

WHOLE = fcs_bytes(
    Acquisition(
        np.arange(60, dtype=np.float32).reshape(20, 3),
        (Channel("FSC-A"), Channel("PE-A", "CD22"), Channel("Time")),
        {"$CYT": "LSR", "$DATE": "03-MAR-2020"},
        Spillover(("FSC-A", "PE-A"), np.array([[1, 0.1], [0.2, 1]])),
    )
)


@settings(max_examples=400)
@given(
    st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6),
    st.integers(0, len(WHOLE)),
)
def test_broken_files(tmp_path_factory, changes, keep):
    raw = bytearray(WHOLE)
    for place, value in changes:
        raw[place] = value
    file = tmp_path_factory.getbasetemp() / "broken.fcs"
    for content in (bytes(raw), bytes(raw[:keep])):
        file.write_bytes(content)
        for read in (read_fcs, read_fcs_header):
            with contextlib.suppress(ResiduaError):
                read(file)


@given(st.integers(0, 300), st.integers(1, 6), st.integers(0, 2**32 - 1))
def test_what_is_written_is_read_back(tmp_path_factory, count, columns, seed):
    events = np.random.default_rng(seed).normal(0, 1e4, (count, columns)).astype(np.float32)
    channels = tuple(Channel(f"C{place}", f"M|{place}") for place in range(columns))
    file = tmp_path_factory.getbasetemp() / "whole.fcs"
    file.write_bytes(fcs_bytes(Acquisition(events, channels, {})))
    read = read_fcs(file)
    np.testing.assert_array_equal(read.events, events)
    assert [(c.name, c.marker) for c in read.channels] == [(c.name, c.marker) for c in channels]


def test_the_hash_is_that_of_the_bytes(tmp_path):
    file = tmp_path / "a.fcs"
    file.write_bytes(WHOLE)
    expected = hashlib.file_digest(io.BytesIO(WHOLE), "sha256").hexdigest()
    assert read_fcs(file).sha256 == expected
