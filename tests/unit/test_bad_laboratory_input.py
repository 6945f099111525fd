"""Laboratory files as nobody should write them: a fault or "not assessable", never a failure.

Oracle: faults planted by hand with their places; names that are planted as secrets (a person's),
which no message may repeat; the files that lie there afterwards.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from residua.cli import main
from residua.facts.cytokine_names import is_known_cytokine
from residua.main.check import check_folder
from residua.main.evaluate import evaluate_case
from residua.measures.bead_populations import bead_populations
from residua.readers.bead_panel import read_bead_panel
from residua.simulate.bead_plate import simulate_bead_plate
from residua.standards.bead_assay import bead_rules
from residua.standards.bead_panel_shelf import bead_panel_path

SECRETS = ("Mustermann", "Geheim")
HEADER = "well,sample,target,role,quantity,ct,dna_ng"
STANDARDS = [(10.0**e, 40 - 3.4 * e + rep / 10) for e in range(6, 0, -1) for rep in (0, 1)]
Said = tuple[int, str, str]
Command = Callable[..., Said]


def plate(standards=STANDARDS, *, unknown=("25.0", "25.1"), target="CAR", head=HEADER) -> str:
    rows = [f"A{n},std,{target},standard,{q!r},{ct:.2f}," for n, (q, ct) in enumerate(standards, 1)]
    rows += [f"B{n},Mustermann,{target},unknown,,{ct},100" for n, ct in enumerate(unknown, 1)]
    rows += [f"C{n},,{target},ntc,,undetermined," for n in (1, 2, 3)]
    return "\n".join([head, *rows, ""])


RDML = (
    '<rdml version="1.2"><sample id="Mustermann"><type>unkn</type></sample><target id="CAR"/>'
    '<experiment id="e"><run id="r"><pcrFormat><rows>8</rows><columns>12</columns>'
    "<rowLabel>ABC</rowLabel><columnLabel>123</columnLabel></pcrFormat>"
    '<react id="1"><sample id="Mustermann"/><data><tar id="CAR"/><cq>26</cq></data></react>'
    "</run></experiment></rdml>"
)
DROPLETS = (
    "well,sample,target,role,positive,partitions,dna_ng\n"
    "A1,Mustermann,IGH,unknown,40,15000,500\nA1,Mustermann,RPP30,unknown,9000,15000,500\n"
)
CBA = "FCAP Array\nSample;IL-6 (pg/mL);TNF (pg/mL)\nMustermann;12,5;< 2,5\nGeheim;>5000;3,1\n"
XPONENT = (
    '"Program","xPONENT"\n"Samples","1"\n"Results"\n"DataType:","Result"\n'
    '"Location","Sample","IL-6"\n"1(1,A1)","Mustermann","12.5"\n\n"DataType:","Units"\n'
    '"Analyte:","IL-6"\n"BeadID:","1"\n"Units:","pg/mL"\n'
)
LEGENDPLEX = "Sample,IL-6 (A4),TNF (B2)\n,pg/mL,pg/mL\nC0,0,0\nMustermann,12.5,<2.5\n"
READS = "v_call\tj_call\tjunction\tduplicate_count\trepertoire_id\nV\tJ\tTGT\t5000\tMustermann\n"
CELLS = "sample\tclone\tcells\ttotal_cells\nMustermann\tc1\t50\t1000000\n"
VIDJIL = json.dumps(
    {
        "reads": {"segmented": [10000]},
        "samples": {"original_names": ["Mustermann"]},
        "clones": [{"id": "a", "reads": [9000]}],
    }
)


def zipped(text: str) -> bytes:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("rdml_data.xml", text)
    return raw.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    """Runs a command in an own folder: its code, its answer, its messages; none tells a secret."""
    monkeypatch.chdir(tmp_path)

    def run(*words: object) -> Said:
        monkeypatch.setattr("sys.argv", ["residua", *map(str, words)])
        with pytest.raises(SystemExit) as stopped:
            main()
        code = int(stopped.value.code or 0)
        said = capsys.readouterr()
        told = said.err if code == 0 else said.err + said.out
        assert not [secret for secret in SECRETS if secret in told]
        assert code in (0, 1, 2)
        return code, said.out, said.err

    return run


# What is read, and not assessable.


def test_a_curve_that_is_not_monotone_is_not_accepted(command: Command) -> None:
    wrong = [(q, 15.0 if q == 1000 else ct) for q, ct in STANDARDS]
    write(Path("a.csv"), plate(wrong))
    code, answer, _ = command("qpcr", "a.csv")
    assert code == 0
    assert "not monotone: the mean Ct does not fall from 1000 to 10000 copies" in answer
    assert "CAR: not assessable: curve not accepted" in answer


def test_a_plate_without_standards_is_not_assessable(command: Command) -> None:
    write(Path("a.csv"), plate([]))
    code, answer, _ = command("qpcr", "a.csv")
    assert (code, answer.count("no standards")) == (0, 2)


def test_a_quantity_above_the_top_standard_is_a_bound(command: Command) -> None:
    write(Path("a.csv"), plate(unknown=("9.0", "9.1")))
    assert "not assessable (> 1e+06): above the top standard" in command("qpcr", "a.csv")[1]


# What is refused.

REFUSED = {
    "mixed units in a CSV": ("qpcr a.csv", plate().replace("1000.0", "1000 ng"), "quantity"),
    "wrong role": ("qpcr a.csv", plate().replace("unknown", "Geheim"), "role"),
    "truncated CSV": ("qpcr a.csv", plate()[:-30], "the row"),
    "empty CSV": ("qpcr a.csv", "", "the header"),
    "RDML of another version": ("qpcr a.csv", RDML.replace("1.2", "2.0"), "<rdml version>"),
    "RDML that grows 100-fold": ("qpcr a.csv", zipped(RDML + " " * 2_000_000), "the archive"),
    "truncated RDML": ("qpcr a.csv", RDML[:-40], "XML"),
    "truncated archive": ("qpcr a.csv", zipped(RDML)[:-9], "the archive"),
    "more positive than partitions": (
        "dpcr a.csv --target IGH", DROPLETS.replace(",40,", ",40000,"), "positive",
    ),
    "DNA of no size": (
        "dpcr a.csv --target IGH", DROPLETS.replace(",500", ",1e-300"), "dna_ng",
    ),
    "CBA with a text": ("cytokines a.csv", CBA.replace("12,5", "Geheim"), "IL-6"),
    "CBA that breaks off": ("cytokines a.csv", CBA[:-6], "the row"),
    "CBA with NUL": ("cytokines a.csv", CBA + "\0", "the text"),
    "xPONENT with a unit of another kind": (
        "cytokines a.csv", XPONENT.replace('"pg/mL"', '"cm"'), "Units, IL-6",
    ),
    "xPONENT with fewer samples than told": (
        "cytokines a.csv", XPONENT.replace('"Samples","1"', '"Samples","9"'), "Result",
    ),
    "xPONENT with an analyte named as a person": (
        "cytokines a.csv", XPONENT.replace('"IL-6"', '"Geheim"', 1), "Units, column 3",
    ),
    "LEGENDplex with merged cells": (
        "cytokines a.csv", LEGENDPLEX + ",3,4\n", "the row",
    ),
    "LEGENDplex that breaks off in UTF-16": (
        "cytokines a.csv", LEGENDPLEX.encode("utf-16")[:-1], "the text",
    ),
    "an analyte beyond all size": (
        "cytokines a.csv", LEGENDPLEX.replace("12.5", "9" * 400), "IL-6",
    ),
    "reads of thousands of digits": (
        "clonotypes a.csv", READS.replace("5000", "9" * 5000), "duplicate_count",
    ),
    "reads below zero": ("clonotypes a.csv", READS.replace("5000", "-5"), "duplicate_count"),
    "Vidjil with endless reads": (
        "clonotypes a.csv", VIDJIL.replace("10000", "9" * 400), "reads.segmented",
    ),
    "Vidjil that breaks off": ("clonotypes a.csv", VIDJIL[:-5], "the file"),
    "more clonal cells than cells": ("clonotypes a.csv", CELLS.replace("50", "5e9"), "cells"),
}  # fmt: skip


@pytest.mark.parametrize(("words", "text", "where"), REFUSED.values(), ids=REFUSED)
def test_is_refused_by_its_place(
    command: Command, words: str, text: str | bytes, where: str
) -> None:
    write(Path("a.csv"), text)
    code, answer, said = command(*words.split())
    assert (code, answer) == (1, "")
    *lines, last = said.splitlines()
    assert "nothing was written" in last
    assert any(f": {where}: expected " in line for line in lines)
    assert all(", received " in line and ", do " in line for line in lines)


NUMBERS = {
    "rows and columns of thousands of digits": RDML.replace(
        "<columns>12", f"<columns>{'9' * 5000}"
    ),
    "a reaction of thousands of digits": RDML.replace('react id="1"', f'react id="{"9" * 5000}"'),
}


@pytest.mark.parametrize("text", NUMBERS.values(), ids=NUMBERS)
def test_a_place_on_the_plate_may_be_any_text(command: Command, text: str) -> None:
    assert command("qpcr", write(Path("a.rdml"), text))[0] == 0


@pytest.mark.parametrize("count", ["²", "9" * 5000])
def test_a_count_of_samples_that_is_no_number_promises_nothing(
    command: Command, count: str
) -> None:
    text = XPONENT.replace('"Samples","1"', f'"Samples","{count}"')
    assert command("cytokines", write(Path("a.csv"), text))[0] == 0


@pytest.mark.parametrize("text", [CBA, XPONENT, LEGENDPLEX], ids=["CBA", "xPONENT", "LEGENDplex"])
def test_utf_16_is_read(command: Command, text: str) -> None:
    code, answer, _ = command("cytokines", write(Path("a.csv"), text.encode("utf-16")), "--json")
    results = json.loads(answer)["results"]
    assert code == 0
    assert (results[0]["value"], results[0]["unit"]) == (12.5, "pg/mL")


USE = [
    *("qpcr {0} --lloq nan", "qpcr {0} --lloq 1e-300", "qpcr {0} --dna-ng 1e300"),
    *("qpcr {0} --reference QQ", "qpcr {0} --assay ig-tr --background QQ", "qpcr {0} --target QQ"),
    *("qpcr {0} --assay fusion --dna-ng 3", "qpcr {0} --assay nothing"),
    *("dpcr {1} --target QQ", "dpcr {1} --target IGH --lloq -1"),
    "dpcr {1} --target IGH --droplet-nl 1e-300 --reaction-ul 1e300",
    *("cytokines {2} --unit mg/kg", "cytokines {2} --to .", "cytokines {2} --to {2}"),
    *("clonotypes {3} --clone QQ", "clonotypes {3} --cells nan", "clonotypes {3} --cells 1e300"),
    "exposure --bsa 1.8 --blasts 101 --dose 0.8@0",
    "exposure --bsa 1.8 --blasts 5 --dose 1e300@0",
    "exposure --bsa 1.8 --blasts 5 --dose 0.8@-1",
    "exposure --bsa 1,8 --blasts 5 --dose 0.8@0",
    *("simulate course -o {0}", "simulate course -o .", "simulate course -o new --seed -1"),
    *("simulate beads -o new --samples 0", "simulate beads -o new --samples 1000000"),
    *("simulate beads -o new --seed -1", "simulate beads -o {0}"),
]


@pytest.mark.parametrize("words", USE)
def test_wrong_use_is_told_and_nothing_written(command: Command, words: str) -> None:
    texts = {"a.csv": plate(), "d.csv": DROPLETS, "c.csv": CBA, "k.tsv": READS}
    for name, text in texts.items():
        write(Path(name), text)
    code, answer, said = command(*words.format(*texts).split())
    assert (code, answer) == (2, "")
    assert said
    assert {path.name: path.read_text() for path in Path().iterdir()} == texts


# A case folder.

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


def test_an_fcs_file_without_a_byte_is_a_fault_where_it_is_read(command: Command) -> None:
    write(Path("well.fcs"), b"")
    code, answer, said = command("beads", "well.fcs", "--panel", "legendplex-13")
    assert (code, answer) == (1, "")
    assert said.startswith("well.fcs: HEADER: expected ")


@pytest.mark.parametrize("channel", [0, 2, 3], ids=["scatter", "classifier", "reporter"])
@pytest.mark.parametrize("value", [np.inf, -np.inf, np.nan])
def test_beads_without_numbers_are_left_out_with_a_flag(channel: int, value: float) -> None:
    """The populations of the other two thirds are found as without them."""
    panel = read_bead_panel(bead_panel_path("legendplex-13"))
    whole = next(iter(simulate_bead_plate(panel, samples=1).wells.values()))
    events = np.array(whole.events)
    third = np.arange(len(events)) % 3 == 0
    events[third, channel] = value
    found = bead_populations(replace(whole, events=events), panel, bead_rules())
    rest = bead_populations(replace(whole, events=events[~third]), panel, bead_rules())
    assert "events with a value that is no number are left out" in found.flags
    assert [p.median for p in found.populations] == [p.median for p in rest.populations]
    assert all(p.median for p in found.populations)


def test_an_earlier_output_is_kept(folder: Path, command: Command) -> None:
    """A faulty folder, a file as the place of a folder, an input as the output."""
    write(folder / "qpcr" / "t.csv", plate().replace("unknown", "Geheim"))
    kept = write(folder.parent / "out.png", "earlier")
    assert command("figure", folder, "-o", kept)[0] == 1
    assert command("run", folder, "-o", kept)[0] in (1, 2)
    assert kept.read_text() == "earlier"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["out.png", "p"]


def test_only_names_of_cytokines_are_repeated() -> None:
    """The oracle of the tests above: a person's name is none."""
    assert is_known_cytokine("IL-6")
    assert not any(map(is_known_cytokine, SECRETS))
