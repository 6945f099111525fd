"""Law: whatever stands in a laboratory's files, what `check` accepts can be measured.

Oracle: none is needed; the damage is random with fixed seeds. A person's name is planted as that
of the samples, and no message may repeat it.
"""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.main.beads.case import bead_facts, bead_notes, measure_case_beads
from residua.main.beads.check import check_beads
from residua.main.case_clonotypes import check_clonotypes, measure_case_clonotypes
from residua.main.curves.measure import measure_curves
from residua.main.plates.case import measure_case_plates, plate_facts, plate_notes
from residua.main.plates.check import check_plates
from residua.readers.case import gather_case
from residua.views.curves.all_curves import curve_documents, curve_groups

NAME = "Mustermann"
CASE = """kind = "residua.case"
version = "1.0"
[[specimen]]
id = "b0"
date = "2024-11-19"
tissue = "blood"
[[specimen]]
id = "b7"
date = "2024-11-26"
tissue = "blood"
[[cell_infusion]]
id = "car-t"
kind = "car-t"
date = "2024-11-19"
"""
TOML = 'kind = "residua.{}"\nversion = "1.0"\n[[file]]\npath = "{}"\nassay = "{}"\n'
SAMPLE = f'[[sample]]\nname = "{NAME}"\ndate = "car-t+9d"\ntime = "08:00"\n'
PLATE = "well,sample,target,role,quantity,ct,dna_ng\n" + "".join(
    f"{place}{number},{sample},{target},{role},{quantity},{ct},{dna}\n"
    for place, target in (("A", "T"), ("B", "R"))
    for number, (sample, role, quantity, ct, dna) in enumerate(
        [
            *(("std", "standard", 10.0**-e, f"{18 + 3.4 * e + r / 10:.1f}", "")
              for e in range(1, 6) for r in (0, 1)),
            *((sample, "unknown", "", ct, 100)
              for sample, ct in (("b0", 24.0), ("b0", 24.1), ("b7", 30.2), (NAME, 33.0))),
            ("nmnc", "background", "", "undetermined", 100),
            ("", "ntc", "", "undetermined", ""),
        ]
    )
)  # fmt: skip
DROPLETS = (
    "well,sample,target,role,positive,partitions,dna_ng\n"
    "A1,b0,T,unknown,40,15000,500\nA1,b0,R,unknown,9000,15000,500\n"
    f"A2,{NAME},T,unknown,0,15000,500\nA2,{NAME},R,unknown,8000,15000,500\n"
    "A3,nn,T,negative,0,15000,500\nA4,,T,ntc,0,15000,\n"
)
CBA = f"FCAP\nSample;IL-6 (pg/mL);TNF (pg/mL)\n{NAME};12,5;< 2,5\nb7;>500;*0,6\nb0;ND;3,1\n"
LEGENDPLEX = f"Sample,IL-6 (A4),TNF (B2)\n,pg/mL,ng/mL\nC0,0,0\n{NAME},12.5,<2.5\nb7,>99,7\n"
XPONENT = (
    '"Samples","2"\n"DataType:","Result"\n"Location","Sample","IL-6"\n'
    f'"1(1,A1)","{NAME}","12.5"\n"2(1,B1)","b7","<3"\n\n"DataType:","Units"\n'
    '"Analyte:","IL-6"\n"Units:","pg/mL"\n'
)
READS = "v_call\tj_call\tjunction\tduplicate_count\trepertoire_id\tdate\n" + "".join(
    f"V{clone}\tJ\tTGT\t{reads}\t{sample}\n"
    for sample in ("b0\t", "b7\t", f"{NAME}\t2025-01-03")
    for clone, reads in ((1, 9000), (2, 7))
)
CELLS = "sample\tdate\tclone\tcells\ttotal_cells\n" + "".join(
    f"{sample}\tc1\t{cells}\t1000000\n"
    for sample, cells in (("b0\t", 5000.5), ("b7\t", 3), (f"{NAME}\t2025-01-03", 0))
)
VIDJIL = json.dumps(
    {
        "samples": {"original_names": ["b0", "b7"], "timestamp": ["2024-11-19", ""]},
        "reads": {"segmented": [10000, 20000]},
        "clones": [{"id": "a", "name": NAME, "reads": [9000, 2]}],
    }
)
KEYS = 'target = "T"\nreference = "R"\n'
SETS = {
    "transgene": ("qpcr", TOML.format("qpcr", "x", "transgene") + KEYS + "lloq = 10\n", PLATE),
    "ig-tr": ("qpcr", TOML.format("qpcr", "x", "ig-tr") + KEYS + 'background = "nmnc"\n', PLATE),
    "fusion": ("qpcr", TOML.format("qpcr", "x", "fusion") + KEYS + 'transcript = "e1a2"\n', PLATE),
    "digital": ("qpcr", TOML.format("qpcr", "x", "digital") + KEYS + "lloq = 5\n", DROPLETS),
    "CBA": ("beads", TOML.format("beads", "x", "cytokines"), CBA),
    "LEGENDplex": ("beads", TOML.format("beads", "x", "cytokines"), LEGENDPLEX),
    "xPONENT": ("beads", TOML.format("beads", "x", "cytokines"), XPONENT),
    "reads": ("clonotypes.tsv", "", READS),
    "cells": ("clonotypes.tsv", "", CELLS),
    "Vidjil": ("clonotypes.tsv", "", VIDJIL),
}
WORDS = [
    *(
        "",
        "0",
        "-1",
        "nan",
        "inf",
        "1e999",
        "1e279",
        "1e-279",
        "9" * 400,
        "9" * 5000,
        "\u00b2",
        "12,5",
    ),
    *(
        "1,234",
        "<5",
        "> 5",
        "undetermined",
        "standard",
        "unknown",
        "ntc",
        "cm",
        "12 ng/mL",
        "b0",
        "T",
    ),
    *(
        "2024-13-01",
        "2024",
        "OOR",
        "DataType:",
        "Result",
        "1e9",
        "3",
        "\x1b[31m",
        "\U0001d7d9",
        "=",
    ),
]
VALUES = [
    *(
        '""',
        "0",
        "-1",
        "nan",
        "inf",
        "1e30",
        "1e-30",
        "1e300",
        "true",
        "[]",
        "{}",
        '"b0"',
        '"nobody"',
    ),
    *(
        "2024-01-01",
        '"2024"',
        '"car-t-9000d"',
        '"x+1d"',
        '"07:61"',
        '"T"',
        '"R"',
        '"."',
        '"\\u0000"',
    ),
    *('"fusion"', '"digital"', '"cytokines"', '"2.0"', f'"{"n" * 300}"'),
]
PIECES = [
    b"\0",
    b"\xff",
    b'"',
    b"[[",
    b"=",
    b"\n",
    b";",
    b",",
    b"\t",
    b"{",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
]
DAMAGES = 40


