"""Gates of the options. Oracle: the limits of treatment labels, trials and surveys as their sources
print them, each just below, at and above; what the record does not state stays unknown."""

from __future__ import annotations

import pytest
from made_decisions import AT, DAY, INO, finding, gate, given, graft, lab, row

from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment
from residua.facts.finding import Event
from residua.facts.mrd import MrdReading
from residua.facts.patient import Patient
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant

AST, ALT = lab("ast", "40 U/L", "40 U/L"), lab("alt", "40 U/L", "40 U/L")
LOW_BILI = lab("bilirubin", "10 umol/L", "20 umol/L")


@pytest.mark.parametrize(
    ("bilirubin", "ast", "used", "by_and"),
    [
        ("29.9", "99", "pass", "pass"),
        ("30", "100", "pass", "pass"),
        ("30.1", "100", "fail", "pass"),
        ("30", "100.1", "fail", "pass"),
        ("30.1", "100.1", "fail", "fail"),
    ],
)
def test_the_liver_by_both_readings_of_the_label(bilirubin, ast, used, by_and) -> None:
    """ULN 20 umol/L and 40 U/L: limits 1.5 x 20 = 30 and 2.5 x 40 = 100."""
    facts = [
        lab("bilirubin", f"{bilirubin} umol/L", "20 umol/L"),
        lab("ast", f"{ast} U/L", "40 U/L"),
    ]
    found = gate(INO, "liver", *facts, ALT)
    assert found.result == used
    assert dict(found.readings) == {"conservative_or": used, "label_and": by_and}


@pytest.mark.parametrize("left_out", [0, 1, 2])
def test_the_liver_without_one_of_its_values_is_unknown(left_out) -> None:
    facts = [LOW_BILI, AST, ALT]
    del facts[left_out]
    assert gate(INO, "liver", *facts).result == "unknown"


def test_one_transaminase_above_its_limit_fails_without_the_other() -> None:
    assert gate(INO, "liver", LOW_BILI, lab("alt", "101 U/L", "40 U/L")).result == "fail"


def test_a_value_without_its_upper_limit_of_normal_is_unknown() -> None:
    found = gate(INO, "liver", lab("bilirubin", "10 umol/L"), AST, ALT)
    assert found.result == "unknown"
    assert found.missing == ("upper limit of normal of bilirubin",)


def test_a_censored_value_counts_as_its_bound() -> None:
    low = lab("bilirubin", "<5 umol/L", "20 umol/L")
    assert gate(INO, "liver", low, AST, lab("alt", "<100 U/L", "40 U/L")).result == "pass"
    assert gate(INO, "liver", low, AST, lab("alt", "<101 U/L", "40 U/L")).result == "unknown"
    assert gate(INO, "liver", low, AST, lab("alt", ">101 U/L", "40 U/L")).result == "fail"


@pytest.mark.parametrize(("day", "result"), [("2022-08-08", "pass"), ("2022-08-07", "unknown")])
def test_blood_counts_for_seven_days_and_no_longer(day, result) -> None:
    facts = [lab("bilirubin", "10 umol/L", "20 umol/L", day=day), AST, ALT]
    found = gate(INO, "liver", *facts)
    assert found.result == result
    assert day in found.reason
    assert ("Residua's choice" in found.reason) == (result == "unknown")


def test_a_value_of_the_day_after_is_not_used() -> None:
    late = lab("bilirubin", "10 umol/L", "20 umol/L", day="2022-08-16")
    assert gate(INO, "liver", late, AST, ALT).missing == ("bilirubin",)


def test_the_last_value_counts_and_two_of_one_day_that_differ_settle_nothing() -> None:
    early = lab("bilirubin", "60 umol/L", "20 umol/L", day="2022-08-10", n=2)
    same = lab("bilirubin", "60 umol/L", "20 umol/L", n=2)
    assert gate(INO, "liver", early, LOW_BILI, AST, ALT).result == "pass"
    assert gate(INO, "liver", same, LOW_BILI, AST, ALT).result == "unknown"


@pytest.mark.parametrize(
    ("blasts", "label", "trial"),
    [("9999", "pass", "pass"), ("10000", "pass", "fail"), ("10001", "fail", "fail")],
)
def test_blood_blasts_of_label_and_trial_differ_at_ten_thousand(blasts, label, trial) -> None:
    blood = lab("blasts", f"{blasts} /uL")
    assert gate(INO, "blood-blasts", blood).result == label
    assert gate(INO, "trial-blood-blasts", blood).result == trial


def test_blood_blasts_as_a_share_need_the_leucocytes_of_the_draw() -> None:
    """25 % of 40 x 10e9/L are 10 000 per uL; 0 % are none."""
    share = lab("blasts", "25 %")
    assert gate(INO, "blood-blasts", share).result == "unknown"
    assert gate(INO, "blood-blasts", share, lab("wbc", "40 10*9/L")).result == "pass"
    assert gate(INO, "blood-blasts", share, lab("wbc", "40.1 10*9/L")).result == "fail"
    assert gate(INO, "blood-blasts", lab("blasts", "0 %")).result == "pass"


