"""SOS/VOD of courses. Oracle: the printed sets, read by hand for each invented course."""

from __future__ import annotations

import pytest
from made import (
    adult,
    bilirubin,
    child,
    day,
    finding,
    followed,
    ino,
    judged,
    lab,
    transplant,
    verdicts,
    weight,
)  # fmt: skip

from residua.facts.fact import Fact
from residua.facts.patient import Patient
from residua.facts.support import Support
from residua.facts.treatment import Treatment

E16, E23, BALT, SEA = (f"{s}/hsct" for s in ("ebmt-vod/2016", "ebmt-vod/2023",
                                             "baltimore/current", "seattle/current"))  # fmt: skip
KIDS = "ebmt-vod-paediatric/2018/hsct"
JAUNDICE = (bilirubin("1 mg/dL", 8), bilirubin("3 mg/dL", 10))
WEIGHTS = (weight("60 kg", 0), weight("64 kg", 11))


def of(*facts: Fact) -> dict[str, str | None]:
    return verdicts(adult(), transplant(), *facts)


def test_classical_by_day_21_and_late_beyond() -> None:
    def signs(number: int) -> tuple[Fact, ...]:
        return (
            weight("60 kg", 0), bilirubin("3 mg/dL", number), finding("ascites", number),
            weight("64 kg", number),
        )  # fmt: skip

    assert of(*signs(21))[E16] == "clinical: classical"
    assert of(*signs(21))[BALT] == "clinical: day 21"
    late = of(*signs(25), followed(40))
    assert late[E16] == "clinical: late onset, day 25"
    assert late[E23] == "clinical: late onset, day 25"
    assert late[BALT] == "not assessable"  # days 1 to 21 were not looked at


def test_signs_last_seen_by_day_21_are_no_late_onset() -> None:
    """EBMT 2016: without jaundice nothing is met by day 21, and carried signs begin nothing."""
    signs = (finding("painful hepatomegaly", 15), finding("ascites", 15), finding("ultrasound", 15))
    daily = [bilirubin("0.5 mg/dL", n) for n in range(31)]
    assert of(*signs, *daily, followed(40))[E16] == "not assessable"
    again = finding("ascites", 24)
    assert of(*signs, again, *daily, followed(40))[E16] == "clinical: late onset, day 24"
    early, late = (finding("histology of VOD", n) for n in (10, 25))
    assert of(early, *daily, followed(40))[E16] == "not assessable"
    assert of(late, *daily, followed(40))[E16] == "proven: late onset, day 25"


def test_none_needs_every_day() -> None:
    """Bilirubin of 0.5 on each day to day 21 excludes Baltimore; one day less does not."""
    daily = [bilirubin("0.5 mg/dL", n) for n in range(22)]
    assert of(*daily, followed(30))[BALT] == "none"
    assert of(*daily[:9], *daily[10:], followed(30))[BALT] == "not assessable"
    assert of(*daily, followed(30))[E16] == "not assessable"  # late onset is open


def test_what_was_not_measured_is_unknown() -> None:
    found = judged(adult(), transplant(), *JAUNDICE)
    said = found[f"{BALT}/diagnosis"]
    assert said.outcome == "not assessable"
    assert set(said.missing) == {"painful hepatomegaly", "weight and its baseline", "ascites"}
    assert "met: bilirubin 3 mg/dL (day 10)" in said.reason


def test_a_sign_shown_gone_does_not_count_with_later_ones() -> None:
    early = (bilirubin("3 mg/dL", 5), bilirubin("0.6 mg/dL", 7))
    late = (finding("ascites", 12), *WEIGHTS)
    assert of(*early, *late)[BALT] == "not assessable"
    assert of(early[0], *late)[BALT] == "clinical: day 12"


