"""The numbered discrepancies of evidence in the published case, each by its number.

Oracle: what the case sheet says that the paper prints, and the list of discrepancies, which
says what the source prints and whose value the paper's is.
"""

from __future__ import annotations

import re

import pytest

from residua.standards.citing import citing_papers, paper_with
from residua.standards.trial_shelf import find_result

PAPER = paper_with("doi:10.1002/ccr3.8289")
NUMBERS = (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 19, 23)


def record(name):
    return next(cited for cited in PAPER.cited if cited.id == name)


def printed(*names):
    return [find_result(name)[1].percent for name in names]


def medians(*names):
    return [find_result(name)[1].median for name in names]


def pair(trial, endpoint):
    return f"{trial}/{endpoint}-ino", f"{trial}/{endpoint}-sc"


def test_every_discrepancy_of_evidence_has_its_record() -> None:
    assert {cited.number for cited in PAPER.cited if cited.number} == {*NUMBERS}
    notes = {cited.number for cited in PAPER.cited if cited.kind == "citation note"}
    assert notes == {7, 19, 23}


def test_discrepancy_1_final_rates_cited_to_the_first_report() -> None:
    found = record("cr-cri-introduction")
    assert (found.number, found.verdict, found.clause) == (1, ("E",), "Introduction")
    assert "73.8 vs 30.9 %" in found.says
    assert "reference 3" in found.attributed_to
    assert "80.7 vs 29.4 %" in found.source_says
    assert printed(*found.against) == ["80.7", "29.4"]
    assert printed(*found.found_in) == ["73.8", "30.9"]
    assert find_result("ino-vate-2019/cr-cri-ino")[1].p.sides == "one-sided"


def test_discrepancy_2_values_of_the_first_report_cited_to_the_final_one() -> None:
    """80.7/29.4; PFS 5 vs 1.8, HR 0.45; OS 7.7 vs 6.7, HR 0.77. Final: 6.2, 0.75, 1.7."""
    rates, pfs, survival = map(record, ("cr-cri-discussion", "pfs-discussion", "os-discussion"))
    assert {r.number for r in (rates, pfs, survival)} == {2}
    assert {r.verdict for r in (rates, pfs, survival)} == {("E",)}
    assert all("reference 10" in r.attributed_to for r in (rates, pfs, survival))
    assert "80.7 vs 29.4" in rates.says
    assert printed(*rates.against) == ["73.8", "30.9"]
    assert "5 vs 1.8 months, HR 0.45" in pfs.says
    assert medians(*pfs.against) == ["5.0 months", "1.7 months"]
    assert medians(*pfs.found_in) == ["5.0 months", "1.8 months"]
    assert pfs.provenance == "unverified"
    assert "7.7 vs 6.7 months, HR 0.77" in survival.says
    assert medians(*survival.against) == ["7.7 months", "6.2 months"]
    assert find_result(survival.against[0])[1].hazard_ratio.value == "0.75"
    assert medians(*survival.found_in) == ["7.7 months", "6.7 months"]
    assert find_result(survival.found_in[0])[1].hazard_ratio.value == "0.77"


def test_discrepancy_3_survival_called_significant_and_cr_for_cr_or_cri() -> None:
    found, strict = record("os-significant"), record("cr-or-cri")
    assert (found.number, found.verdict) == (3, ("E", "D"))
    first, final = (find_result(name)[1] for name in found.against)
    assert (first.p.value, first.p.boundary) == (".04", ".0208")
    assert (first.hazard_ratio.bounds.low, first.hazard_ratio.bounds.high) == (".58", "1.03")
    assert (final.p.value, final.p.sides, final.p.boundary) == (".0105", "one-sided", ".0104")
    assert found.provenance == "unverified"
    assert strict.number == 3
    assert printed(*strict.against) == ["35.8", "17.4"]


def test_discrepancy_4_cytopenias_that_are_not_in_the_final_table() -> None:
    platelets, fever = record("thrombocytopenia"), record("febrile-neutropenia")
    assert {(r.number, r.verdict) for r in (platelets, fever)} == {(4, ("V",))}
    assert all("reference 10" in r.attributed_to for r in (platelets, fever))
    assert "37 vs 59 %" in platelets.says
    assert printed(*platelets.found_in) == ["37", "59"]
    assert printed(*platelets.against) == ["42", "59"]
    assert "24 vs 49 %" in fever.says
    assert printed(*fever.found_in) == ["24", "49"]
    assert printed(*fever.against) == ["11.6", "18.9", "26", "53"]


