"""Broken files: refused, or salvaged and flagged wherever the events go.

Oracle: the rows that were packed, of which the first stay whole when the file is cut.
"""

import json

import numpy as np
import pytest

from residua.errors import InputError
from residua.main.mrd import measure_mrd
from residua.readers.fcs import read_fcs
from residua.views.fcs_export import write_fcs
from residua.views.mrd_export import mrd_document

ROWS = [[float(row), row * 0.5] for row in range(20)]
FLAG = "salvaged: 17 of 20 stated events"
GATES = """
[[file]]
path = "made.fcs"
salvage = true
[[gate]]
name = "cells"
kind = "range"
limits = { "A" = [-1, 1e6] }
[[gate]]
name = "blasts"
parent = "cells"
kind = "range"
limits = { "A" = [-1, 3] }
[mrd]
numerator = "blasts"
denominator = "cells"
"""


@pytest.fixture
def cut(fcs):
    """20 events of 8 bytes, the last 2 and a half of them lost."""
    file = fcs(events=ROWS, names=["A", "B"])
    file.write_bytes(file.read_bytes()[:-20])
    return file


def test_a_cut_file_is_refused_without_salvage(cut):
    with pytest.raises(InputError, match="salvage the 17 complete events"):
        read_fcs(cut)


def test_the_complete_events_are_salvaged_and_flagged(cut):
    read = read_fcs(cut, salvage=True)
    np.testing.assert_array_equal(read.events, ROWS[:17])
    assert FLAG in read.flags


def test_salvaging_a_whole_file_changes_nothing(fcs):
    file = fcs(events=ROWS)
    plain, salvaged = read_fcs(file), read_fcs(file, salvage=True)
    np.testing.assert_array_equal(plain.events, salvaged.events)
    assert (plain.flags, dict(plain.keywords)) == (salvaged.flags, dict(salvaged.keywords))


def test_the_flag_survives_export(cut, tmp_path):
    write_fcs(read_fcs(cut, salvage=True), tmp_path / "copy.fcs")
    copy = read_fcs(tmp_path / "copy.fcs")
    np.testing.assert_array_equal(copy.events, ROWS[:17])
    assert FLAG in copy.flags
    write_fcs(copy, tmp_path / "again.fcs")
    assert read_fcs(tmp_path / "again.fcs").flags.count(FLAG) == 1


def test_other_flags_survive_export_as_earlier_ones(fcs, tmp_path):
    write_fcs(read_fcs(fcs(events=ROWS, drop=["$TOT"])), tmp_path / "copy.fcs")
    assert read_fcs(tmp_path / "copy.fcs").flags == (
        "before export: no $TOT: events counted from the data segment",
    )


def test_the_flag_reaches_mrd_json(cut):
    gates = cut.with_name("flow.toml")
    gates.write_text(GATES)
    document = mrd_document(measure_mrd(gates=gates))
    assert f"made.fcs: {FLAG}" in document["flags"]
    assert document["denominator"]["count"] == 17
    json.dumps(document)


def test_flow_toml_must_say_salvage(cut):
    gates = cut.with_name("flow.toml")
    gates.write_text(GATES.replace("salvage = true", ""))
    with pytest.raises(InputError, match="20 events"):
        measure_mrd(gates=gates, out=cut.with_name("mrd.json"))
    assert not cut.with_name("mrd.json").exists()


@pytest.mark.parametrize("line", ['salvage = "yes"', "data_set = 0", "data_set = 1.5"])
def test_flow_toml_says_what_is_wrong(cut, line):
    gates = cut.with_name("flow.toml")
    gates.write_text(GATES.replace("salvage = true", line))
    with pytest.raises(InputError, match=line.split()[0]):
        measure_mrd(gates=gates)


def test_nothing_is_made_of_a_file_that_holds_no_event(fcs):
    file = fcs(events=ROWS)
    file.write_bytes(file.read_bytes()[: -20 * 8])
    with pytest.raises(InputError, match="holds 0"):
        read_fcs(file, salvage=True)


def test_without_tot_a_cut_segment_is_refused_and_salvaged(fcs):
    file = fcs(events=ROWS, drop=["$TOT"])
    file.write_bytes(file.read_bytes()[:-20])
    with pytest.raises(InputError):
        read_fcs(file)
    assert FLAG in read_fcs(file, salvage=True).flags


def test_the_last_number_of_cut_free_text_is_never_trusted(fcs):
    """``300 400`` cut to ``300 40`` would be a wrong number."""
    options = {"kind": "A", "bits": ["*", "*"], "ranges": [1024, 1024], "events": [[1, 2], [3, 4]]}
    file = fcs(data=b"100 200 300 400", **options)
    file.write_bytes(file.read_bytes()[:-1])
    with pytest.raises(InputError, match="holds 1"):
        read_fcs(file)
    read = read_fcs(file, salvage=True)
    np.testing.assert_array_equal(read.events, [[100, 200]])
    assert "salvaged: 1 of 2 stated events" in read.flags
