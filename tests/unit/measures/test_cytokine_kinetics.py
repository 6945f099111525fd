"""Baseline, peak, day and fold of one analyte. Oracle: worked by hand, and laws of bounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.measures.analyte_value import AnalyteValue, analyte_value
from residua.measures.cytokine_kinetics import NEITHER, NO_AFTER, UNORDERED, measure_cytokine


def at(day, text, unit="pg/mL", last=None, **more):
    until = day if last is None else last
    return analyte_value(Quantity.parse(text, default_unit=unit), day, until, unit="pg/mL", **more)


def measured(*values, window=14):
    return measure_cytokine(values, unit="pg/mL", baseline_window=window)


def test_the_worked_example():
    """Below 4, then 48 on day 5: the fold is at least 48 / 4 = 12."""
    found = measured(at(-1, "<4"), at(2, "12"), at(5, "48"), at(9, "20"))
    assert (found.baseline.low, found.baseline.high) == (0, 4)
    assert (found.peak.low, found.peak.high, found.peak.days) == (48, 48, (5, 5))
    assert (found.fold.low, found.fold.high) == (12, None)


def test_a_peak_above_the_range_is_at_least_that():
    """> 500 over below 4: at least 125; over 5: at least 100."""
    found = measured(at(-1, "<4"), at(5, ">500"), at(9, "20"))
    assert (found.peak.low, found.peak.high, found.peak.days) == (500, None, (5, 5))
    assert (found.fold.low, found.fold.high) == (125, None)
    assert measured(at(0, "5"), at(5, ">500")).fold.low == 100


def test_two_values_above_the_range_leave_the_day_of_the_peak_open():
    found = measured(at(0, "5"), at(5, ">500"), at(7, ">500"), at(6, "600"))
    assert (found.peak.low, found.peak.high, found.peak.days) == (600, None, (5, 7))


def test_a_bound_above_every_number_leaves_the_peak_open():
    """50 and below 100: the peak is 50 to 100, on either day; below 50 could not be it."""
    found = measured(at(0, "10"), at(3, "50"), at(5, "<100"))
    assert (found.peak.low, found.peak.high, found.peak.days) == (50, 100, (3, 5))
    assert (found.fold.low, found.fold.high) == (5, 10)
    assert measured(at(0, "10"), at(3, "50"), at(5, "<50")).peak.days == (3, 3)


def test_never_above_the_limit():
    found = measured(at(0, "10"), at(3, "<4"), at(5, "<8"))
    assert (found.peak.low, found.peak.high, found.peak.days) == (0, 8, None)
    assert (found.fold.low, found.fold.high) == (0, 0.8)
    assert measured(at(0, "<4"), at(3, "<4")).fold.reason == NEITHER
    assert measured(at(0, ">500"), at(3, ">500")).fold.reason == NEITHER
    assert measured(at(0, ">500"), at(3, "250")).fold.high == 0.5


def test_the_baseline_is_the_last_value_within_the_window():
    assert measured(at(-20, "7"), at(3, "9")).baseline.reason
    assert measured(at(-14, "7"), at(3, "9")).baseline.low == 7
    assert measured(at(-14, "7"), at(-3, "8"), at(3, "9")).baseline.low == 8


def test_reasons_where_nothing_can_be_said():
    without = measured(at(3, "9"))
    assert (without.baseline.low, without.fold.low) == (None, None)
    assert "no value from 14 days before" in without.fold.reason
    assert measured(at(0, "9")).fold.reason == NO_AFTER


def test_clock_times_of_day_0_tell_before_from_after():
    early, late = at(0, "5", clock=8.0), at(0, "50", clock=20.0)
    found = measured(late, early)
    assert (found.baseline.low, found.peak.low, found.peak.days) == (5, 50, (0, 0))


def test_without_clock_times_the_baseline_is_one_of_the_values_of_its_day():
    found = measured(at(0, "5"), at(0, "20"), at(4, "100"))
    assert (found.baseline.low, found.baseline.high) == (5, 20)
    assert (found.fold.low, found.fold.high) == (5, 20)
    assert UNORDERED in found.notes


def test_a_value_on_either_side_of_the_infusion_is_left_out():
    found = measured(at(-3, "5"), at(-2, "900", last=4), at(5, "50"))
    assert found.peak.low == 50
    assert found.notes


def test_partial_dates_give_ranges_of_the_day():
    assert measured(at(0, "5"), at(2, "50", last=6), at(9, "10")).peak.days == (2, 6)


def test_a_number_outside_the_range_of_the_assay_is_a_bound():
    lloq, uloq = Quantity.parse("4 pg/mL"), Quantity.parse("0.5 ng/mL")
    low, high = at(1, "2", lloq=lloq, uloq=uloq), at(2, "612", lloq=lloq, uloq=uloq)
    assert (low.below, low.high) == (True, 4)
    assert (high.low, high.high) == (500, None)
    assert at(1, "4", lloq=lloq).quantified
    assert isinstance(at(1, "0"), str)
    assert at(1, "0", lloq=lloq).high == 4


def test_activity_is_never_converted_to_mass():
    with pytest.raises(ValueFault):
        at(1, "5 [IU]/mL")


values = st.builds(
    lambda day, number, sign: at(day, f"{sign}{number}"),
    st.integers(-13, 30), st.integers(1, 5000), st.sampled_from(["", "", "<", ">"]),
)  # fmt: skip


@given(st.lists(values, min_size=1, max_size=12), st.integers(1, 30))
def test_a_number_below_the_peak_changes_no_peak(listed, day):
    before = measured(*listed).peak
    if not before.known or before.low <= 1:
        return
    assert measured(*listed, at(day, str(before.low - 1))).peak == before


@given(st.lists(values, min_size=1, max_size=12))
def test_the_unit_changes_nothing(listed):
    """pg/mL is ng/L; in ng/mL every number is a thousandth of it, exactly."""

    def other(value: AnalyteValue, unit: str, factor: str) -> AnalyteValue:
        sign = "" if value.quantified else "<" if value.below else ">"
        number = (value.high if value.below else value.low) * Decimal(factor)
        again = at(value.first, f"{sign}{number} {unit}")
        assert isinstance(again, AnalyteValue)
        return again

    for unit, factor in (("ng/L", "1"), ("ng/mL", "0.001"), ("ug/L", "0.001")):
        assert measured(*(other(v, unit, factor) for v in listed)) == measured(*listed)


@given(st.lists(values, min_size=2, max_size=12), st.data())
def test_bounds_hold_what_is_true(listed, data):
    """Whatever numbers lie behind the bounds, their peak and fold lie within what is said."""
    found = measured(*listed)
    truth = []
    for value in listed:
        low = int(value.low) if value.low else 1
        high = int(value.high) if value.high is not None else low + 10_000
        truth.append((value, data.draw(st.integers(low, max(low, high)))))
    after = [number for value, number in truth if value.first >= 1]
    before = [(value, number) for value, number in truth if value.first <= 0]
    if after:
        assert found.peak.low <= max(after)
        assert found.peak.high is None or max(after) <= found.peak.high
    if after and before and found.fold.reason == "":
        latest = max(value.first for value, _ in before)
        for value, number in before:
            if value.first == latest:
                fold = max(after) / number
                assert found.fold.low <= fold * (1 + 1e-9)
                assert found.fold.high is None or fold <= found.fold.high * (1 + 1e-9)
