"""Oracle: the file that the simulator wrote, and the same with one thing changed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from residua.errors import InputError
from residua.main.automatic.prepare import prepare_file
from residua.measures.preflight.prepare import prepare
from residua.simulate.marrow.drawn import draw_marrow
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.views.fcs_export import write_fcs

MADE = simulate_marrow(draw_marrow(MarrowSpec(events=12_000, laboratory=4))).acquisition


def test_a_file_is_prepared_as_its_acquisition(tmp_path: Path) -> None:
    write_fcs(MADE, tmp_path / "one.fcs")
    found, wanted = prepare_file(tmp_path / "one.fcs"), prepare(MADE).sample
    assert found.dimensions == wanted.dimensions
    assert found.events.tobytes() == wanted.events.tobytes()
    assert len(found.digest) == 64


def test_markers_may_be_named_beside(tmp_path: Path) -> None:
    bare = tuple(replace(one, marker="") for one in MADE.channels)
    write_fcs(replace(MADE, channels=bare), tmp_path / "bare.fcs")
    markers = {one.name: one.marker.lower() for one in MADE.channels if one.marker}
    found = prepare_file(tmp_path / "bare.fcs", markers=markers)
    assert found.dimensions == prepare(MADE).sample.dimensions
    assert prepare_file(tmp_path / "bare.fcs").unfit


def test_what_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "no.fcs").write_text("no FCS")
    write_fcs(replace(MADE, events=MADE.events[:0]), tmp_path / "empty.fcs")
    write_fcs(MADE, tmp_path / "one.fcs")
    for name, markers in (("no", {}), ("empty", {}), ("gone", {}), ("one", {"Xyz-A": "CD19"})):
        with pytest.raises(InputError) as caught:
            prepare_file(tmp_path / f"{name}.fcs", markers=markers, name=f"{name}.fcs")
        assert caught.value.faults[0].file == f"{name}.fcs"