def damaged(text: str, dice: random.Random, words: list[str], marks: str) -> bytes:
    """A cell replaced, a line doubled or lost, a byte put in or changed, the end cut off."""
    lines = text.split("\n")
    way, place = dice.randrange(8), dice.randrange(len(lines))
    if way < 4:
        mark = max(marks, key=lines[place].count)
        cells = lines[place].split(mark)
        cells[dice.randrange(1 if mark == "=" and len(cells) > 1 else 0, len(cells))] = dice.choice(
            words
        )
        lines[place] = mark.join(cells)
    elif way == 4:
        lines.insert(place, dice.choice(lines))
    elif way == 5:
        del lines[place]
    raw = bytearray("\n".join(lines).encode())
    at = dice.randrange(len(raw) + 1)
    if way == 6:
        raw[at : at + dice.choice((0, 1))] = dice.choice(PIECES)
    elif way == 7:
        del raw[at:]
    return bytes(raw)


def evaluated(folder: Path, kind: str) -> tuple[str, ...]:
    """What is said of the folder; where nothing is wrong in it, it is measured as well."""
    case = gather_case(folder).case
    check = {"qpcr": check_plates, "beads": check_beads}.get(kind, check_clonotypes)
    faults, notes = check(folder, case)
    if faults:
        return (*map(str, faults), *notes)
    if kind == "qpcr":
        plates = measure_case_plates(folder, case)
        facts, more = plate_facts(plates), tuple(plate_notes(folder, plates))
    elif kind == "beads":
        beads = measure_case_beads(folder, case)
        facts, more = bead_facts(beads), tuple(bead_notes(folder, beads))
    else:
        found = measure_case_clonotypes(folder, case)
        facts, more = found.facts, found.notes
    course = arrange(case.with_measured(facts))
    curves = measure_curves(course)
    json.dumps(curve_documents(course, curves), allow_nan=False, default=str)
    curve_groups(course, curves)
    return (*notes, *more)


@pytest.mark.parametrize("name", SETS)
def test_what_check_accepts_can_be_measured(tmp_path: Path, name: str) -> None:
    kind, toml, table = SETS[name]
    dice = random.Random(name)
    (tmp_path / "case.toml").write_text(CASE)
    path = tmp_path / kind if not toml else tmp_path / kind / "x"
    path.parent.mkdir(exist_ok=True)
    toml += SAMPLE
    for damage in range(DAMAGES + 1):
        spoilt_toml = bool(damage and path.name == "x" and damage % 3 == 0)
        raw = damaged(table, dice, WORDS, ",;\t") if damage and not spoilt_toml else table.encode()
        path.write_bytes(raw)
        if path.name == "x":
            text = damaged(toml, dice, VALUES, "=") if spoilt_toml else toml.encode()
            (path.parent / f"{kind}.toml").write_bytes(text)
        said = evaluated(tmp_path, kind)
        assert not any(NAME in one or "\n" in one for one in said)
        assert damage or not any("expected" in one for one in said), "sound before the damage"
