"""A plate of a bead array from its files to concentrations.

Oracle: the truth of simulated plates; faults as the reference page promises them.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

from residua.errors import InputError, UsageError
from residua.main.beads.array import answer_beads, open_panel, quantify_plate
from residua.main.beads.rows import cytokine_rows
from residua.main.simulate_beads import simulate_beads
from residua.standards.bead_panel_shelf import bead_panel_names, bead_panel_text
from residua.views.beads_export import beads_text

PANEL = open_panel("legendplex-13")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return simulate_beads(tmp_path_factory.mktemp("beads") / "plate", seed=2, samples=4)


@pytest.fixture(scope="module")
def measured(folder):
    return quantify_plate(folder / "plate.csv", panel=PANEL)[0]


def test_concentrations_are_those_that_were_made_up(folder, measured):
    """Median relative error within 10 %, 90 % of the 95 % intervals or more hold the truth."""
    truth = json.loads((folder / "truth.json").read_text())["concentrations"]
    told = [one for one in measured.results if one.value is not None]
    assert len(told) > 25
    away = [abs(one.value / truth[one.sample][one.analyte] - 1) for one in told]
    held = [one.interval.low <= truth[one.sample][one.analyte] <= one.interval.high for one in told]
    assert np.median(away) < 0.10
    assert np.mean(held) >= 0.90


def test_out_of_range_is_a_bound_on_the_right_side(folder, measured):
    truth = json.loads((folder / "truth.json").read_text())["concentrations"]
    bounds = [one for one in measured.results if one.comparator]
    assert {one.comparator for one in bounds} == {"<", ">"}
    for one in bounds:
        true = truth[one.sample][one.analyte]
        assert one.value is None
        assert true < 1.3 * one.bound if one.comparator == "<" else true > one.bound / 1.3
        assert one.bound == (one.lloq if one.comparator == "<" else one.uloq)


def test_every_sample_and_analyte_has_a_row_with_its_range(measured):
    assert len(measured.results) == 4 * 13
    assert all(one.reason or (one.lloq and one.uloq and one.beads) for one in measured.results)
    assert {one.dilution for one in measured.results} == {2.0}
    assert all("simulated" in one.flags for one in measured.results)


def test_the_same_seed_makes_the_same_bytes(folder, tmp_path):
    again = simulate_beads(tmp_path / "again", seed=2, samples=4)
    for file in sorted(folder.iterdir()):
        assert file.read_bytes() == (again / file.name).read_bytes()


def test_standards_by_the_panels_top_give_the_same_as_by_quantity(folder, measured, tmp_path):
    """10000 over a dilution of 4^n is the quantity that the table states."""
    for file in folder.glob("*.fcs"):
        (tmp_path / file.name).symlink_to(file)
    lines = (folder / "plate.csv").read_text().splitlines()
    rows = [line.split(",") for line in lines]
    for row in rows[1:]:
        if row[3] == "standard":
            row[4], row[5], row[6] = "", "", f"{10000 / float(row[4]):.0f}"
    (tmp_path / "plate.csv").write_text("\n".join(",".join(row) for row in rows))
    text = bead_panel_text("legendplex-13") + f"top = {[10000] * 7}\n"
    text = text.replace('[[size]]\nname = "B"', f'top = {[10000] * 6}\n[[size]]\nname = "B"')
    (tmp_path / "panel.toml").write_text(text.replace("floor = 740", 'floor = 740\nunit = "pg/mL"'))
    panel = open_panel(tmp_path / "panel.toml")
    again = quantify_plate(tmp_path / "plate.csv", panel=panel)[0]
    assert [one.value for one in again.results] == pytest.approx(
        [one.value for one in measured.results]
    )


def test_an_answer_writes_its_pictures_and_document(folder, tmp_path):
    answer_beads([folder / "A1-C8.fcs"], "legendplex-13", plate=None, curve="5pl",
                 out=tmp_path / "out")  # fmt: skip
    assert (tmp_path / "out" / "A1-C8.png").read_bytes().startswith(b"\x89PNG")
    document = json.loads((tmp_path / "out" / "beads.json").read_text())
    assert document["wells"][0]["populations_found"] == [6, 7]
    assert all(clause["provenance"] for clause in document["clauses"])


def test_the_text_names_each_sample(measured):
    wells = list(measured.wells.items())
    text = beads_text(PANEL, wells, measured)
    assert all(name in text for name in ("S1", "B7", "pg/mL", "Research use only"))


def test_files_and_a_plate_are_not_both_asked_for(folder):
    for files, plate in (([], None), ([folder / "A1-C8.fcs"], folder / "plate.csv")):
        with pytest.raises(UsageError, match="either FCS files or --plate"):
            answer_beads(files, "legendplex-13", plate=plate, curve="5pl", out=None)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (("A1,A1-C8.fcs", "A1,nowhere.fcs"), "1 wells without one"),
        (("10000.0,pg/mL", "10000.0,ng/mL"), "one unit for all standards"),
        (("10000.0,pg/mL", "much,pg/mL"), "a number above 0"),
        (("C8,standard", "C8,standart"), "write 'standard'"),
        (("A2,A2-C8.fcs", "A1,A2-C8.fcs"), "each well once"),
        (("10000.0,pg/mL,", ",,"), "quantity, or its dilution"),
        (("well,file", "wel,file"), "column 'well'"),
        (("blank,,", "blank,0,"), "role blank"),
    ],
)
def test_a_faulty_table_is_refused_with_its_place(folder, tmp_path, change, said):
    for file in folder.glob("*.fcs"):
        (tmp_path / file.name).symlink_to(file)
    text = (folder / "plate.csv").read_text()
    assert change[0] in text
    (tmp_path / "plate.csv").write_text(text.replace(*change, 1))
    with pytest.raises(InputError) as caught:
        quantify_plate(tmp_path / "plate.csv", panel=PANEL)
    assert any(said in str(fault) for fault in caught.value.faults)


def test_a_plate_without_standards_is_refused(folder, tmp_path):
    for file in folder.glob("*.fcs"):
        (tmp_path / file.name).symlink_to(file)
    lines = (folder / "plate.csv").read_text().splitlines()
    kept = [line for line in lines if ",standard," not in line]
    (tmp_path / "plate.csv").write_text("\n".join(kept))
    with pytest.raises(InputError, match="wells of role standard"):
        quantify_plate(tmp_path / "plate.csv", panel=PANEL)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"residua.bead-panel"', '"residua.panel"'), "residua.bead-panel"),
        (('["FSC-H", "SSC-H"]', '["FSC-H"]'), "two channels"),
        (('"low to high"', '"up"'), "a known word"),
        (("floor = 740", "flor = 740"), "a known key"),
        (('"A2", "A3"', '"A1", "A3"'), "each name once"),
    ],
)
def test_a_faulty_panel_is_refused(tmp_path, change, said):
    text = bead_panel_text("legendplex-13")
    assert change[0] in text
    (tmp_path / "panel.toml").write_text(text.replace(*change, 1))
    with pytest.raises(InputError) as caught:
        open_panel(tmp_path / "panel.toml")
    assert any(said in str(fault) for fault in caught.value.faults)


def test_every_shipped_panel_opens_and_names_its_source():
    for name in bead_panel_names():
        panel = open_panel(name)
        assert panel.source
        assert [len(size.analytes) for size in panel.sizes] == [6, 7]


def test_the_rows_of_a_plate_are_those_of_a_table_of_cytokines(measured):
    """Each value within its own range, a bound at its end, six digits kept."""
    rows = cytokine_rows(measured)
    assert len(rows) == len(measured.results)
    for row, one in zip(rows, measured.results, strict=True):
        assert (row.sample, row.analyte, row.unit) == (one.sample, one.analyte, "pg/mL")
        assert row.value is not None
        assert row.value.censored == bool(one.comparator)
        number = one.value if one.value is not None else one.bound
        assert float(row.value.value) == pytest.approx(number, rel=1e-5)
        if not row.value.censored:
            assert row.lloq.value <= row.value.value <= row.uloq.value


def test_a_panel_of_no_name_and_no_file_is_answered_with_the_nearest():
    with pytest.raises(InputError, match="write 'legendplex-13'"):
        open_panel("legendplex13")
