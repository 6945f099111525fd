"""Bad input through the real command line: each call a process of its own.

Oracle: faults planted by hand, their files and lines counted by hand, and the secrets that are
planted with them, none of which a message may repeat.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import flowio
import pytest
from command_line import residua

SECRETS = ("Mustermann", "4711", "0815", "1987", "31.12", "Geheim", "3.14159")
CASE = """kind = "residua.case"
version = "1.0"
[patient]
id = "p-017"
birth = "31.12.1987"
[diagnosis]
disease = "B-ALL"
date = "2019-02"
colour = "Geheim"
[[specimen]]
id = "bm"
date = 2019-02-30
tissue = "marrow"
[[assessment]]
id = "a"
date = "2018-13"
specimen = "geheim-0815"
context = "Mustermann"
[[assessment]]
id = "early"
date = "2018-11"
[[treatment]]
id = "induction"
start = "2018-12-01"
after = "consolidation"
drugs = [
  { name = "vincristine", dose = 3.14159 },
  { name = "dasatinib", dose = "4711 mgg" },
]
[[treatment]]
id = "consolidation"
after = "induction"
[[cell_infusion]]
date = "2018-10-01"
kind = "car-t"
[[event]]
id = "a"
kind = "relapse reported"
date = "2018-12"
[[mrd]]
specimen = "bm"
tissue = "blood"
fraction = 4711
[[link]]
from = "a"
to = "nobody-0815"
kind = "response to"
"""
LABS = """\ufeffdate;analyte;value;unit;lower;upper
2019-03-01;wbc;4,711;10*9/L;4,0;10,5
2019-03-01;wbc;4711;mg/dL;;
2019-03-01;crp;Mustermann;mg/L;;
2019-02-31;crp;0,5;mg/L;;
2019-03-02;hemoglobin;9,9;g/dLL;;
2019-03-02;hemoglobin;0815
Quelle: Mustermann, Höhe 4711
"""
GATES = """[[file]]
path = "short.fcs"
[[file]]
path = "Mustermann.fcs"
[[gate]]
name = "CD19+/CD22+"
kind = "rectangle"
limits = { "CD19" = [0, inf], "CD22" = [0, inf] }
[scales]
CD91 = { kind = "arcsinh", cofactor = 150 }
"""
PLANTED = {
    ("case.toml", 5, "patient.birth"),  # a date in another form
    ("case.toml", 9, "diagnosis.colour"),  # an unknown key
    ("case.toml", 12, "specimen[0].date"),  # a day that no calendar has, unquoted
    ("case.toml", 16, "assessment[0].date"),  # month 13
    ("case.toml", 17, "assessment[0].specimen"),  # a link to nothing
    ("case.toml", 21, "assessment[1].date"),  # an assessment before the diagnosis
    ("case.toml", 24, "treatment[0].start"),  # a treatment before the diagnosis
    ("case.toml", 25, "treatment[0].after"),  # a cycle
    ("case.toml", 27, "treatment[0].drugs[0].dose"),  # a dose without a unit
    ("case.toml", 28, "treatment[0].drugs[1].dose"),  # an unknown unit
    ("case.toml", 34, "cell_infusion[0].date"),  # an infusion before the diagnosis
    ("case.toml", 37, "event[0].id"),  # two ids alike
    ("case.toml", 39, "event[0].date"),  # a relapse before the diagnosis
    ("case.toml", 42, "mrd[0].tissue"),  # blood judged as marrow
    ("case.toml", 43, "mrd[0].fraction"),  # MRD above 1
    ("case.toml", 46, "link[0].to"),  # a link to nothing
    ("labs.csv", 3, "unit"),  # a unit that does not fit the analyte
    ("labs.csv", 4, "value"),  # a text in place of a number
    ("labs.csv", 5, "date"),  # a day that no calendar has
    ("labs.csv", 6, "unit"),  # an unknown unit
    ("labs.csv", 7, "the row"),  # cells that are missing
    ("flow/flow.toml", 4, "file[1].path"),  # a file that is not there
    ("flow/flow.toml", 8, "gate 1, CD22"),  # a gate on a missing channel of a truncated file
    ("flow/short.fcs", None, "$TOT"),  # a truncated file
    ("flow/letter.fcs", None, "HEADER"),  # no FCS file at all
}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A working folder with the faulty case in ``bad/``."""
    flow = tmp_path / "bad" / "flow"
    flow.mkdir(parents=True)
    (tmp_path / "bad" / "case.toml").write_text(CASE)
    (tmp_path / "bad" / "labs.csv").write_text(LABS)
    (flow / "flow.toml").write_text(GATES)
    (flow / "letter.fcs").write_text("Dear Mustermann, 4711")
    with (flow / "short.fcs").open("wb") as stream:
        flowio.create_fcs(stream, [1.0, 2.0] * 500, ["FSC-A", "FITC-A"], ["", "CD19"])
    (flow / "short.fcs").write_bytes((flow / "short.fcs").read_bytes()[:-1000])
    return tmp_path


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def told(text: str, secrets: Iterable[str] = SECRETS) -> list[str]:
    """The secrets that a text repeats; names of files that the user gave are no secrets."""
    plain = text.replace("Mustermann.fcs", "")
    return [secret for secret in secrets if secret in plain]


