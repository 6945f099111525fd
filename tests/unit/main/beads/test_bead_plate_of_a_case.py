"""A plate of bead-array FCS files in a patient's folder.

Oracle: the truth of the simulated plate: of the quantified values the median lies within 10 %.
"""

from __future__ import annotations

import json
import shutil

import numpy as np
import pytest

from residua.facts.laboratory import Cytokine
from residua.main.beads.case import bead_facts, bead_inputs, measure_case_beads
from residua.main.check import check_folder
from residua.main.simulate_beads import simulate_beads
from residua.readers.case import read_case

CASE = """kind = "residua.case"
version = "1.0"
title = "beads"
[[specimen]]
id = "serum-day-3"
date = "2024-10-18"
tissue = "blood"
"""
BEADS = """kind = "residua.beads"
version = "1.0"
[[file]]
path = "plate.csv"
assay = "bead-plate"
panel = "legendplex-13"
[[sample]]
name = "S1"
specimen = "serum-day-3"
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("case")
    simulate_beads(folder / "beads", seed=2, samples=2)
    truth = json.loads((folder / "beads" / "truth.json").read_text())["concentrations"]["S1"]
    (folder / "beads" / "truth.json").unlink()
    (folder / "beads" / "beads.toml").write_text(BEADS)
    (folder / "case.toml").write_text(CASE)
    return folder, truth


def test_the_plate_becomes_cytokines_of_the_specimen(made):
    folder, truth = made
    report = check_folder(folder)
    assert report.faults == ()
    assert not any(".fcs" in note for note in report.notes)
    records = measure_case_beads(folder, read_case(folder))
    facts = bead_facts(records)
    assert all(isinstance(fact, Cytokine) and str(fact.date) == "2024-10-18" for fact in facts)
    assert all(fact.simulated for fact in facts), "the events say that they were made up"
    numbers = [fact for fact in facts if not fact.value.censored]
    away = [abs(fact.value.number / 1e-9 / truth[fact.analyte] - 1) for fact in numbers]
    assert len(numbers) >= 5
    assert np.median(away) < 0.10
    named = {one.file for one in bead_inputs(folder, records)}
    assert {"beads/beads.toml", "beads/plate.csv", "beads/A1-C8.fcs"} <= named


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('panel = "legendplex-13"\n', "", "expected a panel"),
        ("legendplex-13", "nowhere.toml", "no such file"),
        ('name = "S1"', 'name = "S9"', "the name of a sample in its file"),
    ],
)
def test_an_entry_that_does_not_fit_is_a_fault(made, tmp_path, old, new, said):
    folder, _ = made
    other = tmp_path / "case"
    shutil.copytree(folder, other)
    (other / "beads" / "beads.toml").write_text(BEADS.replace(old, new, 1))
    faults = check_folder(other).faults
    assert any(said in str(fault) and "beads.toml" in str(fault) for fault in faults)