@pytest.mark.parametrize(
    ("hsct", "result"),
    [("2022-04-14", "pass"), ("2022-04-15", "fail"), ("2022-04-16", "fail"),
     ("2022-04", "unknown"), ("2022", "unknown"), ("2021", "pass")],
)  # fmt: skip
def test_four_months_since_a_transplant_by_every_day_that_is_possible(hsct, result) -> None:
    assert gate(INO, "trial-months-since-transplant", graft(hsct)).result == result


def test_without_a_transplant_in_the_treatments_four_months_are_no_hindrance() -> None:
    name = "trial-months-since-transplant"
    assert gate(INO, name, given("first", "2020-01-01", "vincristine")).result == "pass"
    assert gate(INO, name).result == "unknown"


@pytest.mark.parametrize(
    ("blasts", "result"), [("4.9 %", "fail"), ("5 %", "pass"), ("5.1 %", "pass")]
)
def test_five_percent_of_the_marrow_for_the_trials(blasts, result) -> None:
    at = AT.model_copy(update={"blasts": Assessment(blasts=blasts).blasts})
    assert gate(INO, "trial-marrow-blasts", at=at).result == result
    assert gate("second-cd19-car-t", "trial-marrow-blasts", at=at).result == result


@pytest.mark.parametrize(("age", "label", "car_t"), [
    ("0 a", "fail", "pass"), ("1 a", "pass", "pass"), ("25 a", "pass", "pass"),
    ("26 a", "pass", "fail"),
])  # fmt: skip
def test_ages_of_the_labels(age, label, car_t) -> None:
    """Born on the day of the decision, so many years before."""
    born = Patient(id="p", birth=f"{2022 - int(age.split()[0])}-08-15")
    assert gate(INO, "label-age", born).result == label
    assert gate("second-cd19-car-t", "label-age", born).result == car_t


@pytest.mark.parametrize(
    ("value", "result"), [("469 ms", "pass"), ("470 ms", "pass"), ("471 ms", "fail")]
)
def test_qtcf(value, result) -> None:
    assert gate(INO, "trial-qtcf", lab("qtcf", value)).result == result


@pytest.mark.parametrize(("percent", "result"), [(19.9, "fail"), (20, "pass"), (20.1, "pass")])
def test_an_antigen_is_positive_from_twenty_percent(percent, result) -> None:
    reading = AntigenReading(id="r", assessment="relapse", marker="CD22", percent=percent)
    assert gate(INO, "cd22-positive", reading).result == result


@pytest.mark.parametrize(("percent", "words"), [(69.9, 2), (70, 1), (89.9, 1), (90, 0)])
def test_a_partial_antigen_is_called_so(percent, words) -> None:
    reading = AntigenReading(id="r", assessment="relapse", marker="CD22", percent=percent)
    notes = gate(INO, "cd22-positive", reading).notes
    assert sum("INO-VATE" in note for note in notes) == words


@pytest.mark.parametrize(("cycles", "result"), [(4, "pass"), (5, "pass"), (6, "fail")])
def test_cycles_of_the_label(cycles, result) -> None:
    courses = [given(f"ino-{n}", f"2022-0{n}-01", "InO") for n in range(1, cycles + 1)]
    found = row(INO, *courses)
    assert next(g for g in found.gates if g.gate == "label-cycles").result == result
    factor = next(f for f in found.vod_factors if f.flag == "vod-cycles")
    assert factor.result == "present"


@pytest.mark.parametrize(("cycles", "result"), [(2, "absent"), (3, "present")])
def test_more_than_two_cycles(cycles, result) -> None:
    last = given("ino", "2022-01-01", "InO", cycle=cycles)
    found = row(INO, last)
    assert next(f for f in found.flags if f.flag == "more-than-two-cycles").result == result


@pytest.mark.parametrize(
    ("bilirubin", "result"), [("19.9", "absent"), ("20", "present"), ("20.1", "present")]
)
def test_bilirubin_at_its_upper_limit_is_a_risk_factor(bilirubin, result) -> None:
    found = row(INO, lab("bilirubin", f"{bilirubin} umol/L", "20 umol/L"))
    assert next(f for f in found.vod_factors if f.flag == "vod-bilirubin").result == result


REMISSION = (
    given("first", "2020-01-01", "vincristine"),
    lab("platelets", "101 10*9/L"), lab("neutrophils", "1.1 10*9/L"),
)  # fmt: skip
OUT = Assessment(id="relapse", date=DAY, kind="morphology", blasts="3 %", extramedullary="none",
                 response_reported="MRD relapse")  # fmt: skip


def mrd(fraction: str) -> MrdReading:
    return MrdReading(
        id="m", assessment="relapse", method="flow", status="quantified", fraction=fraction
    )


@pytest.mark.parametrize(
    ("level", "result"), [("0.099 %", "fail"), ("0.1 %", "pass"), ("0.11 %", "pass")]
)
def test_the_mrd_indication_of_blinatumomab(level, result) -> None:
    assert gate("blinatumomab", "label-mrd", *REMISSION, mrd(level), at=OUT).result == result


