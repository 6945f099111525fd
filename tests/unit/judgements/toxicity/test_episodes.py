"""Episodes. Oracle: made-up series whose onset, worst grade and recovery are read off by eye."""

from __future__ import annotations

import pytest

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.laboratory import Lab
from residua.facts.support import Support
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.judgements.judgement import Judgement
from residua.judgements.toxicity.toxicity import judge_toxicity

INO = Treatment.model_validate(
    {"id": "ino", "start": "2022-01-10",
     "drugs": [{"name": "inotuzumab ozogamicin", "dose": "0.8 mg/m2", "days": "1,8,15"}]}
)  # fmt: skip
LOWER = "150 10*9/L"


def counts(*values: tuple[str, float | str], lower: str | None = LOWER) -> list[Lab]:
    return [
        Lab.model_validate({"id": f"p{n}", "date": day, "analyte": "platelets",
                            "value": f"{value} 10*9/L", "lower": lower})
        for n, (day, value) in enumerate(values, 1)
    ]  # fmt: skip


def judged(*facts: Fact, version: str = "5.0") -> list[Judgement]:
    course = arrange(Case("x", "x", facts))
    return [j for j in judge_toxicity(course) if j.version == version]


def said(judgement: Judgement, name: str) -> str:
    return dict(judgement.details).get(name, "")


ONE = counts(
    ("2022-01-09", 200), ("2022-01-15", 80), ("2022-01-20", 12), ("2022-01-24", 60),
    ("2022-01-30", 160),
)  # fmt: skip


def test_one_episode_from_onset_to_recovery() -> None:
    (episode,) = judged(INO, *ONE)
    assert episode.id == "ctcae/5.0/p2/platelets"
    assert (episode.outcome, episode.verdict, episode.basis) == ("verdict", "grade 4", "computed")
    assert (
        said(episode, "onset") == "grade 1 on 2022-01-15 (p2); grade 0 on 2022-01-09 (p1) before it"
    )
    assert said(episode, "worst") == "grade 4 on 2022-01-20 (p3: 12 10*9/L)"
    assert said(episode, "recovery") == (
        "grade 0 on 2022-01-30 (p5), so to grade 0; grade 2 on 2022-01-24 (p4) last: between "
        "2022-01-25 and 2022-01-30"
    )
    assert said(episode, "support") == "none documented"
    assert set(episode.facts) == {"p2", "p3", "p4", "p5"}


def test_the_other_version_is_judged_and_marked() -> None:
    (episode,) = judged(INO, *ONE, version="6.0")
    assert episode.verdict == "grade 3"
    assert episode.published_after_event


def test_the_window_lists_every_therapy_with_its_days_and_lays_nothing_to_it() -> None:
    infusion = CellInfusion(id="car-t", date="2021-12-01", kind="car-t")
    later = Treatment(id="next", start="2022-01-25")
    (episode,) = judged(INO, infusion, later, *ONE)
    assert said(episode, "window") == (
        "ino (began 5 days before, last dose 9 days after the onset); car-t (45 days before); "
        "next (began 10 days after the onset, last dose not stated)"
    )
    assert "earlier lines" not in dict(episode.details)


def test_therapies_of_earlier_lines_are_counted_in_the_window_and_listed_apart() -> None:
    """The nearest first; what is years old does not bury what came last, and is not lost."""
    first = Treatment(id="first", start="2019-01-10", drugs=INO.drugs)
    graft = Transplant(id="graft", date="2019-06-01")
    relapse = Event(id="again", date="2021-12-20", kind="relapse reported")
    (episode,) = judged(first, graft, relapse, INO, *ONE)
    assert said(episode, "window") == (
        "ino (began 5 days before, last dose 9 days after the onset); "
        "in earlier lines of therapy 2, the last graft (31-32 months before)"
    )
    assert said(episode, "earlier lines") == (
        "graft (31-32 months before); "
        "first (began 36-37 months before, last dose 35-36 months before)"
    )


@pytest.mark.parametrize(
    ("kind", "words"),
    [("platelets", "with support: platelets (2022-01-21)"), ("red cells", "none documented")],
)
def test_support_within_the_episode(kind: str, words: str) -> None:
    support = Support(id="s", date="2022-01-21", kind=kind)  # type: ignore[arg-type]
    (episode,) = judged(INO, support, *ONE)
    assert said(episode, "support") == words


def test_days_without_values_are_counted_and_not_filled_in() -> None:
    (episode,) = judged(INO, *ONE)
    assert said(episode, "counts") == (
        "3 values; 12 days without one, the longest stretch 5 (2022-01-25 to 2022-01-29): what "
        "happened in them is not known"
    )


def test_two_nadirs_with_a_normal_value_between_are_two_episodes() -> None:
    more = counts(("2022-02-10", 20), ("2022-02-20", 200))
    two = judged(INO, *ONE, *(lab.model_copy(update={"id": f"q{lab.id}"}) for lab in more))
    assert [(j.subject, j.verdict) for j in two] == [("p2", "grade 4"), ("qp1", "grade 4")]


