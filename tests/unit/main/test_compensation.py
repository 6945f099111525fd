"""Oracle: the spillover by which the controls were simulated."""

import json

import numpy as np
import pytest
from stained_tubes import DYES, SPILLOVER, entries, write_controls, write_tube

from residua.errors import InputError, UsageError
from residua.main.compensation import FILES, measure_compensation, write_compensation
from residua.readers.spillover_table import read_spillover_table
from residua.views.spillover_export import spillover_document

SAMPLE = '[[file]]\npath = "sample.fcs"\n'


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    path = tmp_path_factory.mktemp("flow")
    write_controls(path)
    write_tube(path, "sample", [("FITC-A", 9000, 0.5), ("PE-Cy7-A", 9000, 0.1)])
    return path


@pytest.fixture
def strategy(folder):
    def write(text):
        file = folder / "flow.toml"
        file.write_text(text)
        return file

    return write


def test_the_files_hold_the_matrix_of_the_simulation(strategy, tmp_path):
    shown = measure_compensation(strategy(SAMPLE + entries()))
    written = write_compensation(shown, tmp_path / "out")
    assert tuple(path.name for path in written) == FILES
    table = read_spillover_table(tmp_path / "out" / "spillover.csv")
    document = json.loads((tmp_path / "out" / "spillover.json").read_text())
    np.testing.assert_array_equal(table.matrix, document["matrix"])
    assert document["channels"] == list(table.channels) == list(DYES)
    for (dye, detector), share in SPILLOVER.items():
        row, column = table.channels.index(dye), table.channels.index(detector)
        error = document["standard_errors"][row][column]
        assert abs(table.matrix[row, column] - share) < 4 * error < 0.002
    assert (document["kind"], document["flags"]) == ("residua.spillover", ["simulated"])
    assert "not a medical device" in document["notice"]
    assert written[2].read_bytes().startswith(b"\x89PNG")


def test_the_same_controls_give_the_same_bytes(strategy, tmp_path):
    file = strategy(entries(stated=False))
    for name in ("a", "b"):
        write_compensation(measure_compensation(file), tmp_path / name)
    for name in FILES:
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_a_dye_that_was_not_stated_is_said_to_be_found(strategy):
    controls = spillover_document(measure_compensation(strategy(entries(stated=False))))["controls"]
    assert {(one["dye"], one["dye_from"]) for one in controls} == {
        (dye, "brightest detector") for dye in DYES
    }


def test_what_the_table_of_a_sample_leaves(strategy, folder):
    """By hand: 0.2 - 0.15 of FITC is left in PE."""
    (folder / "comp.csv").write_text("FITC-A,PE-A,PE-Cy7-A\n1,0.15,0\n0,1,0.04\n0,0.03,1\n")
    text = SAMPLE + 'compensation = "comp.csv"\n' + entries()
    (sample,) = spillover_document(measure_compensation(strategy(text)))["samples"]
    first = sample["residuals"][0]
    assert (first["dye"], first["detector"], first["large"]) == ("FITC-A", "PE-A", True)
    assert abs(first["slope"] - 0.05) < 4 * first["standard_error"]


def test_the_own_matrix_of_a_sample_leaves_nothing(strategy):
    (sample,) = spillover_document(measure_compensation(strategy(SAMPLE + entries())))["samples"]
    assert not any(one["large"] for one in sample["residuals"])


def test_the_tube_must_be_said_where_there_are_several(strategy):
    text = entries(["FITC-A"], tube="one") + entries(["PE-A"], tube="two")
    with pytest.raises(UsageError, match="one, two"):
        measure_compensation(strategy(text))
    assert measure_compensation(strategy(text), tube="two").estimate.spillover.channels == ("PE-A",)
    with pytest.raises(UsageError, match="'three'"):
        measure_compensation(strategy(text), tube="three")


def test_without_controls_there_is_nothing_to_measure(strategy):
    with pytest.raises(InputError, match="single-stain controls"):
        measure_compensation(strategy(SAMPLE))


def test_a_dye_of_the_sample_without_a_control_is_named(strategy):
    flags = measure_compensation(strategy(SAMPLE + entries(["FITC-A", "PE-A"]))).flags
    assert "no control for CD19 (PE-Cy7-A)" in flags