@pytest.mark.parametrize(
    ("platelets", "neutrophils", "result"),
    [("100", "1.1", "fail"), ("101", "1.0", "fail"), ("101", "1.1", "pass")],
)
def test_its_remission_has_strict_limits(platelets, neutrophils, result) -> None:
    counts = (
        lab("platelets", f"{platelets} 10*9/L"), lab("neutrophils", f"{neutrophils} 10*9/L")
    )  # fmt: skip
    facts = (REMISSION[0], *counts, mrd("1 %"))
    assert gate("blinatumomab", "label-mrd", *facts, at=OUT).result == result


@pytest.mark.parametrize(("blasts", "result"), [("5 %", "pass"), ("5.1 %", "fail")])
def test_five_percent_blasts_are_still_that_remission(blasts, result) -> None:
    at = OUT.model_copy(update={"blasts": Assessment(blasts=blasts).blasts})
    assert gate("blinatumomab", "label-mrd", *REMISSION, mrd("1 %"), at=at).result == result


def test_a_third_remission_is_outside_the_mrd_indication() -> None:
    relapses = [
        Event(id=f"r{n}", date=f"202{n}-06", kind="relapse reported", detail="haematological")
        for n in (0, 1)
    ]
    first = given("first", "2019-01-01", "vincristine")
    one = (first, *REMISSION[1:], mrd("1 %"), relapses[0])
    assert gate("blinatumomab", "label-mrd", *one, at=OUT).result == "pass"
    assert gate("blinatumomab", "label-mrd", *one, relapses[1], at=OUT).result == "fail"


@pytest.mark.parametrize(
    ("blasts", "result"), [("49 %", "pass"), ("50 %", "fail"), ("51 %", "fail")]
)
def test_cytoreduction_first_by_the_marrow(blasts, result) -> None:
    at = AT.model_copy(update={"blasts": Assessment(blasts=blasts).blasts})
    assert gate("blinatumomab", "disease-burden", lab("blasts", "0 %"), at=at).result == result


@pytest.mark.parametrize(
    ("blasts", "result"), [("14999", "pass"), ("15000", "pass"), ("15001", "fail")]
)
def test_cytoreduction_first_by_the_blood(blasts, result) -> None:
    assert gate("blinatumomab", "disease-burden", lab("blasts", f"{blasts} /uL")).result == result


@pytest.mark.parametrize(
    ("facts", "result"),
    [
        ([], "unknown"),
        ([graft()], "pass"),
        ([graft(donor="haploidentical", relation="father")], "pass"),
        ([graft(donor="autologous")], "fail"),
        ([graft(donor="cord")], "unknown"),
        ([Transplant(id="hsct", date="2020-01-01")], "unknown"),
    ],
)
def test_a_donor(facts, result) -> None:
    assert gate("dli", "donor", *facts).result == result


@pytest.mark.parametrize(
    ("text", "result"),
    [
        ("stopped within 6 months", "pass"),
        ("tapered, never stopped", "unknown"),
        ("being tapered", "unknown"),
        (None, "unknown"),
    ],
)
def test_immunosuppression_as_the_transplant_tells(text, result) -> None:
    found = gate("dli", "off-immunosuppression", graft(immunosuppression_stopped=text))
    assert found.result == result
    assert (found.provenance == "reported") == (result == "pass")


def test_immunosuppression_that_may_not_have_ended_yet_or_began_again_is_unknown() -> None:
    text = "stopped within 6 months"
    soon = graft("2022-03-01", immunosuppression_stopped=text)
    assert gate("dli", "off-immunosuppression", soon).result == "unknown"
    steroid = Support(id="s", date="2022-08-01", kind="steroid")
    old = graft(immunosuppression_stopped=text)
    assert gate("dli", "off-immunosuppression", old, steroid).result == "unknown"
    now = finding("immunosuppression", True)
    assert gate("dli", "off-immunosuppression", old, now).result == "fail"


def test_what_the_transplant_tells_of_immunosuppression_holds_until_the_next_therapy() -> None:
    old = graft(immunosuppression_stopped="stopped within 6 months")
    cells = CellInfusion(id="cells", date="2022-01-10", kind="car-t", target=("CD19",))
    found = gate("dli", "off-immunosuppression", old, cells)
    assert (found.result, found.missing) == ("unknown", ("immunosuppression at the decision",))
    assert "not stated after cells" in found.reason


@pytest.mark.parametrize(("hsct", "result"), [("2021-08-15", "absent"), ("2021-08-16", "unknown")])
def test_six_months_off_immunosuppression(hsct, result) -> None:
    """Stopped within 6 months of the transplant: at least 6 months ago from month 12 on."""
    made = graft(hsct, immunosuppression_stopped="stopped within 6 months")
    flags = {f.flag: f.result for f in row("dli", made).flags}
    assert flags["recently-off-immunosuppression"] == result
