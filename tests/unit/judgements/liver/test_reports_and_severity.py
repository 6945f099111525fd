"""Reports of SOS/VOD, inotuzumab ozogamicin without transplant, and the severity of courses.

Oracle: the rules of reported facts, the printed severity tables, read by hand.
"""

from __future__ import annotations

from pathlib import Path

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

from residua.course.course import arrange
from residua.facts.fact import Fact
from residua.facts.treatment import Treatment
from residua.judgements.liver.vod import judge_vod
from residua.readers.case import read_case

EXAMPLE = Path(__file__).parents[4] / "examples" / "huang-2023"
E16, E23, BALT, SEA = "ebmt-vod/2016", "ebmt-vod/2023", "baltimore/current", "seattle/current"
SICK = (
    bilirubin("1 mg/dL", 8), bilirubin("3 mg/dL", 10), bilirubin("6 mg/dL", 12),
    finding("ascites", 11), weight("60 kg", 0), weight("64 kg", 11),
)  # fmt: skip


def test_the_published_case() -> None:
    """Oracle: case.md; "no SOS/VOD" after InO, nothing said after the transplant of 2019."""
    found = {j.id: j for j in judge_vod(arrange(read_case(EXAMPLE)))}
    words = {name: (j.verdict or j.outcome, j.basis) for name, j in found.items()}
    assert words == {
        "ebmt-vod/2016/hsct/diagnosis": ("not assessable", None),
        "ebmt-vod/2016/ino/diagnosis": ("none", "reported"),
        "ebmt-vod/2023/ino/diagnosis": ("none", "reported"),
        "baltimore/current/ino/diagnosis": ("none", "reported"),
        "seattle/current/ino/diagnosis": ("none", "reported"),
    }
    assert [name for name, j in found.items() if j.published_after_event] == [
        "ebmt-vod/2023/ino/diagnosis"
    ]
    assert all(j.missing for j in found.values())
    assert ("ursodiol", "documented, days not stated") in found[f"{E16}/ino/diagnosis"].details
    assert found[f"{E16}/ino/diagnosis"].provenance == "choice"


def test_a_denial_counts_under_every_set_where_nothing_is_computed() -> None:
    told = finding("VOD", 30, False)
    found = judged(adult(), transplant(), told, bilirubin("1 mg/dL", 5))
    assert {j.verdict for j in found.values()} == {"none"}
    assert {j.basis for j in found.values()} == {"reported"}


def test_a_computed_verdict_wins_over_a_denial() -> None:
    said = judged(adult(), transplant(), *SICK, finding("SOS/VOD", 30, False))
    diagnosis = said[f"{BALT}/hsct/diagnosis"]
    assert (diagnosis.verdict, diagnosis.basis) == ("clinical: day 11", "computed")
    assert "the source reports 'no SOS/VOD'" in diagnosis.notes


def test_an_assertion_counts_under_the_set_that_it_names_or_the_one_in_force() -> None:
    unnamed = verdicts(adult(), transplant(), finding("sinusoidal obstruction syndrome", 14))
    assert unnamed == {
        f"{E16}/hsct": "clinical", f"{E23}/hsct": "not assessable",
        f"{BALT}/hsct": "not assessable", f"{SEA}/hsct": "not assessable",
    }  # fmt: skip
    named = finding("SOS/VOD", 14, standard="seattle")
    assert verdicts(adult(), transplant(), named)[f"{SEA}/hsct"] == "clinical"
    assert verdicts(adult(), transplant(), named)[f"{E16}/hsct"] == "not assessable"
    refined = finding("SOS/VOD", 14, standard="ebmt-vod", version="2023", value="probable")
    assert verdicts(adult(), transplant(), refined)[f"{E23}/hsct"] == "probable"
    open_word = finding("SOS/VOD", 14, standard="ebmt-vod", version="2023")
    assert verdicts(adult(), transplant(), open_word)[f"{E23}/hsct"] == "not assessable"


def test_contradicting_reports_decide_nothing() -> None:
    two = (finding("SOS/VOD", 14), finding("SOS/VOD", 20, False))
    assert set(verdicts(adult(), transplant(), *two).values()) == {"not assessable"}


def test_a_reported_severity() -> None:
    told = finding("SOS/VOD", 14, value="severe")
    said = judged(adult(), transplant(), told)[f"{E16}/hsct/severity"]
    assert (said.verdict, said.basis) == ("grade 3: severe", "reported")
    worse = finding("SOS/VOD", 14, value="very severe")
    assert judged(adult(), transplant(), worse)[f"{E16}/hsct/severity"].verdict == (
        "grade 4: very severe"
    )


REST = (
    finding("multi-organ failure", 20, False), finding("risk factors of SOS/VOD", 0, value="1"),
    lab("alt", "35 U/L", 12, upper="40 U/L"), lab("creatinine", "1.0 mg/dL", 0),
    lab("creatinine", "1.05 mg/dL", 12),
)  # fmt: skip


