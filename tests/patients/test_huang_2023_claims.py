"""What the published case claims and where it contradicts itself, by discrepancy number.

Oracle: the numbered list of discrepancies drawn up from the paper and its primary sources; 11,
13-15, 20 and 22 are claims, 16-19 and 21 findings of consistency.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.judgements.families import judge_families
from residua.judgements.judgement import Judgement
from residua.readers.case import read_case

FOLDER = Path(__file__).parents[2] / "examples" / "huang-2023"
N_A = "not assessable"


@cache
def found() -> dict[str, Judgement]:
    families = judge_families(arrange(read_case(FOLDER)))
    return {j.id: j for said in families.values() for j in said}


def claim(name: str) -> Judgement:
    return next(j for j in found().values() if j.subject == name)


CLAIMS = [
    (11, "claim-first-report", "not supported", "NCT03441061"),
    (13, "claim-cd22-high", "not supported", "not at least 90 %"),
    (14, "claim-eradicated", "not supported", "MRD was detected at 2.68e-5"),
    (15, "claim-molecular-relapse", "not supported", "the only MRD results are by flow"),
    (20, "claim-cd22-lost", N_A, "15 days after the last dose"),
    (22, "claim-in-remission", N_A, "no MRD result after mrd-ino-day-30"),
]


@pytest.mark.parametrize(
    ("name", "said", "words"),
    [row[1:] for row in CLAIMS],
    ids=[f"discrepancy-{number}" for number, *_ in CLAIMS],
)
def test_claim_of_discrepancy(name: str, said: str, words: str) -> None:
    judgement = claim(name)
    assert (judgement.verdict or judgement.outcome) == said
    assert words in judgement.reason


def test_discrepancy_13_is_positive_on_a_part_of_the_blasts() -> None:
    """63.74 % satisfies the 20 % rule and lies in the stratum below 90 %, even below 70 %."""
    assert "positive, but on a part of the blasts only" in claim("claim-cd22-high").reason


def test_discrepancy_14_is_no_complete_mrd_response_either() -> None:
    """ELN 2024 calls a positive below 0.01 % "MRD other"."""
    verdict = found()["eln-all/2024/ino-day-30/mrd-variant-1"].verdict or ""
    assert verdict.startswith("MRD other")


REPORTED_GRADES = [("claim-neutropenia-1", "neutrophil"), ("claim-thrombocytopenia-4", "platelet")]


@pytest.mark.parametrize(("name", "count"), REPORTED_GRADES)
def test_a_grade_without_its_count_is_not_assessable(name: str, count: str) -> None:
    """Treatment facts 0.10: the grades rest on counts that the paper does not give."""
    judgement = claim(name)
    assert judgement.outcome == N_A
    assert any(count in missing for missing in judgement.missing)
    assert "ctcae 5.0" in dict(judgement.details)


def test_claim_of_high_risk_is_that_of_the_dynamic_class() -> None:
    judgement = claim("claim-high-risk")
    assert judgement.verdict == "supported"


def test_23_months_fit_the_dates() -> None:
    """Treatment facts 0.7: August 2019 to July 2021."""
    assert claim("claim-relapse-after-23-months").verdict == "supported"


CONSISTENCY = [
    (16, "at-diagnosis/readings-at-diagnosis-flow", "91 % by differential and 31.5 % by flow"),
    (17, "after-re-induction/response-after-re-induction", "eln-all 2024: failure"),
    (18, "after-induction-1/reports", "'not CR' and 'PR'"),
    (19, "induction-1/dose-vincristine", "2 mg, days 4 and 11; recorded: 1.4 mg/m2"),
    (19, "hsct/conditioning", "named without doses"),
    (21, "ino-day-30/counts", "CR, CRi and CRh undecided"),
]


@pytest.mark.parametrize(
    ("number", "name", "words"),
    CONSISTENCY,
    ids=[f"discrepancy-{n}-{c}" for n, c, _ in CONSISTENCY],
)
def test_finding_of_discrepancy(number: int, name: str, words: str) -> None:
    assert number in {16, 17, 18, 19, 21}
    assert words in found()[f"consistency/current/{name}"].reason


def test_discrepancy_16_is_never_averaged() -> None:
    judgement = found()["consistency/current/at-diagnosis/readings-at-diagnosis-flow"]
    assert {"at-diagnosis", "at-diagnosis-flow"} <= set(judgement.facts)
    assert "never averaged" in " ".join(judgement.notes)


def test_discrepancy_17_is_cr_elsewhere_only_as_reported() -> None:
    assert found()["nci/2010/re-induction/response"].basis == "reported"


def test_discrepancy_18_pr_waits_for_counts() -> None:
    """A fall by 87 % to 11.5 % is PR only where the counts recovered, which is not stated."""
    assert "neutrophil count, platelet count" in found()["eln-all/2024/induction-1/response"].reason
