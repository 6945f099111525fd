"""A patient's folder with laboratory files as nobody should write them.

Oracle: faults planted by hand with their places; names that are planted as secrets (a person's),
which no message may repeat; the files that lie there afterwards.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from laboratory_files import CBA, DROPLETS, READS, SECRETS, plate, write

from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case

Command = Callable[..., tuple[int, str, str]]

CASE = """kind = "residua.case"
version = "1.0"
[diagnosis]
disease = "B-ALL"
date = "2023-01-01"
[[specimen]]
id = "blood"
date = "2024-11-26"
tissue = "blood"
[[cell_infusion]]
id = "car-t"
kind = "car-t"
date = "2024-11-19"
"""
PLATES = """kind = "residua.qpcr"
version = "1.0"
[[file]]
path = "t.csv"
assay = "transgene"
target = "CAR"
[[file]]
path = "d.csv"
assay = "digital"
target = "IGH"
reference = "RPP30"
lloq = 5
[[sample]]
name = "Mustermann"
specimen = "blood"
"""
BEADS = """kind = "residua.beads"
version = "1.0"
[[file]]
path = "c.csv"
assay = "cytokines"
[[sample]]
name = "Mustermann"
date = "car-t+2d"
[[sample]]
name = "Geheim"
date = "2024-11-22"
"""
FILES = {
    "case.toml": CASE,
    "qpcr/qpcr.toml": PLATES,
    "qpcr/t.csv": plate(),
    "qpcr/d.csv": DROPLETS,
    "beads/beads.toml": BEADS,
    "beads/c.csv": CBA,
    "clonotypes.tsv": READS.replace("Mustermann", "blood"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        write(tmp_path / "p" / name, text)
    assert faults(tmp_path / "p") == []
    return tmp_path / "p"


def faults(folder: Path) -> list[str]:
    """The faults and notes of a folder tell no secret; without faults it can be evaluated."""
    report = check_folder(folder)
    told = [str(fault).removeprefix(f"{folder}/") for fault in report.faults]
    notes = list(report.notes) if told else [*evaluate_case(folder).notes, *report.notes]
    assert not [secret for secret in SECRETS if secret in "".join([*told, *notes])]
    return told


TOML = {
    "a specimen that is not there": ("qpcr/qpcr.toml", 'specimen = "blood"', 'specimen = "zz"'),
    "a date from a row that is not there": ("beads/beads.toml", "car-t+2d", "zz+2d"),
    "a date in another form": ("beads/beads.toml", "2024-11-22", "22.11.2024"),
    "a month that is none": ("beads/beads.toml", "2024-11-22", "2024-13"),
    "another version": ("beads/beads.toml", '"1.0"', '"2.0"'),
    "another kind": ("qpcr/qpcr.toml", "residua.qpcr", "residua.beads"),
    "another assay": ("qpcr/qpcr.toml", '"transgene"', '"cytokines"'),
    "a key of another assay": ("qpcr/qpcr.toml", 'target = "CAR"', 'transcript = "e1a2"'),
    "a target that the file lacks": ("qpcr/qpcr.toml", '"CAR"', '"CRA"'),
    "a limit that is no number": ("qpcr/qpcr.toml", "lloq = 5", "lloq = nan"),
    "a limit below zero": ("qpcr/qpcr.toml", "lloq = 5", "lloq = -5"),
    "a limit beyond all size": ("qpcr/qpcr.toml", "lloq = 5", "lloq = 1e300"),
    "a file that is not there": ("qpcr/qpcr.toml", '"t.csv"', '"u.csv"'),
    "a path with NUL": ("qpcr/qpcr.toml", '"t.csv"', '"\\u0000"'),
    "a path that no file can have": ("qpcr/qpcr.toml", '"t.csv"', f'"{"n" * 300}"'),
    "a folder as a file": ("beads/beads.toml", '"c.csv"', '"."'),
    "a sample that the table lacks": ("beads/beads.toml", '"Geheim"', '"Geheim 2"'),
    "a file twice": ("qpcr/qpcr.toml", "[[sample]]", PLATES.partition("1.0\"\n")[2]),
}  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), TOML.values(), ids=TOML)
def test_a_fault_of_the_tomls_is_told_with_its_line(
    folder: Path, name: str, old: str, new: str
) -> None:
    text = (folder / name).read_text()
    assert old in text
    write(folder / name, text.replace(old, new, 1))
    told = faults(folder)
    assert told
    assert any(one.startswith(f"{name}:") and one[len(name) + 1].isdigit() for one in told)


ROWS = {
    "a value below zero": ("transgene", "2024-11-21,-5,copies/ug", "value"),
    "no number": ("transgene", "2024-11-21,nan,copies/ug", "value"),
    "without end": ("transgene", "2024-11-21,inf,copies/ug", "value"),
    "a unit of another kind": ("transgene", "2024-11-21,5,pg/mL", "unit"),
    "a year beyond all": ("transgene", "9999-12-31,5,copies/ug", "date"),
    "from nobody": ("transgene", "zz+7d,5,copies/ug", "date"),
    "a cytokine below zero": ("cytokines", "2024-11-21,-5,pg/mL", "value"),
    "a cytokine in cm": ("cytokines", "2024-11-21,5,cm", "unit"),
    "a cytokine beyond all size": ("cytokines", "2024-11-21,1e300,pg/mL", "value"),
}


@pytest.mark.parametrize(("table", "row", "where"), ROWS.values(), ids=ROWS)
def test_a_fault_of_a_table_is_told_with_its_line(
    folder: Path, table: str, row: str, where: str
) -> None:
    name = {"transgene": "target,CAR", "cytokines": "analyte,IL-6"}[table].split(",")
    write(folder / f"{table}.csv", f"{name[0]},date,value,unit\n{name[1]},{row}\n")
    assert [one.startswith(f"{table}.csv:2: {where}: ") for one in faults(folder)] == [True]


ODD = [
    *("2024-11-10,500", "car-t-700d,5", "2024,5", "2024-12,5", "2024-11-21,1e279"),
    *("2024-11-21,1e-279", "2024-11-21,0", "1900-01-01,5", "2100-12-31,5", "2024-11-21,>5"),
    "2024-11-21,1e279\n2024-11-22,1e270\n2024-11-25,1e200\n2024-12-25,1e-200",
    "2024-11-19,5\n2024-11-19,7\n2024-11-19,<1",
]


@pytest.mark.parametrize("rows", ODD)
def test_a_time_before_the_infusion_and_odd_numbers_are_evaluated(folder: Path, rows: str) -> None:
    """A value before the infusion is kept apart; tiny and huge ones are computed or refused."""
    lines = rows.splitlines()
    write(folder / "transgene.csv", "target,unit,date,value\n" + "\n".join(
        f"CAR,copies/ug,{line}" for line in lines))  # fmt: skip
    write(folder / "cytokines.csv", "analyte,unit,date,value\n" + "\n".join(
        f"IL-6,pg/mL,{line}" for line in lines))  # fmt: skip
    assert faults(folder) == []


def test_few_droplets_of_the_control_gene_are_not_sensitive(folder: Path) -> None:
    """Of 3 copies of the control nothing below 1 is told: no limit lies above the whole."""
    write(folder / "qpcr" / "d.csv", DROPLETS.replace("9000", "3").replace(",40,", ",0,"))
    evaluation = evaluate_case(folder)
    reading = next(fact for fact in evaluation.course.case.facts if fact.id.startswith("dpcr"))
    assert (reading.status, str(reading.lod), str(reading.lloq)) == ("not assessable", "1", "1")


HOW: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "empty": Path.touch,
    "links in a circle": lambda path: path.symlink_to(path.name),
    "a link to nothing": lambda path: path.symlink_to("nowhere"),
    "a pipe": os.mkfifo,
    "bytes": lambda path: path.write_bytes(bytes(range(256)) * 9),
}


@pytest.mark.parametrize("name", [name for name in FILES if name != "case.toml"])
@pytest.mark.parametrize("make", HOW.values(), ids=HOW)
def test_what_lies_in_the_place_of_a_file_is_told(
    folder: Path, name: str, make: Callable[[Path], object]
) -> None:
    (folder / name).unlink()
    make(folder / name)
    assert faults(folder)


@pytest.mark.parametrize("name", ["transgene.csv", "cytokines.csv"])
@pytest.mark.parametrize("how", ["links in a circle", "a link to nothing", "a folder", "a pipe"])
def test_a_table_that_cannot_be_opened_is_told(folder: Path, name: str, how: str) -> None:
    HOW[how](folder / name)
    assert [one.partition(":")[0] for one in faults(folder)] == [name]


def test_a_file_in_the_place_of_a_folder_is_told(folder: Path) -> None:
    for name in ("qpcr", "beads"):
        (folder / name).rename(folder / f".{name}")
        write(folder / name, "")
    assert [one.partition(",")[0] for one in faults(folder)] == [
        "qpcr: the folder: expected a readable folder",
        "beads: the folder: expected a readable folder",
    ]


def test_what_may_not_be_read_is_told_once(folder: Path) -> None:
    """Needs a user whom permissions bind; the superuser becomes nobody for a while."""
    hidden = [folder / name for name in ("qpcr", "beads/c.csv", "clonotypes.tsv")]
    for path in hidden:
        path.chmod(0)
    for path in (folder, *folder.parents):
        if os.stat(path).st_uid == os.geteuid() and path != Path("/"):
            path.chmod(path.stat().st_mode | 0o555)
    root = os.geteuid() == 0
    try:
        if root:
            os.seteuid(65534)
        told = [str(fault) for fault in check_folder(folder).faults]
    finally:
        if root:
            os.seteuid(0)
        for path in hidden:
            path.chmod(0o755)
    assert sorted(one.partition(":")[0] for one in told) == sorted(map(str, hidden))
    assert all("permission denied" in one for one in told)


def test_files_beside_that_nobody_reads_are_left_alone(folder: Path) -> None:
    """An FCS file without a byte, a name that is not UTF-8, a circle of folders."""
    write(folder / "beads" / "well.fcs", b"")
    (folder / "qpcr" / "again").symlink_to("..")
    with open(os.fsencode(folder) + b"/qpcr/\xff.csv", "wb"):
        pass
    assert faults(folder) == []


def test_an_earlier_output_is_kept(folder: Path, command: Command) -> None:
    """A faulty folder, a file as the place of a folder, an input as the output."""
    write(folder / "qpcr" / "t.csv", plate().replace("unknown", "Geheim"))
    kept = write(folder.parent / "out.png", "earlier")
    assert command("figure", folder, "-o", kept)[0] == 1
    assert command("run", folder, "-o", kept)[0] in (1, 2)
    assert kept.read_text() == "earlier"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["out.png", "p"]
