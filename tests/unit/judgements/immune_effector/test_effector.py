"""CRS and ICANS after CAR-T cells. Oracle: the published case's table; invented courses by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.laboratory import Vital
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion
from residua.judgements.immune_effector.effector import judge_effector
from residua.judgements.judgement import Judgement
from residua.readers.case import read_case

EXAMPLE = Path(__file__).parents[4] / "examples" / "huang-2023"
CRS, ICANS = "astct-crs/2019/car-t/crs", "astct-icans/2019/car-t/icans"
LEE, PENN = "lee/2014/car-t/crs", "penn/2018/car-t/crs"


def infusion(**fields: object) -> CellInfusion:
    given = {"id": "car-t", "kind": "car-t", "date": "2024-03-01", **fields}
    return CellInfusion.model_validate(given)


def finding(term: str, day: str = "car-t+2d", **fields: object) -> Finding:
    return Finding.model_validate(
        {"id": term.lower().replace(" ", "-"), "term": term, "date": day, "present": True, **fields}
    )


def support(kind: str, first: str, last: str = "", **fields: object) -> Support:
    days = {"date": first, **({"end": last} if last else {})}
    given = {"id": f"{kind}-{first}".replace("+", "-"), "kind": kind, **days, **fields}
    return Support.model_validate(given)


def judged(*facts: Fact, given: CellInfusion | None = None) -> dict[str, Judgement]:
    case = Case("x", "x", (given or infusion(), *facts))
    return {j.id: j for j in judge_effector(arrange(case))}


CALM = (finding("fever"), finding("hypoxia", present=False))


def test_the_published_case() -> None:
    """Grade 2 and no ICANS as reported; Lee and Penn lack the treatment of the hypotension."""
    found = {j.id: j for j in judge_effector(arrange(read_case(EXAMPLE)))}
    said = {name: (j.verdict or j.outcome, j.basis) for name, j in found.items()}
    assert said == {
        CRS: ("grade 2", "reported"),
        LEE: ("not assessable", None),
        PENN: ("not assessable", None),
        ICANS: ("grade 0", "reported"),
    }
    assert "fever, hypotension" in "; ".join(found[CRS].notes)
    assert "scale not stated" in "; ".join(found[CRS].notes)
    assert found[CRS].missing
    assert found[PENN].missing == ("what the hypotension was treated with",)
    assert not any(j.published_after_event for j in found.values())


def test_only_car_t_cells_are_judged() -> None:
    assert judged(given=infusion(kind="dli")) == {}
    assert set(judged()) == {CRS, LEE, PENN, ICANS}


def test_what_hypotension_needed_is_not_guessed() -> None:
    """Without its treatment grade 2, 3 and 4 stay possible; no vasopressor makes it grade 2."""
    unstated = judged(*CALM, finding("hypotension"))[CRS]
    assert unstated.outcome == "not assessable"
    assert "grade 2, 3 or 4" in unstated.reason
    denied = judged(*CALM, finding("hypotension"), finding("vasopressor", present=False))[CRS]
    assert (denied.verdict, denied.basis) == ("grade 2", "computed")


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((("noradrenaline", 3, 5),), "grade 3"),
        ((("noradrenaline", 3, 5), ("vasopressin", 3, 5)), "grade 3"),
        ((("norepinephrine 0.1", 3, 5), ("noradrenaline 0.2", 3, 5)), "grade 3"),
        ((("noradrenaline", 3, 5), ("adrenaline", 5, 6)), "grade 4"),
        ((("noradrenaline", 3, 4), ("adrenaline", 5, 6)), "grade 3"),
        ((("", 3, 5), ("", 4, 6)), "not assessable"),
        ((("noradrenaline", 3, 0), ("adrenaline", 5, 6)), "not assessable"),
    ],
)
def test_several_vasopressors_at_one_time(
    rows: tuple[tuple[str, int, int], ...], said: str
) -> None:
    """Two agents on one day are grade 4, vasopressin not counted; unstated ends leave it open."""
    given = [
        support("vasopressor", f"car-t+{a}d", f"car-t+{b}d" if b else "", id=f"v-{n}", amount=name)
        for n, (name, a, b) in enumerate(rows)
    ]
    found = judged(*CALM, *given)[CRS]
    assert (found.verdict or found.outcome) == said


def test_a_systolic_value_is_no_sign() -> None:
    vital = {"id": "bp", "date": "car-t+2d", "item": "systolic", "value": "60 mm[Hg]"}
    found = judged(*CALM, Vital.model_validate(vital))[CRS]
    assert found.outcome == "not assessable"
    assert "whether there was hypotension and what it needed" in found.missing
    assert "no source read gives a limit for systolic pressure" in " ".join(found.notes)


@pytest.mark.parametrize(
    ("day", "verdict"), [(0, "grade 2"), (30, "grade 2"), (31, "grade 1"), (-1, "grade 1")]
)
def test_the_window_is_day_0_to_30(day: int, verdict: str) -> None:
    """Oxygen outside the window does not count; the window is marked as a choice."""
    oxygen = support("oxygen", f"car-t{day:+d}d", amount="2 L/min")
    no_pressure = finding("hypotension", present=False)
    found = judged(*CALM, no_pressure, oxygen)[CRS]
    assert found.verdict == verdict
    assert found.provenance == "choice"
    assert "Residua's choice" in dict(found.details)["window"]


def test_what_the_record_lays_to_another_cause_or_to_the_infusion() -> None:
    oxygen = finding("hypoxia", "car-t+40d", id="late", value="nasal cannula", attribution="car-t")
    base = (finding("fever"), finding("hypotension", present=False))
    assert judged(*base, oxygen)[CRS].verdict == "grade 2"
    sepsis = finding("sepsis", "car-t+2d")
    other = finding("hypoxia", "car-t+2d", value="nasal cannula", attribution="sepsis")
    assert judged(*base, sepsis, other)[CRS].outcome == "not assessable"


def test_a_month_that_only_overlaps_the_window_settles_nothing() -> None:
    """April may be day 22 or day 51 after an infusion on 10 March."""
    oxygen = finding("hypoxia", "2024-04", id="maybe", value="cpap")
    base = (*CALM, finding("hypotension", present=False))
    found = judged(*base, oxygen, given=infusion(date="2024-03-10"))[CRS]
    assert found.outcome == "not assessable"
    assert "maybe: whether it belongs" in " ".join(found.notes)


def test_one_day_told_twice_settles_nothing() -> None:
    twice = (finding("hypotension", value="fluids"), finding("hypotension", id="b", present=False))
    found = judged(*CALM, *twice)[CRS]
    assert found.outcome == "not assessable"


def test_fever_is_not_needed_once_treated() -> None:
    """Tocilizumab on the day of the hypotension or before; given later, it explains nothing."""
    facts = (finding("fever", present=False), finding("hypoxia", present=False))
    low = finding("hypotension", "car-t+3d", value="fluids")
    before, after = (
        judged(*facts, low, support("tocilizumab", f"car-t+{day}d"))[CRS] for day in (3, 4)
    )
    assert before.verdict == "grade 2"
    assert after.outcome == "not assessable"


def test_free_text_is_not_read() -> None:
    """Of "severe hypotension on two vasopressors" no word is taken."""
    text = finding("hypotension", value="severe, on two vasopressors")
    assert "grade 2, 3 or 4" in judged(*CALM, text)[CRS].reason
    other = finding("feverish and hypotensive")
    assert judged(other)[CRS].facts == ("car-t",)


def test_consciousness_does_not_count_under_sedation() -> None:
    facts = (finding("ICE", value="7"), finding("consciousness", value="unarousable"))
    assert judged(*facts)[ICANS].verdict == "grade 4"
    assert judged(*facts, finding("sedation"))[ICANS].verdict == "grade 1"


def test_a_report_needs_its_scale_or_its_year() -> None:
    """Before 2019 a grade without a scale is of none; a denial is grade 0 on each."""
    report = finding("CRS", grade_reported=2)
    assert judged(report)[CRS].verdict == "grade 2"
    early = judged(report, given=infusion(date="2017-03-01"))[CRS]
    assert early.outcome == "not assessable"
    assert early.published_after_event
    denied = judged(finding("CRS", present=False))
    assert {denied[name].verdict for name in (CRS, LEE, PENN)} == {"grade 0"}
    named = judged(finding("CRS", grade_reported=3, standard="Penn"))
    assert (named[PENN].verdict, named[PENN].basis) == ("grade 3", "reported")
    assert named[CRS].outcome == "not assessable"
    ctcae = judged(finding("CRS", grade_reported=3, standard="ctcae", version="5.0"))
    assert {ctcae[name].outcome for name in (CRS, LEE, PENN)} == {"not assessable"}


def test_a_report_that_does_not_fit_gives_no_verdict() -> None:
    """Two differing reports, or a grade below what is recorded."""
    low = (*CALM, finding("hypotension"), finding("CRS", grade_reported=1))
    assert "does not fit" in judged(*low)[CRS].reason
    two = (finding("CRS", grade_reported=2), finding("CRS", id="b", grade_reported=3))
    assert "reports differ: grade 2 and grade 3" in judged(*two)[CRS].reason
    present = judged(finding("CRS"))[CRS]
    assert present.outcome == "not assessable"
    assert "the source reports CRS" in present.notes


def test_a_report_of_the_month_of_the_only_infusion_counts() -> None:
    """CRS of the month of the infusion follows it; beside a second infusion it is of neither."""
    report = finding("CRS", "2024-03", grade_reported=2)
    month = infusion(date="2024-03")
    assert judged(report, given=month)[CRS].verdict == "grade 2"
    again = infusion(id="again", date="2024-03-20")
    two = judged(report, again, given=month)
    assert {j.outcome for j in two.values()} == {"not assessable"}
    before = finding("CRS", "2024-02", grade_reported=2)
    assert judged(before, given=month)[CRS].outcome == "not assessable"
