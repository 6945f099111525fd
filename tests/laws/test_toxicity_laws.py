"""Laws of episodes: rows, units and other facts change nothing; worse is never better.

Oracle: the same course told in another way, or with one value made worse.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Event, Finding
from residua.facts.genetics import Genetics
from residua.facts.laboratory import Lab, Vital
from residua.facts.patient import Diagnosis
from residua.facts.support import Support
from residua.facts.treatment import Treatment
from residua.judgements.judgement import Judgement
from residua.judgements.toxicity.toxicity import judge_toxicity

START = date(2022, 1, 1)
UNITS = {"platelets": ("10*9/L", "/uL", "10*3/mm3"), "alt": ("U/L", "kU/L"),
         "hemoglobin": ("g/L", "g/dL")}  # fmt: skip
LIMITS = {"platelets": ("150", "400"), "alt": ("5", "40"), "hemoglobin": ("120", "160")}
VALUES = {"platelets": ("5", "12", "30", "60", "90", "150", "220"),
          "alt": ("20", "40", "70", "130", "300", "900"),
          "hemoglobin": ("60", "79", "90", "110", "130")}  # fmt: skip
FALLING = ("platelets", "hemoglobin")
FRAME: tuple[Fact, ...] = (
    Diagnosis(id="diagnosis", date="2022-01-02", disease="B-ALL"),
    Treatment(id="first", start="2022-01-05"),
    Event(id="relapse", date="2022-02-10", kind="relapse reported"),
    Treatment(id="second", start="2022-02-15"),
    Support(id="transfusion", date="2022-01-20", kind="platelets"),
)


@st.composite
def values(draw: st.DrawFn) -> tuple[Lab, ...]:
    """Values of up to three analytes on days of ten weeks, some without limits of normal."""
    days = st.integers(0, 70)
    found = []
    for number in range(draw(st.integers(1, 14))):
        analyte = draw(st.sampled_from(sorted(VALUES)))
        unit = UNITS[analyte][0]
        limits = zip(("lower", "upper"), LIMITS[analyte], strict=True)
        stated = {name: f"{n} {unit}" for name, n in limits} if draw(st.booleans()) else {}
        day = (START + timedelta(draw(days))).isoformat()
        value = f"{draw(st.sampled_from(VALUES[analyte]))} {unit}"
        row = {"id": f"v{number}", "date": day, "analyte": analyte, "value": value, **stated}
        found.append(Lab.model_validate(row))
    return tuple(found)


def judged(*facts: Fact) -> dict[str, Judgement]:
    return {j.id: j for j in judge_toxicity(arrange(Case("x", "x", (*FRAME, *facts))))}


def said(found: dict[str, Judgement]) -> dict[str, object]:
    """All that is said, without the digits of the values."""
    return {
        name: (j.outcome, j.verdict, j.basis, j.missing, set(j.facts), j.date, j.notes,
               [d for d in j.details if d[0] not in ("worst", "baseline")])
        for name, j in found.items()
    }  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(values(), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(labs: tuple[Lab, ...], random) -> None:
    other = list(labs)
    random.shuffle(other)
    assert said(judged(*other)) == said(judged(*labs))


@settings(max_examples=60, deadline=None)
@given(values(), st.data())
def test_units_change_nothing(labs: tuple[Lab, ...], data: st.DataObject) -> None:
    moved = []
    for lab in labs:
        unit = data.draw(st.sampled_from(UNITS[lab.analyte]))
        assert lab.value
        moved.append(lab.model_copy(update={"value": lab.value.to(unit)}))
    assert said(judged(*moved)) == said(judged(*labs))


UNRELATED = (
    Genetics(id="x-gene", date="2022-01-03", method="pcr", result="none found"),
    Vital(id="x-weight", date="2022-01-10", item="weight", value="60 kg"),
    Finding(id="x-rash", date="2022-01-10", term="rash", present=True),
    Lab(id="x-sodium", date="2022-01-10", analyte="sodium", value="140 mmol/L"),
    Lab(id="x-csf", date="2022-01-10", analyte="wbc", value="1 10*9/L", specimen="csf"),
)


@settings(max_examples=40, deadline=None)
@given(values())
def test_unrelated_facts_change_nothing(labs: tuple[Lab, ...]) -> None:
    assert said(judged(*labs, *UNRELATED)) == said(judged(*labs))


def worst(found: dict[str, Judgement], version: str, term: str) -> int:
    """The worst grade that the episodes of a term are certain of."""
    grades = [0]
    for j in found.values():
        words = dict(j.details).get("worst", "") if (j.version, j.term) == (version, term) else ""
        grades += [int(words.split()[1])] if words else []
    return max(grades)


@settings(max_examples=150, deadline=None)
@given(values(), st.data())
def test_a_worse_value_never_lowers_the_worst_grade(
    labs: tuple[Lab, ...], data: st.DataObject
) -> None:
    """For counts, whose grade rests on no baseline."""
    counts = [lab for lab in labs if lab.analyte in FALLING]
    if not counts:
        return
    one = data.draw(st.sampled_from(counts))
    assert one.value
    less = replace(
        one.value,
        value=one.value.value * Decimal(data.draw(st.sampled_from(["0.1", "0.5", "0.9"]))),
    )
    changed = [one.model_copy(update={"value": less}) if lab.id == one.id else lab for lab in labs]
    before, after = judged(*labs), judged(*changed)
    for version in ("5.0", "6.0"):
        assert worst(before, version, one.analyte) <= worst(after, version, one.analyte)


@settings(max_examples=60, deadline=None)
@given(values())
def test_every_value_of_grade_1_or_worse_lies_in_an_episode_or_at_a_baseline(
    labs: tuple[Lab, ...],
) -> None:
    """The worst certain grade of the episodes is that of the worst value by itself."""
    found = judged(*labs)
    for analyte, cuts in (("platelets", (75, 50, 25)), ("hemoglobin", (100, 80))):
        numbers = [lab.value.number for lab in labs if lab.analyte == analyte and lab.value]
        scale = 1e9 if analyte == "platelets" else 1
        grade = max((sum(n / scale < cut for cut in cuts) + 1 for n in numbers), default=0)
        if grade > 1:
            assert worst(found, "5.0", analyte) == grade


@settings(max_examples=40, deadline=None)
@given(values())
def test_every_judgement_has_its_source_and_ids_are_unique(labs: tuple[Lab, ...]) -> None:
    course = arrange(Case("x", "x", (*FRAME, *labs)))
    found = judge_toxicity(course)
    assert len({j.id for j in found}) == len(found)
    for j in found:
        assert j.clause
        assert j.cite
        assert j.provenance
        assert j.reason
        assert (j.verdict is None) == (j.outcome != "verdict")
