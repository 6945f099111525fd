"""Which evidence bears on a course, and its exact intervals.

Oracles: intervals printed in the fact sheets and in the sources, the beta distribution of
scipy.stats, the closed form for 0 of n, and the published case's facts.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from scipy.stats import beta

from residua.course.course import arrange
from residua.facts.assessment import Assessment
from residua.facts.case import Case
from residua.facts.finding import Decision
from residua.facts.mrd import MrdReading
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.evidence import evidence_of, exact_interval, named_in, subjects_of
from residua.main.run import run_case
from residua.readers.case import read_case
from residua.standards.citing import paper_with
from residua.standards.trial import Bounds, HazardRatio, as_number
from residua.standards.trial_shelf import find_result, trial_shelf
from residua.views.evidence_json import evidence_document
from residua.views.evidence_words import number_words, row_cells

HUANG = Path(__file__).parents[3] / "examples" / "huang-2023"
PRINTED = {
    "ino-vate-mrd-2020/mrd-of-responders": (53.6, 71.4),
    "ino-vate-mrd-2020/mrd-of-treated": (38.5, 54.3),
    "nct03441061/mrd": (48, 86),
    "gauthier-2021/cr-all": (4.7, 50.8),
    "papayannidis-2021/mrd": (34.9, 96.8),
}
STATED_95 = [
    f"{trial.id}/{result.id}"
    for trial in trial_shelf()
    for result in trial.results
    if result.interval and result.interval.level == "95 %"
]
COUNTED = [
    f"{trial.id}/{result.id}"
    for trial in trial_shelf()
    for result in trial.results
    if result.n is not None
]


def course(*facts, reference=""):
    return arrange(Case(folder="made", title="Made", facts=facts, reference=reference))


def huang():
    return arrange(read_case(HUANG))


def row(name):
    return next(row for row in evidence_of(huang()) if row.id == name)


@pytest.mark.parametrize("name", PRINTED)
def test_the_exact_interval_is_the_one_worked_out_before(name) -> None:
    exact = exact_interval(find_result(name)[1])
    digits = 1 if any(end % 1 for end in PRINTED[name]) else 0
    assert (round(exact.low, digits), round(exact.high, digits)) == PRINTED[name]
    assert exact.level == 0.95


@pytest.mark.parametrize("name", STATED_95)
def test_a_count_worked_out_from_a_percentage_gives_the_printed_interval(name) -> None:
    """INO-VATE prints 72.1-87.7, 21.0-38.8, 32.1-47.6 and 6.2-16.3 at 95 %."""
    result = find_result(name)[1]
    exact = exact_interval(result)
    for printed, end in ((result.interval.low, exact.low), (result.interval.high, exact.high)):
        value, half = as_number(printed)
        assert abs(end - float(value)) <= float(half) + 1e-9


@pytest.mark.parametrize("name", COUNTED)
def test_the_exact_interval_is_that_of_the_beta_distribution(name) -> None:
    result = find_result(name)[1]
    n, of, exact = result.n, result.of, exact_interval(result)
    low = 0 if n == 0 else beta.ppf(0.025, n, of - n + 1)
    high = 1 if n == of else beta.ppf(0.975, n + 1, of - n)
    assert (exact.low, exact.high) == pytest.approx((100 * low, 100 * high))


def test_none_of_n_has_the_closed_form() -> None:
    """The upper end of 0 of n is 1 - 0.025 ** (1 / n)."""
    exact = exact_interval(find_result("chop-reinfusion-2024/cr-no-response")[1])
    assert (exact.low, exact.high) == (0, pytest.approx(100 * (1 - 0.025 ** (1 / 8))))


def test_an_estimated_share_has_no_exact_interval() -> None:
    assert exact_interval(find_result("nct03441061/rfs-2y")[1]) is None
    assert exact_interval(find_result("bar-2013/gvhd-low")[1]) is None


def test_the_published_case_has_the_evidence_of_all_that_was_weighed() -> None:
    """Given: InO, CAR-T, a transplant, ursodiol; weighed: DLI, blinatumomab, a second CAR-T."""
    assert subjects_of(huang()) >= {
        "inotuzumab ozogamicin", "car-t", "transplant", "ursodiol", "dli", "blinatumomab",
    }  # fmt: skip
    trials = {row.trial.id for row in evidence_of(huang()) if row.trial}
    assert trials >= {
        "ino-vate-2016", "ino-vate-2019", "nct03441061", "gauthier-2021", "blast", "bar-2013",
        "papayannidis-2021", "essell-1998", "cibmtr-vod",
    }  # fmt: skip
    assert "fry-2018" not in trials


def test_every_statement_of_the_paper_stands_beside_its_result() -> None:
    rows = evidence_of(huang())
    beside = {b.cited.id for row in rows for b in row.cited}
    assert beside == {cited.id for cited in paper_with(huang().case.reference).cited}
    assert {row.id for row in rows if row.result is None} == {
        "cited/wiley", "cited/adc-wording", "cited/preoperative-wording", "cited/relapse-wording",
        "cited/conditioning", "cited/donor-lymphocytes", "cited/blinatumomab-with-dli",
    }  # fmt: skip


def test_a_case_without_the_paper_has_the_trials_and_no_statement() -> None:
    drug = {"name": "besponsa", "dose": "0.8 mg/m2", "days": "1"}
    made = course(Treatment(id="t", regimen="free", drugs=[drug]), reference="doi:10.1000/other")
    rows = evidence_of(made)
    assert {row.because for row in rows} >= {("inotuzumab ozogamicin",)}
    assert all("inotuzumab ozogamicin" in row.because for row in rows)
    assert not any(row.cited for row in rows)


@pytest.mark.parametrize(
    ("fact", "subject"),
    [
        (Transplant(id="x", donor="haploidentical"), {"transplant"}),
        (Transplant(id="x", donor="autologous"), set()),
        (CellInfusion(id="x", kind="dli"), {"dli"}),
        (CellInfusion(id="x", kind="car-t", target=["CD22"]), {"car-t", "cd22 car-t"}),
        (Decision(id="x", options=[{"option": "Donor lymphocyte infusion"}]), {"dli"}),
        (MrdReading(id="x", method="flow", status="positive"), {"mrd"}),
        (Assessment(id="x"), set()),
        (
            Treatment(id="x", regimen="free", drugs=[{"name": "ino", "status": "omitted"}]),
            set(),
        ),
    ],
)
def test_what_a_fact_bears_on(fact, subject) -> None:
    assert subjects_of(course(fact)) == subject


def test_an_option_names_its_subjects() -> None:
    assert named_in("blinatumomab with or without donor lymphocytes") == ("blinatumomab", "dli")
    assert named_in("palliation") == ()


def test_a_course_that_nothing_bears_on_has_no_rows() -> None:
    assert evidence_of(course(Assessment(id="x"))) == ()


def test_a_row_prints_level_sides_and_both_intervals() -> None:
    assert number_words(row("ino-vate-2016/cr-cri-ino").result) == (
        "88 of 109 (80.7 %); 95 % CI 72.1-87.7, two-sided, as printed; "
        "exact 95 % CI 72.1-87.7 %, two-sided; p <0.001 (sides not stated)"
    )
    assert (
        "HR .512 (97.5 % CI .313-.835, two-sided)"
        in row_cells(row("ino-vate-mrd-2020/os-mrd-negative"))["numbers"]
    )
    assert (
        "p .0105 (one-sided), boundary .0104 (unverified)"
        in row_cells(row("ino-vate-2019/os-ino"))["numbers"]
    )
    unsaid = replace(
        find_result("brexu-cel-prior-ino-2024/pfs")[1],
        hazard_ratio=HazardRatio("1.20", Bounds("0.71", "2.03")),
    )
    assert number_words(unsaid) == "HR 1.20 (CI 0.71-2.03, two-sided, level not stated)"


def test_a_row_prints_the_citing_value_beside_the_source() -> None:
    cells = row_cells(row("ino-vate-2016/cr-cri-ino"))
    assert "73.8 vs 30.9 %" in cells["cited"]
    assert "80.7 vs 29.4 %" in cells["cited"]
    assert "discrepancy 1" in cells["cited"]
    assert row_cells(row("papayannidis-2021/mrd"))["mark"].startswith("unverified")


def test_every_row_of_the_case_can_be_printed_and_stored() -> None:
    for one in evidence_of(huang()):
        cells = row_cells(one)
        assert cells["source"].strip()
        assert cells["numbers"] or cells["cited"]
        assert not re.search(r"None|;\s*;", " ".join(cells.values()))
        assert evidence_document(one)["provenance"] == one.provenance


def test_a_run_keeps_the_evidence(tmp_path) -> None:
    run_case(HUANG, tmp_path / "out")
    text = (tmp_path / "out" / "course.json").read_text("utf-8")
    assert '"id": "ino-vate-2019/vod-sc"' in text
