"""The options of the published case (Huang 2023). Oracle: by hand from what the paper states (CD19
and CD22 at the relapse of 2022, the father as donor, immunosuppression stopped, 3 % blasts, the
options weighed) and what it leaves out (liver values, GVHD and infection then, counts, MRD level).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.judgements.families import judge_families
from residua.judgements.options.options import option_tables
from residua.judgements.options.table import OptionRow, OptionTable
from residua.readers.case import read_case
from residua.standards.option_shelf import option_shelf

EXAMPLE = Path(__file__).parents[3] / "examples" / "huang-2023"
INO = "inotuzumab-ozogamicin"
BLINATUMOMAB = {
    "cd19-positive": "pass",
    "no-cns-disease": "unknown",
    "no-neurological-disorder": "unknown",
    "disease-burden": "unknown",
    "label-mrd": "unknown",
    "label-relapsed-refractory": "unknown",
}
DLI = {
    "donor": "pass",
    "donor-consent": "unknown",
    "no-gvhd": "unknown",
    "off-immunosuppression": "unknown",
    "no-infection": "unknown",
    "first-dose": "unknown",
}
GATES = {
    "blinatumomab": BLINATUMOMAB,
    "blinatumomab-dli": BLINATUMOMAB | DLI,
    "cd22-car-t": {"cd22-positive": "pass", "trial-access": "unknown"},
    "dli": DLI,
    INO: {
        "cd22-positive": "pass",
        "liver": "unknown",
        "no-earlier-vod": "unknown",
        "blood-blasts": "unknown",
        "label-relapsed-refractory": "unknown",
        "label-age": "pass",
        "label-cycles": "pass",
        "trial-marrow-blasts": "fail",
        "trial-blood-blasts": "unknown",
        "trial-months-since-transplant": "pass",
        "trial-gvhd": "unknown",
        "trial-immunosuppression": "unknown",
        "trial-qtcf": "unknown",
    },
    "second-cd19-car-t": {
        "cd19-positive": "pass",
        "cells": "unknown",
        "no-infection": "unknown",
        "organ-function": "unknown",
        "no-cns-disease": "unknown",
        "label-age": "pass",
        "label-relapse": "unknown",
        "trial-no-earlier-cd19-therapy": "fail",
        "trial-marrow-blasts": "fail",
    },
}
VOD = {
    "vod-earlier-transplant": "present",
    "vod-age": "unknown",
    "vod-cycles": "absent",
    "vod-planned-transplant": "unknown",
    "vod-dual-alkylators": "unknown",
    "vod-thiotepa": "unknown",
    "vod-bilirubin": "unknown",
    "vod-salvage": "present",
    "vod-liver-disease": "unknown",
}
CHOICES = {
    "blinatumomab": ("declined", "continuous infusion; concern about GVHD"),
    "blinatumomab-dli": ("declined", "continuous infusion; concern about GVHD"),
    "dli": ("declined", "risk of GVHD"),
    INO: ("chosen", "CD22 on 63.74 % of blasts, low burden, long interval between infusions"),
    "second-cd19-car-t": ("declined", "CR rate of 21 % in reference 13"),
}


@cache
def tables() -> dict[str, OptionTable]:
    course = arrange(read_case(EXAMPLE))
    said = tuple(j for family in judge_families(course).values() for j in family)
    return {table.subject: table for table in option_tables(course, said)}


def row(option: str, subject: str = "options-2022") -> OptionRow:
    return next(row for row in tables()[subject].rows if row.option == option)


def test_there_is_a_table_at_each_relapse_and_none_at_day_30() -> None:
    assert {name: table.basis for name, table in tables().items()} == {
        "relapse-2021": "relapse",
        "options-2022": "decision",
    }
    assert tables()["options-2022"].at == "relapse-2022"
    assert tables()["options-2022"].others == ()


def test_the_rows_stand_in_the_order_of_the_alphabet() -> None:
    for table in tables().values():
        titles = [row.title.casefold() for row in table.rows]
        assert titles == sorted(titles)
        assert len(titles) == len(option_shelf()) == 6


@pytest.mark.parametrize("option", GATES)
def test_every_gate(option) -> None:
    assert {gate.gate: gate.result for gate in row(option).gates} == GATES[option]


def test_a_partial_cd22_passes_and_is_called_so() -> None:
    found = next(gate for gate in row(INO).gates if gate.gate == "cd22-positive")
    assert "63.74 %" in found.reason
    assert any(note.startswith("partial") for note in found.notes)
    assert set(found.facts) == {"phenotype-relapse-2022", "cd22-before-ino"}


def test_what_the_paper_leaves_out_is_named_and_not_passed() -> None:
    found = {gate.gate: gate for gate in row(INO).gates}
    assert found["liver"].missing == ("bilirubin", "ALT", "AST")
    inputs = {line.name: line.stated for line in tables()["options-2022"].inputs}
    assert not any(inputs.values())
    assert "without a date" in next(g for g in row("dli").gates if g.gate == "no-gvhd").reason


def test_the_risk_factors_of_vod() -> None:
    found = {factor.flag: factor for factor in row(INO).vod_factors}
    assert {name: factor.result for name, factor in found.items()} == VOD
    assert "35-37 months" in found["vod-earlier-transplant"].reason
    assert "20 to 21 years" in found["vod-age"].reason
    assert "salvage 3" in found["vod-salvage"].reason


def test_the_earlier_car_t_cells_did_not_persist() -> None:
    """CD19 positive at the relapse, CAR-T cells detectable only within the first month."""
    flags = {flag.flag: flag.result for flag in row("second-cd19-car-t").flags}
    assert flags == {"lost-persistence": "present", "anti-car-immunity": "unknown"}


def test_the_donor_is_the_father() -> None:
    assert "father (haploidentical)" in row("dli").gates[0].reason
    assert {f.flag: f.result for f in row("dli").flags} == {
        "haploidentical-donor": "present",
        "recently-off-immunosuppression": "absent",
    }


@pytest.mark.parametrize("option", GATES)
def test_what_was_decided_stands_beside_the_gates(option) -> None:
    found = [(choice.choice, choice.reason) for choice in row(option).choices]
    assert found == ([CHOICES[option]] if option in CHOICES else [])
    assert not row(option, "relapse-2021").choices


def test_the_burden_with_its_arithmetic() -> None:
    assert row("blinatumomab").burdens[0].arithmetic == "28 x 24 h = 672 h"
    assert row(INO).burdens[0].arithmetic == "3 x 1 h = 3 h"


def test_evidence_with_its_count_and_exact_interval() -> None:
    """Intervals: Clopper-Pearson as tabled for 18/26 (48-86 %) and 3/14 (4.7-50.8 %)."""
    found = {rate.ref: rate for name in GATES for rate in row(name).evidence}
    assert found["gauthier-2021/cr-all"].text == "3 of 14, 21 % (exact 95 % interval 4.7-50.8 %)"
    low_dose = found["nct03441061/mrd"]
    assert (low_dose.n, low_dose.of) == (18, 26)
    assert low_dose.interval is not None
    assert (round(low_dose.interval.low), round(low_dose.interval.high)) == (48, 86)
    assert found["blast/rfs-18m"].interval is None


def test_availability_is_that_of_2019_and_says_so() -> None:
    for option in ("blinatumomab", "blinatumomab-dli", INO):
        lines = row(option).availability
        assert [(a.country, a.date, a.status) for a in lines] == [("China", "2019", "not marketed")]
    assert row("cd22-car-t").availability == ()


def test_nothing_that_came_later_is_used() -> None:
    """The same gates from a record that ends with the decision."""
    course = arrange(read_case(EXAMPLE))
    later = {"ino", "last-contact"}
    later |= {i.id for i in course.placed if later & course.predecessors[i.id]}
    kept = tuple(f for f in course.case.facts if f.id not in later and "about" not in f.refers_to)
    kept = tuple(f.model_copy(update={"before": None}) if f.before in later else f for f in kept)
    short = arrange(type(course.case)("x", "x", kept))
    said = tuple(j for family in judge_families(short).values() for j in family)
    table = next(t for t in option_tables(short, said) if t.subject == "options-2022")
    found = {r.option: {g.gate: g.result for g in r.gates} for r in table.rows}
    assert found == GATES
