"""Oracle: the numbers of the spec in the manual page, which these tests read and run."""

import json
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from residua.errors import InputError
from residua.facts.gating import Strategy
from residua.main.simulate_flow import simulate_flow
from residua.measures.readout import read_out
from residua.readers.fcs import read_fcs
from residua.simulate.assumptions import assumptions
from residua.simulate.flow import population_sizes, simulate_events
from residua.simulate.flow_spec import Population, read_flow_spec
from residua.simulate.flow_truth import truth_labels

PAGE = Path(__file__).parents[3] / "docs/reference/simulate-flow.md"
SPEC = re.search(r"```toml\n(.*?)```", PAGE.read_text(), re.S).group(1)


@pytest.fixture
def spec_file(tmp_path):
    file = tmp_path / "spec.toml"
    file.write_text(SPEC)
    return file


@pytest.fixture
def made(spec_file, tmp_path):
    return simulate_flow(spec_file, out=tmp_path / "made.fcs")


def test_counts_are_exact(made):
    truth = json.loads(made[1].read_text())
    counts = {p["name"]: p["events"] for p in truth["populations"]}
    assert counts == {"T cells": 17600, "blasts": 200, "debris": 1600, "doublet": 600}
    assert truth["populations"][1]["positive"] == {"CD22": 128}


def test_labels_point_to_the_events(made):
    acquisition = read_fcs(made[0])
    labels, names = truth_labels(made[1].read_text())
    true = read_out(acquisition, Strategy(), compensation=acquisition.spillover)
    cd19 = true.linear("CD19")
    blasts = cd19[labels == names.index("blasts")]
    assert np.median(blasts) == pytest.approx(9000, rel=0.1)
    assert abs(np.median(cd19[labels == names.index("T cells")])) < 200
    cd22 = true.linear("CD22", np.flatnonzero(labels == names.index("blasts")))
    assert np.count_nonzero(cd22 > 600) == pytest.approx(128, abs=4)


def test_doublets_stand_off_by_height(made):
    acquisition = read_fcs(made[0])
    labels, names = truth_labels(made[1].read_text())
    ratio = acquisition.events[:, 1] / acquisition.events[:, 0]
    assert np.median(ratio[labels == names.index("doublet")]) < 0.65
    assert np.median(ratio[labels == names.index("T cells")]) == pytest.approx(1, abs=0.01)


def test_the_file_says_that_it_is_simulated(made):
    acquisition = read_fcs(made[0])
    assert "simulated" in acquisition.flags
    assert acquisition.keywords["RESIDUA_SIMULATED"] == "7"
    assert acquisition.acquired == "2023-07-01"
    assert (np.diff(acquisition.events[:, 5]) >= 0).all()


def test_the_same_spec_gives_the_same_bytes(spec_file, tmp_path, made):
    again = simulate_flow(spec_file, out=tmp_path / "again/made.fcs")
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in made]


def test_another_seed_gives_other_events(spec_file):
    spec = read_flow_spec(spec_file)
    one, other = simulate_events(spec), simulate_events(replace(spec, seed=8))
    assert not np.array_equal(one.acquisition.events, other.acquisition.events)


def test_fractions_fill_what_counts_leave_by_largest_remainder(spec_file):
    spec = replace(
        read_flow_spec(spec_file),
        events=100,
        debris=0.0,
        doublets=0.0,
        populations=tuple(Population(n, (), fraction=f) for n, f in [("a", 0.334), ("b", 0.666)]),
    )
    assert population_sizes(spec) == (33, 67)


FAULTS = [
    ("events = 20000", "event = 20000", {(1, "the file"), (3, "event")}),
    ("seed = 7", 'seed = "7"', {(4, "seed")}),
    ("fraction = 1.0 ", "fraction = 0.9 ", {(1, "the file")}),
    ('area = "FSC-A"', "", {(13, "channel 2")}),
    ('"SSC-A" = 20000', '"CD99" = 20000', {(36, "population 1, levels, CD99")}),
    ("positive = 0.64", "positive = 64", {(45, "population 2, levels, CD22")}),
    ('"PE-Cy7-A" = 0.05', '"PE-Cy9-A" = 0.05', {(48, "spillover, PE-A, PE-Cy9-A")}),
]


@pytest.mark.parametrize(("old", "new", "places"), FAULTS)
def test_faults_are_named_by_line(spec_file, tmp_path, old, new, places):
    spec_file.write_text(SPEC.replace(old, new))
    with pytest.raises(InputError) as caught:
        simulate_flow(spec_file, out=tmp_path / "made.fcs")
    assert {(fault.line, fault.where) for fault in caught.value.faults} >= places
    assert not (tmp_path / "made.fcs").exists()


def test_every_assumption_has_a_reason_and_is_a_choice():
    for group in assumptions().values():
        for assumption in group.values():
            assert assumption["provenance"] == "choice"
            assert assumption["reason"]
            assert assumption["unit"]
