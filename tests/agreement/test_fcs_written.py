"""What we write is read back exactly. Oracles: FlowIO, FlowKit, and polars for tables."""

import json
import warnings

import numpy as np
import polars as pl
import pytest
from flowio import FlowData

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.main.export_events import export_events
from residua.readers.fcs import read_fcs
from residua.views.fcs_export import write_fcs

NAMES = ("FSC-A", "PE-Cy7-A", "Time")
MATRIX = np.array([[1, 0.1], [1 / 3, 1]])


def made(dtype, *, flags=()):
    rng = np.random.default_rng(5)
    events = rng.normal(1e4, 3e4, (500, 3)).astype(dtype)
    channels = (Channel("FSC-A"), Channel("PE-Cy7-A", "CD19 µ"), Channel("Time"))
    keywords = {"$CYT": "LSR|II", "$TIMESTEP": "1", "$SRC": "J. Doe"}
    return Acquisition(events, channels, keywords, Spillover(NAMES[:2], MATRIX), flags=flags)


@pytest.mark.parametrize(("dtype", "kind"), [(np.float32, "F"), (np.float64, "D")])
def test_flowio_and_flowkit_read_the_very_numbers(tmp_path, dtype, kind):
    flowkit = pytest.importorskip("flowkit")
    acquisition = made(dtype)
    write_fcs(acquisition, tmp_path / "a.fcs")
    theirs = FlowData(str(tmp_path / "a.fcs"))
    assert theirs.text["datatype"] == kind
    np.testing.assert_array_equal(theirs.as_array(), acquisition.events)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        sample = flowkit.Sample(str(tmp_path / "a.fcs"))
    np.testing.assert_array_equal(sample.get_events(source="raw"), acquisition.events)
    assert tuple(sample.pnn_labels) == NAMES
    ours = read_fcs(tmp_path / "a.fcs")
    assert ours.events.dtype == dtype
    np.testing.assert_array_equal(ours.events, acquisition.events)
    np.testing.assert_array_equal(ours.spillover.matrix, MATRIX)


def test_doubles_that_floats_hold_are_written_as_floats(tmp_path):
    acquisition = made(np.float32)
    wide = Acquisition(acquisition.events.astype(np.float64), acquisition.channels, {})
    write_fcs(wide, tmp_path / "a.fcs")
    assert read_fcs(tmp_path / "a.fcs").events.dtype == np.float32


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_tables_hold_the_very_numbers(tmp_path, dtype, ending):
    acquisition = made(dtype, flags=("salvaged: 500 of 501 stated events",))
    path = export_events(acquisition, tmp_path / f"events.{ending}")
    table = pl.read_parquet(path) if ending == "parquet" else pl.read_csv(path)
    assert tuple(table.columns) == NAMES
    found = table.to_numpy().astype(dtype)
    np.testing.assert_array_equal(found, acquisition.events)
    if ending == "parquet":
        about = pl.read_parquet_metadata(path)
        assert json.loads(about["residua.flags"]) == list(acquisition.flags)
        assert json.loads(about["residua.markers"]) == ["", "CD19 µ", ""]
        assert "Doe" not in str(about)
    assert b"Doe" not in path.read_bytes()


def test_names_that_stand_twice_are_counted(tmp_path):
    events = np.arange(4, dtype=np.float32).reshape(1, 4)
    channels = tuple(Channel(name) for name in ("A", "A", "A_2", "A"))
    path = export_events(Acquisition(events, channels, {}), tmp_path / "a.parquet")
    assert pl.read_parquet(path).columns == ["A", "A_3", "A_2", "A_4"]


def test_the_same_events_give_the_same_bytes(tmp_path):
    for ending in ("parquet", "csv", "fcs"):
        one = export_events(made(np.float32), tmp_path / f"one.{ending}").read_bytes()
        assert export_events(made(np.float32), tmp_path / f"two.{ending}").read_bytes() == one


def test_a_matrix_that_was_applied_is_not_written_as_one_to_apply(fcs_of, tmp_path):
    read = read_fcs(fcs_of({"$DFC1TO2": "25"}))
    write_fcs(read, tmp_path / "copy.fcs")
    copy = read_fcs(tmp_path / "copy.fcs")
    assert copy.compensated
    np.testing.assert_array_equal(copy.spillover.matrix, [[1, 0.25], [0, 1]])


@pytest.fixture
def fcs_of(tmp_path):
    """A written file with keywords of one's own."""

    def write(keywords):
        channels = (Channel("FL1"), Channel("FL2"))
        events = np.ones((2, 2), np.float32)
        done = Acquisition(events, channels, keywords, compensated=True)
        write_fcs(done, tmp_path / "made.fcs")
        return tmp_path / "made.fcs"

    return write