def test_check_names_every_fault_and_repeats_no_value(place: Path) -> None:
    answer = residua("check", "bad", "--json", cwd=place)
    assert answer.returncode == 1
    found = [
        (fault["file"].removeprefix("bad/"), fault["line"], fault["where"])
        for fault in json.loads(answer.stdout)["faults"]
    ]
    assert sorted(map(str, found)) == sorted(map(str, PLANTED))
    lines = residua("check", "bad", cwd=place)
    assert len(lines.stdout.splitlines()) == len(PLANTED)
    assert all(", do " in line for line in lines.stdout.splitlines())
    for text in (answer.stdout, lines.stdout, lines.stderr):
        assert told(text) == []
    assert f"{len(PLANTED)} faults" in lines.stderr
    assert "footnotes left out: line 8" in lines.stderr


@pytest.mark.parametrize("words", [("run", "bad", "-o", "out"), ("explain", "bad", "a")])
def test_nothing_is_evaluated_with_faults(place: Path, words: tuple[str, ...]) -> None:
    before = files(place)
    answer = residua(*words, cwd=place)
    assert (answer.returncode, answer.stdout) == (1, "")
    faults = answer.stderr.splitlines()[:-1]
    assert len(faults) == len(PLANTED), "the same faults as check, and their number"
    assert all(line.startswith("bad/") for line in faults)
    assert answer.stderr.splitlines()[-1].startswith(f"residua: {len(PLANTED)} faults")
    assert "Traceback" not in answer.stderr
    assert told(answer.stderr) == []
    assert files(place) == before
    assert not (place / "out").exists()


def test_mrd_names_files_and_gates_together(place: Path) -> None:
    (place / "bad" / "flow" / "empty.fcs").write_bytes(b"")
    mrd = '[mrd]\nnumerator = "CD19+/CD22+"\ndenominator = "CD19+/CD22+"\n'
    gate = GATES.partition("[[gate]]")[2].partition("[scales]")[0]
    (place / "gates.toml").write_text(f"[[gate]]{gate}{mrd}")
    before = files(place)
    names = ("short.fcs", "letter.fcs", "empty.fcs", "none.fcs")
    answer = residua(
        "mrd", *(f"bad/flow/{name}" for name in names), "--gates", "gates.toml", "-o", "out.json",
        "--json", cwd=place,
    )  # fmt: skip
    assert answer.returncode == 1
    document = json.loads(answer.stdout)
    assert document["kind"] == "residua.faults"
    found = {(fault["file"], fault["where"]) for fault in document["faults"]}
    assert found == {
        ("gates.toml", "gate 1, CD22"), ("bad/flow/short.fcs", "$TOT"),
        ("bad/flow/letter.fcs", "HEADER"), ("bad/flow/empty.fcs", "HEADER"),
        ("bad/flow/none.fcs", "the file"),
    }  # fmt: skip
    assert told(answer.stderr + answer.stdout) == []
    assert files(place) == before


def test_mrd_without_readable_gates_still_names_the_files(place: Path) -> None:
    answer = residua("mrd", "no.fcs", "--gates", "no.toml", "-o", "out.json", cwd=place)
    assert answer.returncode == 1
    assert [line.split(":")[0] for line in answer.stderr.splitlines()] == [
        "no.toml", "no.fcs", "residua",
    ]  # fmt: skip
    wrong = residua(
        "mrd", "no.fcs", "--gates", "no.toml", "--policy", "zz", "-o", "out.json", cwd=place
    )
    assert wrong.returncode == 2