def test_discrepancy_5_mrd_of_responders_at_the_end_of_treatment() -> None:
    found = record("mrd-of-164")
    assert (found.number, found.verdict) == (5, ("D",))
    assert "76 of 164" in found.says
    responders, treated = (find_result(name)[1] for name in found.against)
    assert (responders.n, responders.of, responders.percent) == (76, 121, "62.8")
    assert (treated.n, treated.of, treated.percent) == (76, 164, "46.3")
    assert {responders.timing, treated.timing} == {"end of treatment"}


def test_discrepancy_6_children_counted_among_assessed_responders_only() -> None:
    found = record("paediatric-mrd")
    assert (found.number, found.verdict) == (6, ("D",))
    assert "18 of 27" in found.says
    assert found.attributed_to == "no source"
    assessed, evaluable = (find_result(name)[1] for name in found.against)
    assert (assessed.n, assessed.of, assessed.percent) == (18, 27, "66.7")
    assert (evaluable.n, evaluable.of, evaluable.percent) == (18, 48, "37.5")


def test_discrepancy_7_the_publisher_named_as_author() -> None:
    found = record("wiley")
    assert (found.number, found.verdict, found.kind) == (7, ("E",), "citation note")
    assert "Wiley" in found.says
    assert "reference 12" in found.attributed_to
    assert "Papayannidis" in found.source_says


def test_discrepancy_8_the_second_car_t_rate_holds_on_14_patients() -> None:
    found = record("second-car-t")
    assert (found.number, found.verdict) == (8, ("OK",))
    assert "21 %" in found.says
    assert "reference 13" in found.attributed_to
    result = find_result(*found.against)[1]
    assert (result.n, result.of, result.percent) == (3, 14, "21")


def test_discrepancy_9_the_source_of_the_mrd_indication() -> None:
    found = record("blinatumomab-approval")
    assert (found.number, found.verdict) == (9, ("E",))
    assert "Topp 2014" in found.attributed_to
    result = find_result(*found.found_in)[1]
    assert (result.n, result.of, result.percent) == (88, 113, "78")


def test_discrepancy_10_a_range_that_the_cited_abstract_does_not_hold() -> None:
    found = record("historic-salvage")
    assert (found.number, found.verdict) == (10, ("E",))
    assert "18-44 %" in found.says
    assert "Bassan" in found.attributed_to
    assert "no such figure" in found.source_says
    assert printed(*found.found_in) == ["18-44"]


def test_discrepancy_12_cd22_in_more_than_90_percent() -> None:
    found = record("cd22-expression")
    assert (found.number, found.verdict) == (12, ("E",))
    assert ">90 %" in found.says
    assert "Lanza 2020" in found.attributed_to
    assert printed(*found.against) == ["60-90"]
    assert printed(*found.found_in) == [">90"]


def test_discrepancy_19_conditioning_cited_to_another_kind_of_transplant() -> None:
    """Its other half, vincristine per m2, is a finding of consistency."""
    found = record("conditioning")
    assert (found.number, found.verdict, found.kind) == (19, ("V",), "citation note")
    assert "haploidentical" in found.says
    assert "reference 8" in found.attributed_to
    assert "autologous" in found.source_says
    assert "lymphoma" in found.source_says
    assert not found.results


def test_discrepancy_23_minor_notes() -> None:
    notes = [cited for cited in PAPER.cited if cited.number == 23]
    assert len(notes) == 4
    assert {note.kind for note in notes} == {"citation note"}
    control = find_result("ino-vate-2019/vod-sc")[1]
    assert (control.n, control.of, control.percent) == (3, 143, "2.1")
    assert "ino-vate-2019/vod-sc" in record("vod-unique").against
    assert "ADC-conjugated" in record("adc-wording").says
    assert "pre-emptive" in record("preoperative-wording").source_says
    assert "key message" in record("relapse-wording").clause


@pytest.mark.parametrize("paper", citing_papers(), ids=lambda paper: paper.id)
def test_what_the_source_says_holds_the_numbers_of_the_results_it_names(paper) -> None:
    """Every result under `against` has one of its own numbers in the words beside it."""
    for cited in paper.cited:
        for name in cited.against:
            result = find_result(name)[1]
            ratio = result.hazard_ratio.value if result.hazard_ratio else ""
            own = {result.percent, result.median.partition(" ")[0], str(result.n), ratio} - {""}
            said = set(re.findall(r"\d*\.?\d+", cited.source_says))
            assert own & said or result.percent in cited.source_says, (cited.id, name)