def test_pain_and_size_of_the_liver() -> None:
    base = (*JAUNDICE, finding("ascites", 10))
    assert of(*base, finding("hepatomegaly", 12))[BALT] == "not assessable"  # painful or not
    painful = (finding("hepatomegaly", 12), finding("right upper quadrant pain", 13))
    assert of(*base, *painful)[BALT] == "clinical: day 13"
    assert of(*base, finding("painful hepatomegaly", 12))[BALT] == "clinical: day 12"
    assert of(*JAUNDICE, finding("RUQ pain", 12))[SEA] == "clinical: day 12"
    assert of(*JAUNDICE, finding("hepatomegaly", 12))[SEA] == "clinical: day 12"


def test_2023_rises_from_probable_to_proven() -> None:
    probable = (*JAUNDICE, finding("ascites", 10))
    assert of(*probable)[E23] == "probable: classical"
    clinical = (*probable, *WEIGHTS)
    assert of(*clinical)[E23] == "clinical: classical"
    proven = (*clinical, finding("HVPG", 30, value="10 mmHg"))
    assert of(*proven)[E23] == "proven: classical"
    below = (*clinical, finding("HVPG", 30, value="9 mmHg"))
    assert of(*below)[E23] == "clinical: classical"


def test_2016_late_by_ultrasound_or_histology() -> None:
    two = (finding("ascites", 30), weight("60 kg", 0), weight("64 kg", 30))
    seen = finding("ultrasound suggestive of SOS/VOD", 31)
    assert of(*two, seen)[E16] == "clinical: late onset, day 31"
    assert of(*two)[E16] == "not assessable"
    assert of(finding("liver biopsy", 30))[E16] == "proven: late onset, day 30"


def test_children_have_their_own_set() -> None:
    signs = (finding("refractory thrombocytopenia", 9), *JAUNDICE)
    found = verdicts(child(), transplant(), *signs)
    assert set(found) == {KIDS, BALT, SEA}
    assert found[KIDS] == "clinical: day 10"  # 1 mg/dL on day 8, 3 mg/dL two days later


def test_an_open_age_asks_for_it() -> None:
    found = judged(transplant(), *JAUNDICE)
    assert {f"{E16}/diagnosis", f"{KIDS}/diagnosis"} <= set(found)
    assert any("18 years" in note for note in found[f"{KIDS}/diagnosis"].notes)


def test_age_at_diagnosis_counts_to_the_transplant() -> None:
    grown = Patient.model_validate({"id": "p", "birth": "2002-03"})
    assert KIDS in verdicts(grown, transplant("2020-02-28"), *JAUNDICE)
    assert KIDS not in verdicts(grown, transplant("2020-04-01"), bilirubin("3 mg/dL", 40))


def test_paediatric_runs_of_three_days() -> None:
    rising = [bilirubin(f"0.{n} mg/dL", n) for n in range(4, 8)]
    ascites = finding("ascites", 7)
    assert verdicts(child(), transplant(), *rising, ascites)[KIDS] == "clinical: day 7"
    assert verdicts(child(), transplant(), *rising[1:], ascites)[KIDS] == "not assessable"
    pounds = [weight(f"20.{n} kg", n) for n in range(4)]
    pills = finding("diuretics", 1)
    found = verdicts(child(), transplant(), *pounds, pills, finding("ascites", 3))
    assert found[KIDS] == "clinical: day 3"
    found = verdicts(child(), transplant(), *pounds, finding("ascites", 3))
    assert found[KIDS] == "not assessable"


def test_a_liver_that_was_large_before_is_not_above_baseline() -> None:
    before = finding("hepatomegaly", -20)
    after = (finding("hepatomegaly", 9), finding("ascites", 9))
    assert verdicts(child(), transplant(), *after)[KIDS] == "clinical: day 9"
    assert verdicts(child(), transplant(), before, *after)[KIDS] == "not assessable"
    said = finding("hepatomegaly above baseline", 9)
    found = verdicts(child(), transplant(), before, said, finding("ascites", 9))
    assert found[KIDS] == "clinical: day 9"


