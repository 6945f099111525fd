"""The published case against an independent reading of the fact sheets: options, risk, mechanism.

Oracle: the table of options at the MRD relapse (treatment G, with A5, A8, A9 and D4), the trace of
risk (treatment F2) and the statements of the case, written down again here from the sheets without
the rule files. Everything is asked of the public functions.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from residua.main.evaluate import Evaluation, evaluate_case

FOLDER = Path(__file__).parents[2] / "examples" / "huang-2023"
RANKING = ("recommend", "prefer", "best", "superior", "should", "first choice", "rank ", "score ")


@cache
def case() -> Evaluation:
    return evaluate_case(FOLDER)


def at_relapse():
    return next(table for table in case().options if table.at == "relapse-2022")


def row(option: str):
    return next(row for row in at_relapse().rows if row.option == option)


def gate(option: str, name: str):
    return next(gate for gate in row(option).gates if gate.gate == name)


def flag(option: str, name: str):
    listed = (*row(option).flags, *row(option).vod_factors)
    return next(flag for flag in listed if flag.flag == name)


def judgement(standard: str, subject: str, term: str = ""):
    found = [
        j
        for j in case().judgements
        if (j.standard, j.subject) == (standard, subject) and term in j.term
    ]
    return found[0]


def words_of(table) -> str:
    parts = [w for r in table.rows for w in (r.title, *(g.words for g in r.gates))]
    parts += [x.words for r in table.rows for x in (*r.harms, *r.evidence, *r.labels, *r.burdens)]
    return " ".join(parts).lower()


GATES = [  # treatment G, row by row: option, gate, result for the published case, what must be said
    ("second-cd19-car-t", "cd19-positive", "pass", ""),
    ("second-cd19-car-t", "cells", "unknown", ""),
    ("second-cd19-car-t", "no-infection", "unknown", "infection not stated"),
    ("second-cd19-car-t", "organ-function", "unknown", ""),
    ("second-cd19-car-t", "no-cns-disease", "unknown", "CNS disease not stated"),
    ("dli", "donor", "pass", "father"),
    ("dli", "donor-consent", "unknown", ""),
    ("dli", "no-gvhd", "unknown", ""),
    ("dli", "off-immunosuppression", "unknown", "stopped within 6 months"),
    ("dli", "no-infection", "unknown", ""),
    ("dli", "first-dose", "unknown", ""),
    ("blinatumomab", "cd19-positive", "pass", ""),
    ("blinatumomab", "no-cns-disease", "unknown", ""),
    ("blinatumomab", "no-neurological-disorder", "unknown", ""),
    ("blinatumomab", "label-mrd", "unknown", "MRD positive, no number"),
    ("inotuzumab-ozogamicin", "cd22-positive", "pass", "63.74 %"),
    ("inotuzumab-ozogamicin", "liver", "unknown", "bilirubin not stated"),
    ("inotuzumab-ozogamicin", "no-earlier-vod", "unknown", ""),
    ("inotuzumab-ozogamicin", "blood-blasts", "unknown", ""),
    ("inotuzumab-ozogamicin", "label-age", "pass", ""),
    ("inotuzumab-ozogamicin", "trial-marrow-blasts", "fail", "3 %"),
    ("inotuzumab-ozogamicin", "trial-months-since-transplant", "pass", ""),
    ("inotuzumab-ozogamicin", "trial-gvhd", "unknown", ""),
    ("inotuzumab-ozogamicin", "trial-immunosuppression", "unknown", ""),
    ("inotuzumab-ozogamicin", "trial-qtcf", "unknown", ""),
    ("inotuzumab-ozogamicin", "trial-blood-blasts", "unknown", ""),
    ("cd22-car-t", "cd22-positive", "pass", "63.74 %"),
    ("cd22-car-t", "trial-access", "unknown", ""),
]
FLAGS = [  # treatment G (soft risk flags) and D4 (risk vector of the case)
    ("second-cd19-car-t", "lost-persistence", "present"),
    ("second-cd19-car-t", "anti-car-immunity", "unknown"),
    ("dli", "haploidentical-donor", "present"),
    ("dli", "recently-off-immunosuppression", "absent"),
    ("blinatumomab", "earlier-cd19-therapy", "present"),
    ("inotuzumab-ozogamicin", "earlier-transplant", "present"),
    ("inotuzumab-ozogamicin", "later-salvage", "present"),
    ("inotuzumab-ozogamicin", "planned-transplant", "unknown"),
    ("inotuzumab-ozogamicin", "more-than-two-cycles", "absent"),
    ("inotuzumab-ozogamicin", "vod-earlier-transplant", "present"),
    ("inotuzumab-ozogamicin", "vod-salvage", "present"),
    ("inotuzumab-ozogamicin", "vod-dual-alkylators", "unknown"),
    ("inotuzumab-ozogamicin", "vod-thiotepa", "unknown"),
    ("inotuzumab-ozogamicin", "vod-bilirubin", "unknown"),
    ("inotuzumab-ozogamicin", "vod-liver-disease", "unknown"),
    ("inotuzumab-ozogamicin", "vod-age", "unknown"),
    ("inotuzumab-ozogamicin", "vod-cycles", "absent"),
    ("cd22-car-t", "earlier-inotuzumab", "absent"),
]
NUMBERS = [  # treatment G, evidence and toxicity: option, result, text it must print
    ("second-cd19-car-t", "gauthier-2021/cr-all", "3 of 14, 21 %"),
    ("second-cd19-car-t", "chop-reinfusion-2024/cr-relapse", "5 of 10, 50 %"),
    ("second-cd19-car-t", "chop-reinfusion-2024/cr-no-response", "0 of 8"),
    ("dli", "bar-2013/gvhd-low", "21 %"),
    ("dli", "bar-2013/gvhd-middle", "45 %"),
    ("dli", "bar-2013/gvhd-high", "55 %"),
    ("blinatumomab", "blast/mrd", "88 of 113, 78 %"),
    ("blinatumomab", "blast/rfs-18m", "54 %"),
    ("blinatumomab", "blast/os", "36.5 months"),
    ("blinatumomab", "blast/rfs-non-responders", "5.7 months"),
    ("blinatumomab", "nct02458014/mrd", "27 of 37, 73 %"),
    ("blinatumomab", "blast/neuro-g3", "10 %"),
    ("blinatumomab", "blast/neuro-g4", "3 %"),
    ("blinatumomab-dli", "bar-2013/gvhd-high", "55 %"),
    ("inotuzumab-ozogamicin", "nct03441061/mrd", "18 of 26, 69 %"),
    ("inotuzumab-ozogamicin", "nct03441061/sos", "2 of 26, 8 %"),
    ("inotuzumab-ozogamicin", "ino-vate-2019/vod-ino", "23 of 164, 14.0 %"),
    ("inotuzumab-ozogamicin", "ino-after-hsct-and-car-t/mrd", "3 of 3"),
    ("inotuzumab-ozogamicin", "ino-after-hsct-and-car-t/sos", "0 of 3"),
    ("inotuzumab-ozogamicin", "ino-after-hsct-and-car-t/relapse", "2 of 3"),
    ("inotuzumab-ozogamicin", "ino-vate-2016/cr-cri-ino", "80.7 %"),
    ("inotuzumab-ozogamicin", "papayannidis-2021/mrd", "6 of 8, 75 %"),
]
BURDEN = [  # treatment G, logistics
    ("blinatumomab", "28 x 24 h = 672 h", ""),
    ("blinatumomab", "", "first 3 days of cycle 1"),
    ("blinatumomab", "", "infusion bag"),
    ("inotuzumab-ozogamicin", "3 x 1 h = 3 h", "infusion hours"),
    ("inotuzumab-ozogamicin", "", "out-patient"),
    ("second-cd19-car-t", "", "apheresis"),
    ("second-cd19-car-t", "", "28 days"),
    ("second-cd19-car-t", "", "3 to 4 days"),
    ("second-cd19-car-t", "", "14 days"),
    ("dli", "", "apheresis of the donor"),
    ("dli", "", "every 4 to 6 weeks"),
    ("cd22-car-t", "", "4 to 6 weeks"),
    ("blinatumomab-dli", "28 x 24 h = 672 h", ""),
    ("blinatumomab-dli", "", "apheresis of the donor"),
]
CHOICES = [  # treatment G, what the case decided
    ("second-cd19-car-t", "declined"),
    ("dli", "declined"),
    ("blinatumomab", "declined"),
    ("blinatumomab-dli", "declined"),
    ("inotuzumab-ozogamicin", "chosen"),
    ("cd22-car-t", None),
]


def named(row):
    return f"{row[0]}: {row[1]}"


@pytest.mark.parametrize(("option", "name", "result", "words"), GATES, ids=map(named, GATES))
def test_gate_of_the_published_case(option, name, result, words) -> None:
    found = gate(option, name)
    assert found.result == result
    assert words in found.reason
    assert found.result != "unknown" or found.missing


@pytest.mark.parametrize(("option", "name", "result"), FLAGS, ids=map(named, FLAGS))
def test_flag_of_the_published_case(option, name, result) -> None:
    assert flag(option, name).result == result


@pytest.mark.parametrize(("option", "ref", "text"), NUMBERS, ids=map(named, NUMBERS))
def test_number_of_an_option(option, ref, text) -> None:
    found = next(r for r in (*row(option).evidence, *row(option).harms) if r.ref == ref)
    assert text in found.text
    assert (found.interval is not None) == (found.n is not None)


@pytest.mark.parametrize(("option", "sum_", "words"), BURDEN)
def test_burden_of_an_option(option, sum_, words) -> None:
    assert any(sum_ in b.arithmetic and words in b.words for b in row(option).burdens)


@pytest.mark.parametrize(("option", "choice"), CHOICES, ids=map(named, CHOICES))
def test_what_was_decided(option, choice) -> None:
    said = [one.choice for one in row(option).choices]
    assert said == ([choice] if choice else [])


def test_rows_are_alphabetical_and_nothing_is_ranked() -> None:
    titles = [row.title for row in at_relapse().rows]
    assert titles == sorted(titles, key=str.casefold)
    assert len(titles) == 6
    assert not [word for word in RANKING if word in words_of(at_relapse())]


def test_what_the_case_does_not_state_is_unknown() -> None:
    """treatment G: liver function, weight, GVHD and immunosuppression, ECOG, infection, consent."""
    assert len(at_relapse().inputs) == 8
    assert not [line.name for line in at_relapse().inputs if line.stated]


def test_availability_is_that_of_the_record_only() -> None:
    """Neither antibody was marketed in China in 2019; nothing is said of the others."""
    stated = {
        (row.option, line.country, line.date, line.status)
        for row in at_relapse().rows
        for line in row.availability
    }
    assert stated == {
        (option, "China", "2019", "not marketed")
        for option in ("blinatumomab", "blinatumomab-dli", "inotuzumab-ozogamicin")
    }


def test_an_mrd_relapse_of_3_percent_is_outside_the_label_and_the_trial() -> None:
    labels = " ".join(label.words for label in row("inotuzumab-ozogamicin").labels)
    assert "MRD is not in the indication" in labels
    assert "at least 5 % marrow blasts" in labels
    partial = gate("inotuzumab-ozogamicin", "cd22-positive").notes
    assert any("75.4 %" in note for note in partial)
    assert any("3 %" in note for note in partial)


def test_both_readings_of_the_liver_gate_are_shown() -> None:
    """treatment A5: the label joins the limits by "and"; either alone is the stricter reading."""
    found = gate("inotuzumab-ozogamicin", "liver")
    assert {name for name, _ in found.readings} == {"conservative_or", "label_and"}


BASELINE = ("risk-age-above-35", "risk-age-from-35-40", "risk-age-from-45-55")


@pytest.mark.parametrize("term", BASELINE)
def test_risk_is_standard_at_baseline(term) -> None:
    """treatment F2: 17 years, white cells 26.98 below 30, normal karyotype, no fusion gene."""
    found = judgement("clinical-risk", "risk-baseline", term)
    assert (found.verdict or "").split(":")[0] == "standard risk"
    assert "17 a" in found.reason
    assert "26.98" in found.reason


def test_risk_is_high_by_response_and_says_that_no_cr_is_itself_adverse() -> None:
    """treatment F2 and section 0, inconsistency 5."""
    found = judgement("clinical-risk", "risk-dynamic")
    assert found.verdict.startswith("high risk: no CR after induction 1")
    assert "1.6 %" in found.reason
    assert "1.47 %" in found.reason
    assert "no CR after induction 1 is itself adverse" in found.notes
    assert found.provenance == "unverified"


@pytest.mark.parametrize("standard", ["nccn-genetics", "eln-genetics"])
def test_disease_class_beyond_philadelphia_negative_is_not_assessable(standard) -> None:
    assert judgement(standard, "risk-baseline").outcome == "not assessable"


def test_mechanism_is_lost_persistence_as_reported() -> None:
    found = judgement("relapse-mechanism", "relapse-2022")
    assert (found.verdict, found.basis) == ("target-positive with lost persistence", "reported")


def test_an_antigen_that_may_be_masked_rests_on_the_rule_of_masking() -> None:
    """Discrepancy 20: masking and loss cannot be told apart."""
    found = judgement("claim", "claim-cd22-lost")
    assert found.outcome == "not assessable"
    assert "hide" in found.clause


def test_the_fall_of_mrd_is_told_as_one_across_methods() -> None:
    """treatment 0.8: 3 % by morphology to 2.68e-5 by flow, 3.05 log10, flagged."""
    notes = judgement("mrd-terms", "ino-day-30", "mrd").notes
    assert any(note.startswith("3.05 log10") and "across methods" in note for note in notes)


def test_penn_is_not_said_where_the_treatment_of_hypotension_is_not_stated() -> None:
    """treatment 0.11: ASTCT grade 2, Penn unknown."""
    assert judgement("penn", "car-t").outcome == "not assessable"
    assert (judgement("astct-crs", "car-t").verdict or "").startswith("grade 2")