def test_severity_by_hand() -> None:
    """Day 1 since the first sign and 6 mg/dL are severe, as is a weight gain of 6.7 % then."""
    said = judged(adult(), transplant(), *SICK, *REST)[f"{E16}/hsct/severity"]
    assert (said.verdict, said.basis, said.provenance) == (
        "grade 3: severe", "computed", "unverified",
    )  # fmt: skip


def test_days_count_from_the_first_sign_to_the_day_of_the_criteria() -> None:
    """Bilirubin from day 5 on, ascites on day 11: six days are moderate, as are 3 mg/dL."""
    steady = [bilirubin("3 mg/dL", n) for n in range(5, 13)]
    signs = (*steady, finding("ascites", 11), weight("60 kg", 0), weight("64 kg", 11), *REST)
    said = judged(adult(), transplant(), *signs)[f"{E16}/hsct/severity"]
    assert said.verdict == "grade 2: moderate"
    assert "moderate: 5 to 7 days since the first sign" in said.reason


def test_severity_needs_the_organs() -> None:
    said = judged(adult(), transplant(), *SICK, *REST[1:])[f"{E16}/hsct/severity"]
    assert said.outcome == "not assessable"
    assert said.missing == ("whether there was multi-organ dysfunction or failure",)
    failing = finding("multi-organ failure", 20)
    worst = judged(adult(), transplant(), *SICK, failing)[f"{E16}/hsct/severity"]
    assert worst.verdict == "grade 4: very severe"


def test_severity_of_a_child() -> None:
    """Bilirubin and paracentesis in the severe range: two starred criteria."""
    ascites = finding("ascites", 11, value="paracentesis")
    signs = (*SICK[:3], ascites, finding("multi-organ failure", 20, False))
    said = judged(child(), transplant(), *signs)["ebmt-vod-paediatric/2018/hsct/severity"]
    assert said.verdict == "grade 4: very severe"


def test_ino_counts_from_its_last_dose_for_56_days() -> None:
    """Doses on days 1, 8, 15: day 0 is 14 days after the first."""

    def signs(number: int) -> tuple[Fact, ...]:
        return (
            bilirubin("3 mg/dL", number), finding("ascites", number), weight("60 kg", 0),
            weight("64 kg", number), followed(100),
        )  # fmt: skip

    assert verdicts(adult(), ino(), *signs(14 + 56))[f"{BALT}/ino"] == (
        "clinical: day 56 after the last dose"
    )
    assert verdicts(adult(), ino(), *signs(14 + 57)) == {f"{E16}/ino": "not assessable"}
    early = verdicts(adult(), ino(), *signs(10))
    assert early[f"{E23}/ino"] == "clinical: 4 days before the last dose"
    first = (bilirubin("3 mg/dL", 0), finding("ascites", 0))  # drawn before the first dose
    assert verdicts(adult(), ino(), *first) == {f"{E16}/ino": "not assessable"}
    provenance = {j.provenance for j in judged(adult(), ino(), *signs(20)).values()}
    assert provenance <= {"choice", "unverified"}


def test_late_logic_after_ino_knows_ultrasound() -> None:
    signs = (finding("ascites", 20), finding("doppler: reversed portal flow", 20),
             weight("60 kg", 0), weight("64 kg", 20))  # fmt: skip
    assert verdicts(adult(), ino(), *signs)[f"{E16}/ino"] == "clinical: day 6 after the last dose"


def test_an_episode_ends_where_the_next_begins() -> None:
    """Inotuzumab ozogamicin, then a transplant on day 40: what follows belongs to it."""
    signs = (bilirubin("3 mg/dL", 50), finding("ascites", 50), weight("60 kg", 39),
             weight("64 kg", 50))  # fmt: skip
    found = verdicts(adult(), ino(), transplant(day(40)), *signs)
    assert found[f"{BALT}/hsct"] == "clinical: day 10"
    assert found[f"{E16}/ino"] == "not assessable"
    assert f"{BALT}/ino" not in found


def test_without_days_of_doses_no_day_is_known() -> None:
    drug = {"name": "inotuzumab ozogamicin", "dose": "0.5 mg/m2"}
    treated = Treatment.model_validate({"id": "ino", "start": day(0), "drugs": [drug]})
    found = verdicts(adult(), treated, *SICK)
    assert set(found.values()) == {"not assessable"}


def test_a_drug_that_was_only_planned_is_no_episode() -> None:
    drug = {"name": "InO", "dose": "0.5 mg/m2", "days": "1", "status": "planned"}
    planned = Treatment.model_validate({"id": "ino", "start": day(0), "drugs": [drug]})
    assert verdicts(adult(), planned, *SICK) == {}


@pytest.mark.parametrize("term", ["no ascites", "risk of VOD", "prophylaxis of SOS/VOD"])
def test_words_that_assert_nothing(term: str) -> None:
    found = verdicts(adult(), transplant(), finding(term, 12))
    assert found == {f"{E16}/hsct": "not assessable"}