def test_import_names_what_the_map_lacks_and_no_value(place: Path) -> None:
    assert residua("new", "p", cwd=place).returncode == 0
    (place / "export.csv").write_bytes(
        "Datum;Name;Wert;Einheit\n01.03.2019;Leukozyten;4,711;Gpt/l\n31.12;Leukozyten;x4711;G/l\n"
        "01.03.2019;Höhenzahl;0815;G/l\n".encode("cp1252")
    )
    (place / "map.toml").write_text(
        'checked = true\ndate_format = "%d.%m.%Y"\ndecimal = ","\n[columns]\ndate = "Datum"\n'
        'analyte = "Name"\nvalue = "Wert"\nunit = "Einheit"\n[names]\nLeukozyten = "wbc"\n'
        '[units]\n"G/l" = "10*9/L"\n'
    )
    before = files(place)
    answer = residua(
        "import", "export.csv", "--map", "map.toml", "--kind", "labs", "-o", "p", "--json",
        cwd=place,
    )  # fmt: skip
    assert answer.returncode == 1
    faults = json.loads(answer.stdout)["faults"]
    assert [(fault["line"], fault["where"]) for fault in faults] == [
        (2, "units"), (3, "Datum"), (3, "Wert"), (4, "names"),
    ]  # fmt: skip
    assert "'Gpt/l' 1 time (line 2)" in answer.stderr
    assert told(answer.stderr + answer.stdout) == []
    assert files(place) == before


def test_simulate_flow_names_every_fault(place: Path) -> None:
    (place / "spec.toml").write_text('kind = "residua.simulate.flow"\nevents = 2.5\nzz = 1\n')
    answer = residua("simulate", "flow", "spec.toml", "-o", "out.fcs", cwd=place)
    assert (answer.returncode, answer.stdout) == (1, "")
    lines = {line.split(":")[1] for line in answer.stderr.splitlines()[:-1]}
    assert {"2", "3"} <= lines
    assert not (place / "out.fcs").exists()


@pytest.mark.parametrize(
    "raw",
    [
        "date;analyte;value;unit;höher?\n2019-03-01;wbc;4711;10*9/L;0815\n".encode("cp1252"),
        b"date,analyte,value,unit\r\n2019-03-01,wbc,1,10*9/L\r\n".decode().encode("utf-16"),
        b'date,analyte,value,unit\n2019-03-01,wbc,"1,10*9/L\n',
        b"2019-03-01,wbc,4711,10*9/L\n",
        b"date,analyte,value,value,unit\n",
    ],
    ids=["unknown column", "utf-16", "open quote", "no header", "column twice"],
)
def test_a_table_that_cannot_be_read_one_way_is_refused_by_name(place: Path, raw: bytes) -> None:
    assert residua("new", "p", cwd=place).returncode == 0
    (place / "p" / "labs.csv").write_bytes(raw)
    answer = residua("check", "p", cwd=place)
    assert answer.returncode == 1
    assert all(line.startswith("p/labs.csv") for line in answer.stdout.splitlines())
    assert told(answer.stdout) == []


def test_a_table_in_another_form_is_read(place: Path) -> None:
    """Byte-order mark or Latin-1, semicolons, decimal commas, footnotes: no fault."""
    assert residua("new", "p", cwd=place).returncode == 0
    text = "date;analyte;value;unit\r\n2019-03-01;wbc;0,5;10*9/L\r\n\r\nQuelle: Höhe\r\n"
    for raw in (b"\xef\xbb\xbf" + text.encode(), text.encode("cp1252")):
        (place / "p" / "labs.csv").write_bytes(raw)
        answer = residua("check", "p", cwd=place)
        assert (answer.returncode, answer.stdout) == (0, "")


def test_our_own_failure_tells_no_value(place: Path) -> None:
    """A failure is provoked in the middle of a task: its message has a place and no value."""
    code = (
        "import residua.main.check as check\n"
        "def broken(folder): raise RuntimeError('Mustermann 4711')\n"
        "check.check_folder = broken\n"
        "import sys; sys.argv = ['residua', 'check', 'bad']\n"
        "import residua.cli; residua.cli.main()\n"
    )
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    environment.pop("RESIDUA_DEBUG", None)
    answer = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=place, env=environment,
        check=False,
    )  # fmt: skip
    assert (answer.returncode, answer.stdout) == (3, "")
    assert "RuntimeError" in answer.stderr
    assert "RESIDUA_DEBUG" in answer.stderr
    assert told(answer.stderr) == []


def test_a_folder_whose_name_is_not_utf_8(place: Path) -> None:
    folder = os.fsdecode(os.fsencode(place) + b"/\xff")
    try:
        Path(folder).mkdir()
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (Path(folder) / "case.toml").write_text(
        'kind = "residua.case"\nversion = "1.0"\n[diagnosis]\ndisease = "B-ALL"\ndate = "2019"\n'
    )
    assert residua("run", Path(folder), "-o", Path(folder) / "out", cwd=place).returncode == 0