def test_nothing_of_the_liver_is_one_judgement() -> None:
    assert verdicts(adult(), transplant(), weight("60 kg", 1)) == {E16: "not assessable"}
    later = transplant("2024-03-01")
    assert verdicts(adult(), later) == {E23: "not assessable"}
    assert verdicts(child(), transplant()) == {KIDS: "not assessable"}
    assert verdicts(adult(), bilirubin("9 mg/dL", 3)) == {}


@pytest.mark.parametrize(("when", "later"), [("2022-12-31", True), ("2023-07-01", False)])
def test_published_after_the_event(when: str, later: bool) -> None:
    told = finding("SOS/VOD", None, present=False, after="hsct")
    found = judged(adult(), transplant(when), told)
    assert found[f"{E23}/diagnosis"].published_after_event is later
    assert not found[f"{E16}/diagnosis"].published_after_event


def test_a_day_of_day_zero_counts_as_baseline_of_weight_only() -> None:
    signs = (bilirubin("3 mg/dL", 0), finding("ascites", 1), weight("60 kg", 0), weight("64 kg", 1))
    assert of(*signs)[BALT] == "clinical: day 1"


def test_a_date_of_a_month_is_a_range() -> None:
    """Ascites of some day in March may lie before or after day 21 of a transplant on 1 March."""
    some_day = finding("ascites", None, date="2020-03")
    signs = (bilirubin("3 mg/dL", 10), *WEIGHTS, some_day)
    assert of(*signs, followed(60))[BALT] == "not assessable"
    assert of(*signs, followed(60))[E16] == "clinical"  # classical or late


def test_signs_without_a_day() -> None:
    """2023 knows no time limit: an undated sign after the transplant counts."""
    signs = (*JAUNDICE, finding("ascites", None, after="hsct"))
    assert of(*signs)[E23] == "probable"
    assert of(*signs, *WEIGHTS)[BALT] == "not assessable"


def test_conflicting_values_decide_nothing() -> None:
    two = (bilirubin("1.9 mg/dL", 10), bilirubin("2.5 mg/dL", 10))
    assert of(*two, finding("ascites", 10), *WEIGHTS)[BALT] == "not assessable"
    both = (bilirubin("2.1 mg/dL", 10), bilirubin("2.5 mg/dL", 10))
    assert of(*both, finding("ascites", 10), *WEIGHTS)[BALT] == "clinical: day 11"


def test_drugs_and_recovery_beside_the_diagnosis() -> None:
    urso = Support.model_validate({"id": "u", "kind": "ursodiol", "date": day(-7)})
    drug = {"name": "defibrotide", "dose": "6.25 mg/kg", "days": "1-21"}
    treated = Treatment.model_validate({"id": "d", "start": day(13), "drugs": [drug]})
    signs = (*JAUNDICE, finding("ascites", 12), *WEIGHTS)
    gone = (bilirubin("0.9 mg/dL", 30), finding("ascites", 31, False), weight("61 kg", 28))
    found = judged(adult(), transplant(), urso, treated, *signs, *gone, followed(60))
    details = dict(found[f"{BALT}/diagnosis"].details)
    assert details["onset"] == "day 12"
    assert details["recovery"] == "every sign shown gone by day 31"
    assert details["ursodiol"] == "documented, begun before"
    assert details["defibrotide"] == "documented from day 13"
    assert "bilirubin 3 mg/dL (day 10)" in details["criteria"]


def test_every_judgement_has_its_sources() -> None:
    labs = (lab("alt", "300 U/L", 12, upper="40 U/L"), lab("creatinine", "0.8 mg/dL", 0))
    signs = (*JAUNDICE, finding("ascites", 12), *WEIGHTS, *labs)
    for said in judged(adult(), transplant(), ino("ino", "2021-01-01"), *signs).values():
        assert said.clause
        assert said.cite
        assert said.provenance
        assert said.reason
        assert (said.verdict is None) == (said.outcome != "verdict")
