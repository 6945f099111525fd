"""Oracles: the published example (27 of 1 007 463), the rule 3.689 / N, and scipy.stats."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from scipy.stats import binomtest, poisson

from residua.errors import ValueFault
from residua.measures.limits import clopper_pearson, events_for, fisher_exact


def test_27_of_1007463():
    interval = clopper_pearson(27, 1_007_463)
    assert f"{27 / 1_007_463:.2e}" == "2.68e-05"
    assert (f"{interval.low:.2e}", f"{interval.high:.2e}") == ("1.77e-05", "3.90e-05")


@pytest.mark.parametrize("total", [10_000, 1_000_000, 40_000_000])
def test_none_of_n(total):
    interval = clopper_pearson(0, total)
    assert interval.low == 0
    assert interval.high * total == pytest.approx(3.689, abs=1e-3)


@pytest.mark.parametrize(("count", "total"), [(0, 1), (1, 1), (3, 10), (40, 41), (500, 10_000)])
def test_the_interval_is_that_of_scipy(count, total):
    theirs = binomtest(count, total).proportion_ci(method="exact")
    ours = clopper_pearson(count, total)
    np.testing.assert_allclose([ours.low, ours.high], [theirs.low, theirs.high], rtol=1e-9)


def test_nothing_is_known_of_nothing():
    assert clopper_pearson(0, 0) is None


def test_more_than_all_is_refused():
    with pytest.raises(ValueFault):
        clopper_pearson(3, 2)


@pytest.mark.parametrize(
    ("events", "mean"), [(10, 15.7), (20, 27.9), (30, 39.5), (40, 50.9), (50, 62.2), (100, 117.0)]
)
def test_mean_events_seen_with_95_percent(events, mean):
    """The table of mrd.md A3, and the Poisson law itself."""
    assert events_for(events) == pytest.approx(mean, abs=0.06)
    assert poisson.sf(events - 1, events_for(events)) == pytest.approx(0.95, abs=1e-9)


@given(st.integers(1, 10**7), st.floats(0, 1))
def test_the_interval_holds_the_fraction(total, share):
    count = int(total * share)
    interval = clopper_pearson(count, total)
    assert 0 <= interval.low <= count / total <= interval.high <= 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ((0, 1), (0, 1)),
        ((3, 10), (3, 10)),
        ((1, 4), (3, 4)),
        ((10, 100_000), (35, 100_000)),
        ((0, 5_000_000), (40, 4_000_000)),
        ((2000, 1_000_000), (9000, 4_400_000)),
        ((7, 7), (0, 9)),
    ],
)
def test_the_exact_test_is_that_of_scipy(one, other):
    table = [[count, total - count] for count, total in (one, other)]
    ours = fisher_exact(*one, among=(one[0] + other[0], one[1] + other[1]))
    assert ours == pytest.approx(stats.fisher_exact(table).pvalue, rel=1e-7)


@given(st.integers(0, 60), st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))
def test_the_exact_test_of_small_tables(a, b, c, d):
    ours = fisher_exact(a, a + b, among=(a + c, a + b + c + d))
    assert ours == pytest.approx(stats.fisher_exact([[a, b], [c, d]]).pvalue, rel=1e-9)


def test_the_lady_tasting_tea():
    """Fisher 1935: three of four cups right happens by chance with p = 34/70, two-sided."""
    assert fisher_exact(3, 4, among=(4, 8)) == pytest.approx(34 / 70, rel=1e-12)


def test_counts_that_do_not_fit_together_are_refused():
    with pytest.raises(ValueFault):
        fisher_exact(5, 6, among=(4, 8))