def test_without_a_limit_of_normal_the_recovery_is_not_assessable() -> None:
    values = [("2022-01-20", 12), ("2022-01-30", 160), ("2022-02-10", 40)]
    first, second = judged(INO, *counts(*values, lower=None))
    assert (first.verdict, second.verdict) == ("grade 4", "grade 3")
    assert said(first, "recovery") == (
        "not assessable: grade 0 or 1 on 2022-01-30 (p2) (the lower limit of normal not stated); "
        "grade 4 on 2022-01-20 (p1) last"
    )
    assert "whether the episode before it had ended is not assessable" in said(second, "onset")


def test_values_of_one_day_without_times_have_no_order() -> None:
    """The worst of the day counts, and the day is no recovery."""
    same = counts(("2022-01-15", 160), ("2022-01-15", 40), ("2022-01-16", 160))
    (episode,) = judged(INO, *same)
    assert episode.verdict == "grade 3"
    assert "grade 0 on 2022-01-16 (p3)" in said(episode, "recovery")


def test_clock_times_order_the_values_of_one_day() -> None:
    same = counts(("2022-01-15", 40), ("2022-01-15", 160))
    timed = [
        lab.model_copy(update={"time": t}) for lab, t in zip(same, ("08:00", "20:00"), strict=True)
    ]
    (episode,) = judged(INO, *timed)
    assert "grade 0 on 2022-01-15 (p2)" in said(episode, "recovery")


RELAPSE = Event(id="relapse", date="2022-03-01", kind="relapse reported")
NEXT = Treatment(id="next", start="2022-03-10")


def test_an_abnormal_baseline_is_what_a_line_of_therapy_returns_to() -> None:
    values = counts(("2022-01-09", 200), ("2022-03-05", 60), ("2022-03-20", 10), ("2022-04-01", 70))
    before, within = judged(INO, RELAPSE, NEXT, *values)
    assert (before.subject, before.verdict) == ("p2", "grade 2")
    assert said(before, "recovery") == "none before next began; grade 2 on 2022-03-05 (p2) then"
    assert (within.subject, within.verdict) == ("p3", "grade 4")
    assert "so to the baseline's grade 2" in said(within, "recovery")
    assert said(within, "baseline") == "60 10*9/L on 2022-03-05 (p2, grade 2)"
    assert any(note.startswith("baseline_confounded") for note in within.notes)
    assert "the grade is given; it is laid to no drug" in within.notes


def test_a_count_no_worse_than_an_abnormal_baseline_is_no_new_episode() -> None:
    values = counts(("2022-03-05", 60), ("2022-03-20", 55), ("2022-04-01", 200), ("2022-04-10", 60))
    found = judged(INO, RELAPSE, NEXT, *values)
    assert [(j.subject, j.verdict) for j in found] == [("p1", "grade 2"), ("p4", "grade 2")]
    assert "grade 0 on 2022-04-01 (p3)" in said(found[0], "recovery")


def test_a_long_series_gives_few_judgements() -> None:
    """100 counts without a limit of normal, all of 90 or more: one line for what stays open."""
    values = [
        (f"2022-{month:02d}-{day:02d}", 90 + day) for month in range(2, 6) for day in range(1, 26)
    ]
    (line,) = judged(INO, *counts(*values, lower=None))
    assert line.id == "ctcae/5.0/p1/not-graded"
    assert line.outcome == "not assessable"
    assert line.reason == "the grade of 100 values stays open: the lower limit of normal not stated"
    assert said(line, "platelets") == "100 of grade 0 or 1 (the lower limit of normal not stated)"


def test_symptoms_not_stated_leave_the_worst_grade_open() -> None:
    """Lipase of 3 x ULN is grade 2 without and grade 3 with symptoms (5.0)."""
    lipase = Lab(id="l", date="2022-01-20", analyte="lipase", value="180 U/L", upper="60 U/L")
    (episode,) = judged(INO, lipase)
    assert episode.outcome == "not assessable"
    assert episode.missing == ("whether there were signs or symptoms",)
    assert said(episode, "worst") == "grade 2 or 3 on 2022-01-20 (l: 180 U/L)"


def test_undated_values_say_so() -> None:
    undated = [
        lab.model_copy(update={"date": None, "after": "ino"}) for lab in counts(("2022", 20))
    ]
    (episode,) = judged(INO, *undated)
    assert episode.date == "not stated"
    assert episode.verdict == "grade 4"


def test_a_grade_0_against_a_raised_baseline_says_so() -> None:
    """Treatment.md B2: 140 U/L of 100 before is grade 0 in 5.0, and still 3.5 times the limit."""
    listed = [("2022-01-09", 100), ("2022-01-15", 310), ("2022-01-20", 140)]
    enzymes = [
        Lab.model_validate({"id": f"a{n}", "date": day, "analyte": "alt", "value": f"{value} U/L",
                            "lower": "5 U/L", "upper": "40 U/L"})
        for n, (day, value) in enumerate(listed, 1)
    ]  # fmt: skip
    before, during = judged(INO, *enzymes)
    note = "above normal: graded by the raised baseline of ino"
    assert (before.verdict, during.verdict) == ("grade 1", "grade 2")
    assert f"grade 0 on 2022-01-20 (a3), {note}" in said(before, "recovery")
    assert f"grade 0 on 2022-01-20 (a3), {note}, so to grade 0" in said(during, "recovery")


def test_one_day_without_a_count() -> None:
    (episode,) = judged(INO, *counts(("2022-01-15", 12), ("2022-01-17", 160)))
    assert said(episode, "counts") == (
        "1 value; 1 day without one (2022-01-16), of which nothing is known"
    )
