"""Laws of the grades of GVHD: worse is never milder, units change nothing, nor does the order."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.facts.case import Case
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity
from residua.facts.treatment import Transplant
from residua.judgements.graft.graft import judge_graft
from residua.judgements.judgement import Judgement
from residua.standards import magic
from residua.standards.grade_inputs import GradeInputs

EXAMPLES = 60
NUMBERS = st.decimals(min_value=0, max_value=40, places=2)
RAW = st.sampled_from([("skin", "%"), ("liver", "mg/dL"), ("lower-gi", "/d"), ("lower-gi", "mL/d")])
CALM = {"severe_pain": "no", "gross_blood": "no"}
ORGANS = ("skin", "liver", "upper GI", "lower GI")


def stages(term: str, value: Quantity, **findings: str) -> tuple[int, ...]:
    beside = CALM | findings if term == "lower-gi" else findings
    return magic.grade(term, GradeInputs(value=value, findings=beside)).possible


@settings(max_examples=EXAMPLES, deadline=None)
@given(RAW, NUMBERS, NUMBERS, st.sampled_from(["adult", "child", ""]))
def test_a_worse_value_never_gives_a_lower_stage(
    raw: tuple[str, str], one: Decimal, other: Decimal, patient: str
) -> None:
    term, unit = raw
    scale = {"mL/d": 60, "%": 2}.get(unit, 1)
    findings = {"patient": patient} if patient and term == "lower-gi" else {}
    better, worse = (
        stages(term, Quantity(number * scale, unit), **findings) for number in sorted((one, other))
    )
    assert min(better) <= min(worse)
    assert max(better) <= max(worse)


@settings(max_examples=EXAMPLES, deadline=None)
@given(NUMBERS)
def test_units_change_no_stage(number: Decimal) -> None:
    in_mg = stages("liver", Quantity(number, "mg/dL"))
    assert stages("liver", Quantity(number * 10, "mg/L")) == in_mg
    assert stages("liver", Quantity(number * Decimal("17.1"), "umol/L")) == in_mg
    litres = stages("lower-gi", Quantity(number / 10, "L/d"), patient="adult")
    assert stages("lower-gi", Quantity(number * 100, "mL/d"), patient="adult") == litres
    assert stages("skin", Quantity(number / 100)) == stages("skin", Quantity(number, "%"))


@settings(max_examples=EXAMPLES, deadline=None)
@given(NUMBERS, st.sampled_from(["adult", "child"]), st.integers(3, 120))
def test_what_is_hidden_leaves_its_stage_possible(
    number: Decimal, patient: str, weight: int
) -> None:
    volume = Quantity(number * 60, "mL/d")
    whole = stages("lower-gi", volume, patient=patient, weight=f"{weight} kg")
    for less in ({"patient": patient}, {"weight": f"{weight} kg"}, {}):
        assert set(whole) <= set(stages("lower-gi", volume, **less))


@st.composite
def graft_facts(draw: st.DrawFn) -> tuple[Fact, ...]:
    """A transplant with stages on some days, and perhaps a report or a denial."""
    facts: list[Fact] = [
        Transplant.model_validate({"id": "hsct", "date": "2020-01-10", "donor": "sibling"})
    ]
    for day in draw(st.sets(st.integers(10, 90), max_size=3)):
        for number, organ in enumerate(ORGANS):
            stage = draw(st.none() | st.integers(0, 1 if organ == "upper GI" else 4))
            if stage is not None:
                facts.append(told(f"s{number}-{day}", f"{organ} GVHD stage", day, str(stage)))
    for number in range(draw(st.integers(0, 2))):
        day = draw(st.none() | st.integers(10, 90))
        grade = str(draw(st.integers(0, 4)))
        facts.append(told(f"report-{number}", "acute GVHD", day, grade))
    return tuple(facts)


def told(name: str, term: str, day: int | None, value: str) -> Finding:
    when = {"after": "hsct"} if day is None else {"date": f"hsct+{day}d"}
    return Finding.model_validate({"id": name, "term": term, "value": value, **when})


def of_magic(facts: tuple[Fact, ...]) -> Judgement:
    judged = judge_graft(arrange(Case("x", "x", facts)))
    return next(j for j in judged if j.standard == "magic")


@settings(max_examples=EXAMPLES, deadline=None)
@given(graft_facts(), st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(
    facts: tuple[Fact, ...], random: st.random_module
) -> None:
    shuffled = list(facts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = of_magic(facts), of_magic(tuple(shuffled))
    assert (one.verdict, one.basis, one.outcome) == (other.verdict, other.basis, other.outcome)


@settings(max_examples=EXAMPLES, deadline=None)
@given(graft_facts())
def test_a_computed_grade_needs_no_report(facts: tuple[Fact, ...]) -> None:
    """Without what the source asserts, the stages alone give the same grade."""
    found = of_magic(facts)
    if found.basis == "computed":
        bare = tuple(fact for fact in facts if not fact.id.startswith("report"))
        assert of_magic(bare).verdict == found.verdict
    if found.outcome == "verdict":
        assert found.clause
        assert (found.basis == "computed") == (not found.missing) or not found.missing
    else:
        assert found.reason
