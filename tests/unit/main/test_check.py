"""Oracle: the faults planted by hand in ``faulty_case``, with their lines."""

import shutil
from pathlib import Path

import flowio
import pytest

from residua.main.check import check_folder
from residua.main.new import new_folder

FAULTY = Path(__file__).parents[1] / "readers" / "faulty_case"
PLANTED = {
    ("case.toml", 7, "diagnosis.colour"),  # an unknown key
    ("case.toml", 16, "assessment[0].date"),  # month 13
    ("case.toml", 17, "assessment[0].specimen"),  # a link to nothing
    ("case.toml", 21, "treatment[0].start"),  # before the diagnosis
    ("case.toml", 22, "treatment[0].after"),  # a cycle
    ("case.toml", 24, "treatment[0].drugs[0].dose"),  # a dose without a unit
    ("case.toml", 25, "treatment[0].drugs[1].dose"),  # an unknown unit
    ("case.toml", 34, "event[0].date"),  # a relapse before the diagnosis
    ("case.toml", 38, "event[1].id"),  # two ids alike
    ("case.toml", 43, "link[0].to"),  # a link to nothing
    ("labs.csv", 3, "unit"),  # a unit that does not fit the analyte
    ("labs.csv", 4, "date"),  # an impossible day
    ("mrd.csv", 2, "tissue"),  # blood judged as marrow
    ("mrd.csv", 3, "fraction"),  # MRD above 1
    ("flow/flow.toml", 6, "file[1].path"),  # a file that is not there
    ("flow/flow.toml", 11, "gate 1, CD22"),  # a gate on a missing channel
}


@pytest.fixture
def faulty(tmp_path):
    """The folder with a truncated FCS file that lacks CD22."""
    folder = tmp_path / "faulty"
    shutil.copytree(FAULTY, folder)
    with (folder / "flow" / "day-28.fcs").open("wb") as stream:
        flowio.create_fcs(stream, [1.0, 2.0, 3.0, 4.0] * 500, ["FSC-A", "FITC-A"], ["", "CD19"])
    path = folder / "flow" / "day-28.fcs"
    path.write_bytes(path.read_bytes()[:-1000])
    return folder


def found(folder):
    faults = check_folder(folder).faults
    return [(f.file.removeprefix(f"{folder}/"), f.line, f.where) for f in faults]


def test_every_planted_fault_is_found_at_its_line(faulty):
    assert set(found(faulty)) >= PLANTED


def test_the_truncated_and_the_foreign_file_are_named(faulty):
    rest = [fault for fault in found(faulty) if fault not in PLANTED]
    assert sorted(file for file, _, _ in rest) == ["flow/day-28.fcs", "flow/letter.fcs"]


def test_notes_tell_what_is_unusual(faulty):
    (faulty / "scan.pdf").write_text("x")
    notes = "\n".join(check_folder(faulty).notes)
    assert "footnotes left out: line 6" in notes
    assert "Latin-1" in notes
    assert "scan.pdf" in notes


def test_check_changes_nothing(faulty):
    before = {path: path.read_bytes() for path in faulty.rglob("*") if path.is_file()}
    check_folder(faulty)
    assert before == {path: path.read_bytes() for path in faulty.rglob("*") if path.is_file()}


def test_the_template_passes(tmp_path):
    new_folder(tmp_path / "p")
    report = check_folder(tmp_path / "p")
    assert (report.faults, report.notes) == ((), ())


def test_a_missing_folder(tmp_path):
    report = check_folder(tmp_path / "none")
    assert [fault.do for fault in report.faults] == [f"run residua new {tmp_path / 'none'}"]


def test_raw_files_for_later_are_opened(tmp_path):
    new_folder(tmp_path / "p")
    (tmp_path / "p" / "qpcr").mkdir(exist_ok=True)
    (tmp_path / "p" / "qpcr" / "plate.csv").symlink_to("nowhere.csv")
    assert found(tmp_path / "p") == [("qpcr/plate.csv", None, "the file")]


def test_the_document(faulty):
    report = check_folder(faulty)
    document = report.document()
    assert document["kind"] == "residua.check"
    assert len(document["faults"]) == len(report.faults)
    assert set(document["faults"][0]) == {"file", "where", "expected", "received", "do", "line"}
