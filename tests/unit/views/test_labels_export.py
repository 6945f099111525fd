"""Oracle: the events that went in, read back by polars and by the FCS reader."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import polars as pl
import pytest

from residua.errors import InputError, ValueFault
from residua.facts.event_labels import EventLabels, label_events
from residua.main.scrub_fcs import scrub_fcs
from residua.measures.acquisition_quality.scatter import is_signal
from residua.measures.preflight.panel import panel_of
from residua.readers.fcs import read_fcs
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.fcs_export import write_fcs
from residua.views.labelled_fcs import write_labelled_fcs
from residua.views.labels_export import REMOVED, labels_parquet

MADE = simulate_marrow(draw_marrow(MarrowSpec(events=2000))).acquisition
ROWS = np.arange(1, 2000, 2)
POSTERIOR = np.linspace(0, 1, 1000, dtype=np.float32)
LABELS = label_events(rows=ROWS, total=2000, posterior=POSTERIOR, blast=POSTERIOR > 0.5)


def test_a_row_for_every_event_in_file_order(tmp_path: Path) -> None:
    path = tmp_path / "labels.parquet"
    path.write_bytes(labels_parquet(LABELS, sha256="ab", model="cd"))
    table = pl.read_parquet(path)
    assert table.schema == {"blast": pl.Boolean, "posterior": pl.Float32}
    assert len(table) == 2000
    assert table["posterior"].to_numpy()[1::2].tolist() == POSTERIOR.tolist()
    assert (table["posterior"].to_numpy()[::2] == 0).all()
    assert not table["blast"].to_numpy()[::2].any()
    about = pl.read_parquet_metadata(path)
    assert json.loads(about["residua.removed"]) == REMOVED
    assert json.loads(about["residua.source"]) == {"sha256": "ab"}
    assert labels_parquet(LABELS, sha256="ab", model="cd") == path.read_bytes()


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_the_copy_holds_the_same_events_bit_for_bit(tmp_path: Path, dtype: type) -> None:
    events = MADE.events.astype(dtype)
    events[0, 0] += dtype(1e-9)  # which only float64 holds
    keywords = dict(MADE.keywords) | {"$SRC": "made up", "LABORATORY": "one"}
    write_fcs(replace(MADE, events=events, keywords=keywords), tmp_path / "one.fcs")
    file = read_fcs(tmp_path / "one.fcs")
    write_labelled_fcs(file, LABELS, tmp_path / "copy.fcs")
    copy = read_fcs(tmp_path / "copy.fcs")
    assert copy.events.dtype == file.events.dtype
    assert copy.events[:, :-2].tobytes() == file.events.tobytes()
    assert copy.events[:, -1].tolist() == LABELS.posterior.tolist()
    assert (copy.events[:, -2] == LABELS.blast).all()
    assert copy.keywords["$SRC"] == "made up"
    assert copy.keywords["LABORATORY"] == "one"
    assert (copy.spillover.matrix == file.spillover.matrix).all()
    assert "labels of an automatic reading" in copy.keywords["RESIDUA_FLAGS"]
    removed = scrub_fcs(tmp_path / "copy.fcs", tmp_path / "shared.fcs")
    assert set(removed) == {"$SRC", "LABORATORY"}


def test_the_added_channels_are_no_signal_and_no_marker(tmp_path: Path) -> None:
    """So that a copy can be measured again."""
    write_fcs(MADE, tmp_path / "one.fcs")
    write_labelled_fcs(read_fcs(tmp_path / "one.fcs"), LABELS, tmp_path / "copy.fcs")
    copy = read_fcs(tmp_path / "copy.fcs")
    write_labelled_fcs(copy, LABELS, tmp_path / "again.fcs")
    again = read_fcs(tmp_path / "again.fcs")
    assert len(set(again.names)) == len(MADE.names) + 4
    assert not any(map(is_signal, again.channels[-4:]))
    assert panel_of(again.channels) == panel_of(MADE.channels)


def test_labels_of_another_file_are_refused() -> None:
    with pytest.raises(InputError, match="labels of every event"):
        write_labelled_fcs(replace(MADE, events=MADE.events[:5]), LABELS, Path("unwritten.fcs"))
    with pytest.raises(ValueFault, match="posterior of 0 to 1"):
        EventLabels(np.ones(1, bool), np.full(1, np.nan, np.float32))
