"""Oracle: percentiles and counts worked out by hand on short lists."""

import numpy as np
import pytest

from residua.measures.antigen_expression import (
    MASKING,
    AntigenValues,
    measure_antigen,
    not_in_panel,
    threshold_from,
)


def measure(scaled, threshold=10.0, negative=None, **options):
    scaled = np.asarray(scaled, dtype=float)
    values = AntigenValues(scaled, scaled, None if negative is None else np.asarray(negative))
    return measure_antigen(values, marker="CD22", of="blasts", threshold=threshold, **options)


def test_percent_at_or_above_the_threshold():
    found = measure([9.999, 10, 11, 12] * 25)
    assert found.percent == 75
    assert found.positive is True
    # Exact interval of 75 of 100: 65.3 to 83.1 (standard tables).
    assert (round(found.interval.low, 1), round(found.interval.high, 1)) == (65.3, 83.1)
    assert found.flags == ()


@pytest.mark.parametrize(("above", "positive"), [(19, False), (20, True), (21, True)])
def test_positive_at_20_percent(above, positive):
    assert measure([20] * above + [1] * (100 - above)).positive is positive


def test_few_blasts_are_flagged():
    assert measure([20] * 49).flags == ("fewer than 50 blasts: read the interval",)
    assert measure([20] * 50).flags == ()


def test_no_blasts_tell_nothing():
    found = measure([])
    assert (found.percent, found.interval, found.positive) == (None, None, None)
    assert found.flags == ("no events in blasts",)


def test_no_threshold_tells_nothing():
    assert measure([20] * 60, threshold=None).positive is None


def test_ratio_of_medians():
    assert measure([20] * 60, negative=[1, 2, 4]).ratio == 10
    assert measure([20] * 60, negative=[-1.0, -2.0]).ratio is None


def test_the_99th_percentile():
    assert threshold_from(np.arange(101.0)) == 99
    assert threshold_from(np.array([])) is None


def test_masking_is_named_only_for_a_negative_reading():
    assert MASKING in measure([1] * 60, may_be_masked=True).flags
    assert MASKING not in measure([20] * 60, may_be_masked=True).flags
    assert MASKING not in measure([1] * 60).flags


def test_a_marker_outside_the_panel_is_unknown():
    found = not_in_panel("CD22", "blasts")
    assert (found.percent, found.positive, found.flags) == (None, None, ("not in panel",))
