"""Laboratory files as nobody should write them: a fault or "not assessable", never a failure.

Oracle: faults planted by hand with their places; names that are planted as secrets (a person's),
which no message may repeat; the files that lie there afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from laboratory_files import (
    CBA,
    CELLS,
    DROPLETS,
    LEGENDPLEX,
    RDML,
    READS,
    SECRETS,
    STANDARDS,
    VIDJIL,
    XPONENT,
    plate,
    write,
    zipped,
)  # fmt: skip

from residua.facts.cytokine_names import is_known_cytokine
from residua.measures.bead_populations import bead_populations
from residua.readers.bead_panel import read_bead_panel
from residua.simulate.bead_plate import simulate_bead_plate
from residua.standards.bead_assay import bead_rules
from residua.standards.bead_panel_shelf import bead_panel_path

Command = Callable[..., tuple[int, str, str]]


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


def test_only_names_of_cytokines_are_repeated() -> None:
    """The oracle of the tests above: a person's name is none."""
    assert is_known_cytokine("IL-6")
    assert not any(map(is_known_cytokine, SECRETS))
