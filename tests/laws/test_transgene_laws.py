"""Laws of CAR-T kinetics of a course: order, days before, shifted calendars, other units."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from residua.course.course import arrange
from residua.course.curves import Curves
from residua.facts.case import Case
from residua.facts.laboratory import Transgene
from residua.facts.treatment import CellInfusion
from residua.main.curves.transgene import transgene_curves
from residua.views.curves.transgene import transgene_documents, transgene_groups

DAY_0 = date(2023, 3, 1)
LEVELS = st.one_of(st.none(), st.integers(1, 200_000))
COURSES = st.dictionaries(st.integers(0, 900), LEVELS, min_size=1, max_size=9)
UNITS = st.sampled_from(["copies/ug", "copies/mL", "copies/uL", "copies/cell"])
DATES = st.sampled_from(["2022", "2023", "2023-03", "2023-03-01", "2023-03-20", "car-t+9d", None])
DETECTED = st.sampled_from([True, False, None])


def fact(day, level, *, begin=DAY_0, times=1, unit="copies/ug", name=""):
    when = (begin + timedelta(days=day)).isoformat()
    said = {"detected": False} if level is None else {"value": f"{level * times} {unit}"}
    lloq = f"{50 * times} {unit}"
    return Transgene(id=f"t{name}-{day}", date=when, target="CAR", lloq=lloq, **said)


def curve_of(facts, *, begin=DAY_0):
    infusion = CellInfusion(id="car-t", kind="car-t", date=begin.isoformat(), target=["CD19"])
    case = Case("folder", "laws", (infusion, *facts))
    (curve,) = transgene_curves(arrange(case))
    return curve


def drawn(fit):
    return None if fit is None else fit.parameters


@settings(max_examples=12, deadline=None)
@given(COURSES, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(values, random):
    facts = [fact(day, level) for day, level in values.items()]
    curve = curve_of(facts)
    random.shuffle(facts)
    other = curve_of(facts)
    assert other.kinetics == curve.kinetics
    assert drawn(other.fit) == drawn(curve.fit)


@settings(max_examples=12, deadline=None)
@given(COURSES, st.integers(1, 400), LEVELS)
def test_a_value_before_the_infusion_changes_no_measure(values, before, level):
    facts = [fact(day, one) for day, one in values.items()]
    curve, other = curve_of(facts), curve_of([*facts, fact(-before, level)])
    for name in ("cmax", "clast", "auc", "auc_to_last", "half_lives", "persistent", "lost"):
        assert getattr(other.kinetics, name) == getattr(curve.kinetics, name)
    assert drawn(other.fit) == drawn(curve.fit)
    assert other.drawn == curve.drawn


@settings(max_examples=12, deadline=None)
@given(COURSES, st.integers(-5000, 5000))
def test_another_calendar_gives_the_same_days(values, days):
    begin = DAY_0 + timedelta(days=days)
    curve = curve_of([fact(day, level) for day, level in values.items()])
    other = curve_of([fact(day, level, begin=begin) for day, level in values.items()], begin=begin)
    assert other.kinetics == curve.kinetics


@settings(max_examples=25, deadline=None)
@given(COURSES, st.sampled_from([2, 10, 1000]))
def test_amounts_grow_with_the_values_and_times_do_not(values, times):
    """In copies/mL, so that no model is fitted; an area is linear, a logarithm shifts."""
    curve, other = (
        curve_of([fact(d, v, times=by, unit="copies/mL") for d, v in values.items()])
        for by in (1, times)
    )
    one, more = curve.kinetics, other.kinetics
    assert (more.lost, more.persistent, more.cmax.days) == (one.lost, one.persistent, one.cmax.days)
    for name in ("cmax", "clast", "auc_to_last"):
        level = getattr(one, name).value
        assert getattr(more, name).value == (
            None if level is None else pytest.approx(times * level)
        )
    for a, b in zip(one.half_lives, more.half_lives, strict=True):
        assert (a.days is None) == (b.days is None)
        if a.days is not None and a.points == b.points and a.days < 1e5:
            assert b.days == pytest.approx(a.days, rel=1e-6)


FACTS = st.builds(
    lambda day, value, unit, found, lloq, target, tissue: {
        "date": day, "detected": found, "target": target, "specimen": tissue,
        "value": None if value is None else f"{value} {unit}",
        "lloq": f"{lloq} {unit}" if lloq else None,
    },
    DATES, st.sampled_from([None, "0", "7", "3e5", "<50", ">1e6"]), UNITS, DETECTED,
    st.sampled_from([None, "50"]), st.sampled_from([None, "CAR", "CD22 CAR"]),
    st.sampled_from([None, "marrow", "blood"]),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(FACTS, max_size=7), DATES, DATES)
def test_whatever_is_in_the_record_is_answered(rows, first, second):
    """Every value is in one curve; a document has no number that JSON lacks."""
    days = [None if d == "car-t+9d" else d for d in (first, second)]
    infusions = [
        CellInfusion(id=name, kind="car-t", date=day, target=[marker])
        for name, day, marker in zip(("car-t", "car-t-2"), days, ("CD19", "CD22"), strict=True)
    ]
    facts = [Transgene(id=f"t-{number}", **row) for number, row in enumerate(rows)]
    course = arrange(Case("folder", "laws", (*infusions, *facts)))
    curves = Curves(transgene=transgene_curves(course))
    held = [name for curve in curves.transgene for name in curve.facts]
    assert sorted(held) == sorted(one.id for one in facts)
    json.dumps(list(transgene_documents(course, curves)), allow_nan=False)
    assert len(transgene_groups(course, curves)) == len(curves.transgene)
