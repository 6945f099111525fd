"""The published case as an exercise in arithmetic: the thirteen items of the sheet, by number.

Oracle: the sheet's own numbers (section 0 of the facts on treatment), worked out by hand there.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from test_regimens_by_example import BSA_1_5, made, total

from residua.course.course import Course, arrange
from residua.course.lab_series import days_after
from residua.facts.quantity import Quantity
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.judgements.mrd_fall import ACROSS
from residua.main.graders import grader_of
from residua.readers.case import read_case
from residua.standards.grade_inputs import GradeInputs

FOLDER = Path(__file__).parents[2] / "examples" / "huang-2023"
DEX, VCR, INO = "dexamethasone", "vincristine", "inotuzumab ozogamicin"
MONTH = 365.25 / 12
q = Quantity.parse


@cache
def course() -> Course:
    return arrange(read_case(FOLDER))


@cache
def found() -> dict[str, Judgement]:
    return {j.id: j for said in judge_families(course()).values() for j in said}


def grade(standard: str, version: str, term: str, value: str = "", **given: str) -> object:
    numbers = {n: q(given.pop(n)) for n in ("lln", "uln") if n in given}
    inputs = GradeInputs(q(value) if value else None, **numbers, findings=given)
    said = grader_of(standard, version)(term, inputs)
    return said.possible if said.grade is None else said.grade


SUMS = [
    ("0.1", "ino-huang-2023", INO, "1.8 mg/m2"),
    ("0.2", "hyper-cvad-a-huang-2023", "cyclophosphamide", "1800 mg/m2"),
    ("0.2", "hyper-cvad-a-huang-2023", VCR, "2.8 mg/m2"),
    ("0.2", "hyper-cvad-a-huang-2023", "doxorubicin", "50 mg/m2"),
    ("0.2", "hyper-cvad-a-huang-2023", DEX, "320 mg"),
    ("0.3", "ida-peg-dex", "idarubicin", "10 mg"),
    ("0.3", "ida-peg-dex", "pegaspargase", "3750 U"),
    ("0.3", "ida-peg-dex", DEX, "210 mg"),
    ("0.4", "hdmtx-vcr-dex", "methotrexate", "2 g/m2"),
    ("0.4", "hdmtx-vcr-dex", VCR, "1.4 mg/m2"),
    ("0.4", "hdmtx-vcr-dex", DEX, "105 mg"),
    ("0.5", "hdac", "cytarabine", "12 g/m2"),
]


@pytest.mark.parametrize(("number", "name", "drug", "asked"), SUMS)
def test_0_1_to_0_5_sums_of_a_course(number: str, name: str, drug: str, asked: str) -> None:
    assert number.startswith("0.")
    assert total(name, drug, **BSA_1_5)[0] == asked


def test_0_1_three_hours_of_infusion() -> None:
    """The label: one hour for each of three doses; the paper does not say how long they ran."""
    assert made("ino-label", **BSA_1_5).totals[0].hours == (3, 3)


def test_0_2_and_0_4_the_cap_of_vincristine() -> None:
    """At most 2 mg a dose: 4 mg in a course A, 2 mg in consolidation 1."""
    assert total("hyper-cvad-a-huang-2023", VCR, **BSA_1_5)[1] == "4 mg"
    assert total("hdmtx-vcr-dex", VCR, **BSA_1_5)[1] == "2 mg"


def test_0_6_at_one_and_a_half_square_metres() -> None:
    """15 mg are 10 mg/m2 and 3750 U 2500 U/m2; inotuzumab ozogamicin 1.20, 0.75 and 0.75 mg."""
    lines = made("ino-huang-2023", **BSA_1_5).lines
    doses = [line.worked.low.value for line in lines if line.worked for _ in line.dose.days]
    assert doses == [Decimal("1.2"), Decimal("0.75"), Decimal("0.75")]
    assert Decimal(15) / Decimal("1.5") == 10
    assert Decimal(3750) / Decimal("1.5") == 2500


INTERVALS = [
    ("hsct", "relapse-2021", 23, 23),
    ("car-t", "relapse-2022", 12, 13),
    ("ino", "last-contact", 13, 13),
]


@pytest.mark.parametrize(("start", "end", "least", "most"), INTERVALS)
def test_0_7_intervals(start: str, end: str, least: int, most: int) -> None:
    """August 2019 to July 2021; July or August 2021 to August 2022; August 2022 to September 2023.

    Months without days leave up to a month either side; the day of the infusion is not stated.
    """
    days = days_after(course(), start, end)
    if start == "car-t":
        assert days.shortest is None or days.shortest <= most * MONTH
        assert days.longest is None or days.longest >= least * MONTH
        return
    assert days.shortest is not None
    assert days.longest is not None
    assert days.shortest <= least * MONTH <= days.longest
    assert days.longest - days.shortest <= 62


def test_0_8_the_fall_of_mrd_is_across_methods() -> None:
    """From 3 % by morphology to 2.68e-5 by flow: 3.05 powers of ten, of two measurements."""
    notes = " ".join(found()["mrd-terms/2010/ino-day-30/mrd"].notes)
    assert f"3.05 log10 below the 3 % by morphology of relapse-2022 ({ACROSS})" in notes


def test_0_8_one_method_has_no_flag() -> None:
    """1.6 to 1.47 %, both by flow: 0.04."""
    notes = " ".join(found()["mrd-terms/2010/pre-hsct/mrd"].notes)
    assert "0.04 log10 below the 1.6 % by flow" in notes
    assert ACROSS not in notes


@pytest.mark.parametrize("version", ["5.0", "6.0"])
def test_0_9_values_at_diagnosis(version: str) -> None:
    assert grade("ctcae", version, "hemoglobin", "79 g/L") == 3
    assert grade("ctcae", version, "platelets", "12 10*9/L") == {"5.0": 4, "6.0": 3}[version]
    said = found()["clinical-risk/current/risk-baseline/risk-age-above-35"]
    assert dict(said.details)["wbc-at-least-30"].startswith("false")


NEUTROPHILS = [  # x 10^9/L with a lower limit of 2.0: 5.0, 6.0
    ("1.99", 1, 0), ("1.5", 1, 0), ("1.49", 2, 1), ("1.0", 2, 1), ("0.99", 3, 2),
]  # fmt: skip


@pytest.mark.parametrize(("value", "old", "new"), NEUTROPHILS)
def test_0_10_grade_1_of_neutrophils(value: str, old: int, new: int) -> None:
    """5.0: from 1.5 to below the LLN; 6.0: from 1.0 to below 1.5."""
    given = {"value": f"{value} 10*9/L", "lln": "2 10*9/L"}
    assert grade("ctcae", "5.0", "neutrophils", **given) == old
    assert grade("ctcae", "6.0", "neutrophils", **given) == new


def test_0_10_grade_4_of_platelets() -> None:
    """5.0: below 25; 6.0: below 10, or life-threatening consequences."""
    assert [grade("ctcae", "5.0", "platelets", f"{n} 10*9/L") for n in ("24.9", "25")] == [4, 3]
    assert [grade("ctcae", "6.0", "platelets", f"{n} 10*9/L") for n in ("10", "24.9")] == [3, 3]
    assert grade("ctcae", "6.0", "platelets", "9.9 10*9/L", life_threatening="yes") == 4


@pytest.mark.parametrize("term", ["neutropenia/neutrophils", "thrombocytopenia/platelets"])
def test_0_10_an_event_of_2022_is_read_under_5_0(term: str) -> None:
    assert found()[f"ctcae/5.0/{term}"].basis == "reported"
    assert found()[f"ctcae/6.0/{term}"].outcome == "not assessable"
    assert found()[f"ctcae/6.0/{term}"].published_after_event


def test_0_11_crs_with_hypotension_and_no_pressor() -> None:
    """ASTCT 2; CTCAE 2 where it responds to fluids; Penn 3 only if it took several boluses or a
    low-dose pressor, so that without the treatment it stays unknown, not 2."""
    signs = {"fever": "yes", "hypotension": "no-vasopressor", "hypoxia": "none"}
    assert grade("astct-crs", "2019", "", **signs) == 2
    for version in ("5.0", "6.0"):
        fluids = {"fever": "yes", "hypotension": "fluids", "hypoxia": "none"}
        assert grade("ctcae", version, "cytokine-release-syndrome", **fluids) == 2
    assert grade("penn", "2018", "", hypotension="multiple-boluses") == 3
    assert grade("penn", "2018", "", hypotension="low-dose-pressor") == 3
    assert grade("penn", "2018", "", hypotension="yes") == (0, 1, 2, 3, 4, 5)
    assert found()["astct-crs/2019/car-t/crs"].verdict == "grade 2"
    assert found()["penn/2018/car-t/crs"].outcome == "not assessable"


def test_0_12_mrd_after_inotuzumab_ozogamicin() -> None:
    """Negative at 1e-4, detected, and not told whether quantifiable; hence not eradicated."""
    assert found()["ino-vate/2016/ino-day-30/mrd"].verdict == "MRD-negative"
    first = found()["eln-all/2024/ino-day-30/mrd-variant-1"].verdict or ""
    assert first.startswith("MRD other")
    assert found()["eln-all/2024/ino-day-30/mrd-variant-2"].missing == ("LLOQ of the assay",)
    assert found()["claim/current/claim-eradicated/eradicated"].verdict == "not supported"


def test_0_13_three_percent_of_blasts_is_a_relapse_of_mrd_alone() -> None:
    """Below 5 %: of no standard a haematological relapse; CD19 positive, CD22 on 63.74 %."""
    here = [j for j in found().values() if j.subject == "relapse-2022" and j.term == "relapse"]
    assert {j.verdict for j in here} == {None, "MRD relapse"}
    claim = found()["claim/current/claim-cd22-high/high"]
    assert "63.74 %" in claim.reason
    assert (found()["relapse-mechanism/1.0/relapse-2022/mechanism"].verdict or "").startswith(
        "target-positive"
    )
