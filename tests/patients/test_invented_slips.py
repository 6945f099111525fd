"""An invented record with other slips than the published case: the checks are general.

Oracle: the slips, made on purpose; each row below says which it is.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.readers.case import read_case

FOLDER = Path(__file__).parent / "invented-slips"
N_A = "not assessable"


@cache
def found() -> dict[str, Judgement]:
    families = judge_families(arrange(read_case(FOLDER)))
    return {j.id: j for name in ("consistency", "claims") for j in families[name]}


SLIPS = [
    # born in March 1975, diagnosed in May 2020: 45, not 42
    ("invented-slips-patient/age", "another age than the one stated"),
    ("diagnosis/philadelphia-fusion-transcript", "BCR::ABL1 was found"),
    # published 50 mg/m2
    ("induction/dose-doxorubicin", "60 mg/m2 given, 50 mg/m2 planned"),
    # 8 % of blasts are CR under no standard
    ("after-induction/response-after-induction", "nci 2010: PR"),
    # 3e-4 at a LOD of 1e-4
    ("mrd-august/mrd", "a level not below its LOD"),
    # six weeks after the last contact
    ("platelets-late/dates-last-contact", "it lies after last contact"),
]


@pytest.mark.parametrize(("name", "words"), SLIPS, ids=[name for name, _ in SLIPS])
def test_slip_is_found(name: str, words: str) -> None:
    judgement = found()[f"consistency/current/{name}"]
    assert (judgement.verdict or "").startswith("not supported: ")
    assert words in judgement.reason


def test_nothing_else_contradicts_itself() -> None:
    """Cyclophosphamide, vincristine and dexamethasone are as published; dates fit."""
    slips = {
        name.removeprefix("consistency/current/")
        for name, j in found().items()
        if j.standard == "consistency" and j.outcome == "verdict"
    }
    assert slips == {name for name, _ in SLIPS}


CLAIMS = [
    # the result contradicts itself
    ("claim-undetectable", N_A, "whether MRD was detected is not stated"),
    # PCR of the same marrow: 2e-3
    ("claim-insensitive", "not supported", "MRD by pcr: MRD was detected"),
    ("claim-molecular", "supported", "positive by a molecular assay"),
    ("claim-cd22-high", "supported", "95 % of blasts"),
    ("claim-cd20-positive", "not supported", "12 % of blasts"),
    ("claim-cd20-high", N_A, "no published limit"),
    ("claim-remission", "not supported", "nci 2010: PR"),
    # 6 May to 1 July
    ("claim-a-year", "not supported", "56 days by the dates"),
    ("claim-well", N_A, "no rule for such a claim"),
]


@pytest.mark.parametrize(("claim", "said", "words"), CLAIMS, ids=[c for c, _, _ in CLAIMS])
def test_claim(claim: str, said: str, words: str) -> None:
    judgement = next(j for j in found().values() if j.subject == claim)
    assert (judgement.verdict or judgement.outcome) == said
    assert words in judgement.reason


def test_every_judgement_names_its_clause_and_source() -> None:
    assert all(j.clause and j.cite and j.provenance and j.reason for j in found().values())
