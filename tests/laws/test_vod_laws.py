"""Laws of SOS/VOD: one more sign never takes a verdict away, and units change nothing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from set_boundaries import Base, ruled

from residua.facts.quantity import Quantity
from residua.standards import ebmt_vod, ebmt_vod_paediatric
from residua.standards.criteria_book import load_criteria
from residua.standards.criteria_ruling import options_of, rule_on_criteria
from residua.standards.grade_inputs import GradeInputs
from residua.standards.truth import Given

BOOKS = (
    "seattle", "baltimore", "ebmt_vod_2016", "ebmt_vod_2023", "ebmt_vod_paediatric_2018",
)  # fmt: skip
SIGNS = (
    "painful_hepatomegaly", "hepatomegaly", "ruq_pain", "ascites", "ultrasound", "elastography",
    "haemodynamic", "histology", "refractory_thrombocytopenia", "hepatomegaly_above_baseline",
    "ascites_above_baseline",
)  # fmt: skip
NUMBERS = {
    "bilirubin": "mg/dL", "weight_gain": "%", "hvpg": "mm[Hg]", "bilirubin_within_72_h": "mg/dL",
    "days_of_weight_gain": "d", "days_of_rising_bilirubin": "d",
}  # fmt: skip

patients = st.fixed_dictionaries(
    {},
    optional={
        "day": st.integers(0, 40).map(lambda d: Quantity(Decimal(d), "d")),
        **{sign: st.booleans() for sign in SIGNS},
        **{
            name: st.integers(0, 120).map(lambda n, u=unit: Quantity(Decimal(n) / 10, u))
            for name, unit in NUMBERS.items()
        },
    },
)


def verdict(book: str, patient: dict[str, Given]) -> str | None:
    loaded = load_criteria(book)
    return rule_on_criteria(loaded, options_of(loaded, patient)).verdict


@pytest.mark.parametrize("book", BOOKS)
@settings(max_examples=60, deadline=None)
@given(patient=patients, sign=st.sampled_from(SIGNS))
def test_a_sign_more_never_makes_it_none(book: str, patient: dict[str, Given], sign: str) -> None:
    before = verdict(book, {**patient, sign: False})
    after = verdict(book, {**patient, sign: True})
    assert not (before not in (None, "none") and after in (None, "none"))


@pytest.mark.parametrize("book", BOOKS)
@settings(max_examples=60, deadline=None)
@given(patient=patients, number=st.sampled_from(sorted(NUMBERS)))
def test_a_worse_number_never_makes_it_none(
    book: str, patient: dict[str, Given], number: str
) -> None:
    worse = {**patient, number: Quantity(Decimal(99), NUMBERS[number])}
    before = verdict(book, patient) if number in patient else "none"
    assert not (before not in (None, "none") and verdict(book, worse) in (None, "none"))


@pytest.mark.parametrize("book", BOOKS)
@settings(max_examples=60, deadline=None)
@given(patient=patients, name=st.sampled_from((*SIGNS, *NUMBERS)))
def test_a_verdict_does_not_depend_on_what_is_unknown(
    book: str, patient: dict[str, Given], name: str
) -> None:
    """What is computed without an input stays met, or none, whatever the input turns out."""
    bare = {key: value for key, value in patient.items() if key != name}
    without, with_it = verdict(book, bare), verdict(book, patient)
    if without is not None:
        assert with_it is not None
        assert (without == "none") == (with_it == "none")


@pytest.mark.parametrize("book", BOOKS)
@settings(max_examples=60, deadline=None)
@given(patient=patients)
def test_units_change_nothing(book: str, patient: dict[str, Given]) -> None:
    other = dict(patient)
    for name in ("bilirubin", "bilirubin_within_72_h"):
        value = other.get(name)
        if isinstance(value, Quantity):
            other[name] = Quantity(value.value * 17, "umol/L")
    gain = other.get("weight_gain")
    if isinstance(gain, Quantity):
        other["weight_gain"] = Quantity(gain.value / 100, "1")
    assert verdict(book, other) == verdict(book, patient)


ADULT = {
    "days": (9, 6, 3), "bilirubin": (1, 2.5, 4, 6, 9), "transaminases": (1, 3, 6, 9),
    "weight_gain": (0, 7, 12), "creatinine": (1, 1.3, 1.7, 3), "risk_factors": (0, 3),
}  # fmt: skip
CHILD = {
    "transaminases": (1, 3, 6), "refractory_days": (0, 5, 9), "bilirubin": (1, 3),
    "ascites": ("none", "minimal", "moderate", "paracentesis"),
    "coagulation": ("normal", "impaired", "replacement"), "gfr": (95, 70, 40, 20, 10),
    "oxygen": (0, 4), "ventilation": ("no", "yes"), "cognitive_impairment": ("no", "yes"),
    "doubling": ("no", "yes"), "mod": ("no", "yes"),
}  # fmt: skip


@st.composite
def worse(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """A child, and the same child with one input worse."""
    places = {name: draw(st.integers(0, len(values) - 1)) for name, values in CHILD.items()}
    movable = [name for name, place in places.items() if place < len(CHILD[name]) - 1]
    name = draw(st.sampled_from(movable or sorted(places)))
    moved = {**places, name: min(places[name] + 1, len(CHILD[name]) - 1)}
    first, second = ({n: str(CHILD[n][p]) for n, p in one.items()} for one in (places, moved))
    return first, second


@settings(max_examples=80, deadline=None)
@given(pair=worse())
def test_a_worse_child_is_never_graded_lower(pair: tuple[dict[str, str], dict[str, str]]) -> None:
    milder, sicker = (
        ebmt_vod_paediatric.grade("severity", GradeInputs(findings=one), version="2018").grade
        for one in pair
    )
    assert milder is not None
    assert sicker is not None
    assert sicker >= milder


@settings(max_examples=60, deadline=None)
@given(
    words=st.fixed_dictionaries(
        {}, optional={name: st.sampled_from(values).map(str) for name, values in ADULT.items()}
    ),
    rest=st.fixed_dictionaries({"mod": st.sampled_from(("no", "yes"))}),
)
def test_organ_failure_is_always_very_severe_and_grades_stay_possible(
    words: dict[str, str], rest: dict[str, str]
) -> None:
    """With an input less, the grade with it stays among the possible ones."""
    full = ebmt_vod.grade("severity", GradeInputs(findings={**words, **rest}), version="2016")
    less = ebmt_vod.grade("severity", GradeInputs(findings=words), version="2016")
    if rest["mod"] == "yes":
        assert full.grade == 4
    assert set(full.possible) <= set(less.possible)


def test_an_unknown_patient_is_not_assessable() -> None:
    unknown: Base = {}
    assert all(ruled(book, unknown).verdict is None for book in BOOKS)
