"""Trends of MRD against ordinary regression, a brute-force likelihood, known truth, closed forms.

Oracles: ``scipy.stats.linregress`` with Student's interval; a likelihood written out with
``scipy.stats.norm`` and searched over a grid; simulated courses whose slope is known; the
arithmetic of lead times (8.97 doublings from 1e-4 to 5 %, 13.9 d each in 125 d).
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.stats import chi2, linregress, norm, t

from residua.errors import ValueFault
from residua.facts.mrd import MrdReading
from residua.measures.mrd_kinetics import measure_trend, project, trend_band
from residua.measures.mrd_observation import bounded_mrd, mrd_observation, quantified_mrd
from residua.measures.mrd_steps import (
    days_between,
    doublings_between,
    implied_doubling,
    log_reduction,
)
from residua.standards.mrd_growth import mrd_growth

FLOOR = mrd_growth().scatter_floor
SAME = {"method": "flow", "denominator": "nucleated"}
DAYS = np.array([0.0, 14.0, 30.0, 47.0, 60.0])
LOGS = np.array([-1.2, -1.9, -2.4, -3.3, -3.6])


def _numbers(days, logs, **more):
    return [quantified_mrd(d, 10**y, **SAME, **more) for d, y in zip(days, logs, strict=True)]


def test_without_bounds_it_is_ordinary_regression_with_students_interval():
    found = measure_trend(_numbers(DAYS, LOGS), scatter_floor=FLOOR)
    known = linregress(DAYS, LOGS)
    reach = t.ppf(0.975, len(DAYS) - 2) * known.stderr
    assert found.outcome == "fall"
    assert found.slope == pytest.approx(known.slope, rel=1e-6)
    interval = found.slope_interval
    assert interval.low == pytest.approx(known.slope - reach, rel=1e-4)
    assert interval.high == pytest.approx(known.slope + reach, rel=1e-4)
    assert found.halving == pytest.approx(math.log10(2) / -known.slope, rel=1e-6)
    assert found.halving_interval.low == pytest.approx(-math.log10(2) / interval.low, rel=1e-6)
    assert found.doubling is None
    assert found.doubling_interval is None
    assert found.flags == ()


def test_the_band_is_students_band_of_the_mean():
    found = measure_trend(_numbers(DAYS, LOGS), scatter_floor=FLOOR)
    known = linregress(DAYS, LOGS)
    rest = LOGS - known.intercept - known.slope * DAYS
    s = math.sqrt((rest**2).sum() / 3)
    spread = ((DAYS - DAYS.mean()) ** 2).sum()
    for day, (low, middle, high) in zip((5.0, 90.0), trend_band(found, [5.0, 90.0]), strict=True):
        se = s * math.sqrt(1 / 5 + (day - DAYS.mean()) ** 2 / spread)
        mean = known.intercept + known.slope * day
        reach = t.ppf(0.975, 3) * se
        assert np.log10([low, middle, high]) == pytest.approx(
            [mean - reach, mean, mean + reach], abs=1e-3
        )


def test_a_given_scatter_and_counting_errors_weigh_as_least_squares_does():
    """Closed form: weights 1 / (tau^2 + s^2), slope +- 1.96 standard errors."""
    errors = np.array([0.05, 0.1, 0.1, 0.2, 0.3])
    z = norm.ppf(0.975)
    points = [
        quantified_mrd(d, 10**y, interval=(10 ** (y - z * s), 10 ** (y + z * s)), **SAME)
        for d, y, s in zip(DAYS, LOGS, errors, strict=True)
    ]
    found = measure_trend(points, scatter=0.15, scatter_floor=FLOOR)
    w = 1 / (0.15**2 + errors**2)
    centre = (w * DAYS).sum() / w.sum()
    sxx = (w * (DAYS - centre) ** 2).sum()
    slope = (w * (DAYS - centre) * LOGS).sum() / sxx
    assert found.slope == pytest.approx(slope, rel=1e-6)
    assert found.slope_interval.low == pytest.approx(slope - z / math.sqrt(sxx), rel=1e-5)
    assert found.slope_interval.high == pytest.approx(slope + z / math.sqrt(sxx), rel=1e-5)


def _minus_log_likelihood(a, b, tau, numbers, bounds):
    total = sum(norm.logpdf(y, a + b * d, tau) for d, y in numbers)
    for d, low, high in bounds:
        inside = norm.cdf(high, a + b * d, tau) - norm.cdf(low, a + b * d, tau)
        total += math.log(max(inside, 1e-300))
    return -total


def test_bounds_count_as_bounds():
    """A likelihood written out anew, its best and its interval by Nelder and Mead."""
    numbers = list(zip(DAYS[:3], LOGS[:3], strict=True))
    bounds = [(50.0, -4.0, -3.0), (70.0, -math.inf, -3.5)]
    points = [
        *_numbers(DAYS[:3], LOGS[:3]),
        bounded_mrd(50.0, above=1e-4, below=1e-3, **SAME),
        bounded_mrd(70.0, below=10**-3.5, **SAME),
    ]
    tau = 0.3
    found = measure_trend(points, scatter=tau, scatter_floor=FLOOR)
    exact = {"method": "Nelder-Mead", "options": {"xatol": 1e-9, "fatol": 1e-12}}
    best = minimize(
        lambda p: _minus_log_likelihood(p[0], p[1], tau, numbers, bounds), [-1, -0.05], **exact
    )
    assert found.slope == pytest.approx(best.x[1], rel=1e-5)
    for end in (found.slope_interval.low, found.slope_interval.high):
        held = minimize(
            lambda p, b=end: _minus_log_likelihood(p[0], b, tau, numbers, bounds), [-1], **exact
        )
        assert 2 * (held.fun - best.fun) == pytest.approx(chi2.ppf(0.95, 1), rel=1e-3)


def test_a_bound_is_not_its_limit():
    """A last value "not detected" below 1e-5 draws the slope further down than 1e-5 itself could
    be drawn up, and a bound far above the line changes nothing."""
    points = _numbers(DAYS[:3], LOGS[:3])
    plain = measure_trend(points, scatter=0.2, scatter_floor=FLOOR)
    far = measure_trend(
        [*points, bounded_mrd(40.0, below=0.9, **SAME)], scatter=0.2, scatter_floor=FLOOR
    )
    deep = measure_trend(
        [*points, bounded_mrd(40.0, below=1e-5, **SAME)], scatter=0.2, scatter_floor=FLOOR
    )
    assert far.slope == pytest.approx(plain.slope, rel=1e-5)
    assert deep.slope < plain.slope


def test_simulated_courses_are_covered_as_stated():
    """80 courses of 7 results, slope -0.05 per day, scatter 0.3, censored below 1e-4 and between
    1e-4 and 3e-4. Oracle: the truth; at 95 % fewer than 70 of 80 covered has a chance below 1 %."""
    random = np.random.default_rng(20)
    days, covered, censored = np.arange(0.0, 63.0, 9.0), 0, 0
    for _ in range(80):
        logs = -1.5 - 0.05 * days + random.normal(0, 0.3, days.size)
        points = [_seen(d, 10**y) for d, y in zip(days, logs, strict=True)]
        found = measure_trend(points, scatter_floor=FLOOR)
        if found.outcome == "not assessable":
            covered += 1
            continue
        censored += sum(not p.quantified for p in points)
        covered += found.slope_interval.low <= -0.05 <= found.slope_interval.high
    assert censored > 80
    assert covered >= 70


def _seen(day, fraction):
    if fraction < 1e-4:
        return bounded_mrd(day, below=1e-4, **SAME)
    if fraction < 3e-4:
        return bounded_mrd(day, above=1e-4, below=3e-4, **SAME)
    return quantified_mrd(day, fraction, **SAME)


def test_where_no_trend_is_shown_times_have_no_end():
    found = measure_trend(_numbers([0.0, 10.0, 20.0], [-3.0, -3.4, -3.1]), scatter_floor=FLOOR)
    assert found.outcome == "no trend shown"
    assert found.reason
    assert found.doubling is None
    assert found.halving is None
    assert found.doubling_interval.high == math.inf
    assert found.halving_interval.high == math.inf
    assert "no trend shown" in project(found, 0.05)


@pytest.mark.parametrize(
    ("points", "reason"),
    [
        ([], "fewer than 2"),
        ([quantified_mrd(0, 1e-3)], "fewer than 2"),
        ([quantified_mrd(0, 1e-3), bounded_mrd(9, below=1e-4)], "fewer than 2"),
        ([quantified_mrd(0, 1e-3), quantified_mrd(9, 1e-4)], "no scatter of their own"),
        ([quantified_mrd(3, 1e-3), quantified_mrd(3, 1e-4)], "one day"),
    ],
)
def test_what_does_not_suffice_is_not_assessable(points, reason):
    found = measure_trend(points, scatter_floor=FLOOR)
    assert found.outcome == "not assessable"
    assert reason in found.reason
    assert found.slope is None


def test_two_numbers_suffice_with_a_stated_scatter():
    """Closed form: slope +- 1.96 tau sqrt(2) / days."""
    found = measure_trend(_numbers([0, 20], [-4.0, -2.0]), scatter=0.2, scatter_floor=FLOOR)
    assert found.slope == pytest.approx(0.1, rel=1e-6)
    assert found.slope_interval.low == pytest.approx(0.1 - 1.959964 * 0.2 * 2**0.5 / 20, rel=1e-5)


def test_a_projection_solves_the_line_and_its_ends_fieller():
    """With a known scatter the ends solve (y - a - b t)^2 = z^2 var(a + b t): Fieller's theorem."""
    days, logs = np.array([0.0, 10.0, 20.0, 30.0]), np.array([-4.6, -4.3, -4.0, -3.6])
    found = measure_trend(_numbers(days, logs), scatter=0.1, scatter_floor=FLOOR)
    ahead = project(found, 0.05)
    known = linregress(days, logs)
    target = math.log10(0.05)
    assert ahead.day == pytest.approx((target - known.intercept) / known.slope, rel=1e-6)
    spread = ((days - 15) ** 2).sum()
    for end in (ahead.low, ahead.high):
        variance = 0.1**2 * (1 / 4 + (end - 15) ** 2 / spread)
        off = target - known.intercept - known.slope * end
        assert off**2 == pytest.approx(1.959964**2 * variance, rel=1e-3)
    assert "passed" in project(found, 1e-5)


def test_methods_that_differ_are_flagged():
    points = [
        quantified_mrd(0, 1e-2, method="morphology", denominator="nucleated"),
        quantified_mrd(9, 2.68e-5, method="flow", denominator="nucleated"),
    ]
    found = log_reduction(*points)
    assert found.value == pytest.approx(math.log10(1e-2 / 2.68e-5))
    assert found.flags == ("cross-method",)
    assert "cross-method" in measure_trend(points, scatter_floor=FLOOR).flags


def test_a_limit_of_detection_does_not_bound_a_reduction():
    """3e-1 to "below 3e-4": at least log10(1e3) = 3; a positive may lie below its LOD."""
    row = {"status": "detected below LLOQ", "lod": "1e-4", "lloq": "3e-4"}
    later = mrd_observation(MrdReading(id="m", **row), 9)
    found = log_reduction(quantified_mrd(0, 0.3), later)
    assert (found.low, found.high) == (pytest.approx(3), math.inf)


def test_a_reduction_to_a_bound_is_at_least_so_much():
    first = quantified_mrd(0, 1e-2, **SAME)
    found = log_reduction(first, bounded_mrd(9, below=1e-4, **SAME))
    assert (found.value, found.high) == (None, math.inf)
    assert found.low == pytest.approx(2.0)
    within = log_reduction(first, bounded_mrd(9, above=1e-5, below=1e-4, **SAME))
    assert (within.low, within.high) == pytest.approx((2.0, 3.0))


def test_the_lead_time_from_one_in_ten_thousand():
    assert round(doublings_between(1e-4, 0.05), 2) == 8.97
    assert round(implied_doubling(1e-4, 0.05, days=125), 1) == 13.9
    assert [a.days for a in mrd_growth().doublings] == [10, 13.9]


@pytest.mark.parametrize(
    ("doubling", "positive", "relapse"), [(5, 9.5, 54), (7, 13, 76), (10, 19, 109), (14, 27, 152)]
)
def test_days_from_the_level_after_inotuzumab(doubling, positive, relapse):
    """2.68e-5 to 1e-4 and to 5 % at four assumed doubling times, as the sheet prints them."""
    to_positive = days_between(2.68e-5, 1e-4, doubling_days=doubling)
    assert to_positive == pytest.approx(positive, abs=0.5)
    assert round(days_between(2.68e-5, 0.05, doubling_days=doubling)) == relapse


def test_what_cannot_be_is_refused():
    for wrong in (0.0, -1e-3, 1.5, math.nan):
        with pytest.raises(ValueFault):
            quantified_mrd(0, wrong)
    with pytest.raises(ValueFault):
        bounded_mrd(0, above=1e-3, below=1e-4)
    with pytest.raises(ValueFault):
        days_between(1e-4, 0.05, doubling_days=0)


@pytest.mark.parametrize(
    ("row", "bounds"),
    [
        ({"fraction": "1.6 %", "status": "quantified"}, (0.016, 0.016)),
        ({"numerator": 27, "denominator": 1_000_000}, (27e-6, 27e-6)),
        ({"status": "detected below LLOQ", "lod": "1e-5", "lloq": "1e-4"}, (1e-5, 1e-4)),
        ({"status": "detected below LLOQ", "lloq": "1e-4"}, (0, 1e-4)),
        ({"fraction": "5e-5", "lod": "1e-5", "lloq": "1e-4"}, (0, 1e-4)),
        ({"status": "not detected", "lod": "1e-5", "lloq": "1e-4"}, (0, 1e-5)),
        ({"status": "positive", "lod": "1e-5"}, (1e-5, 1)),
        ({"fraction": "<1e-4"}, (0, 1e-4)),
        ({"fraction": ">1e-2"}, (1e-2, 1)),
        ({"fraction": "0", "lod": "1e-4"}, (0, 1e-4)),
        # one cell seen where the LOD asks for three: the LOD is no lower bound of it
        (
            {
                "status": "detected below LLOQ",
                "fraction": "3.3e-7",
                "lod": "9.9e-7",
                "lloq": "3e-6",
            },
            (0, 3e-6),
        ),
    ],
)
def test_a_stored_result_says_what_the_reference_page_says(row, bounds):
    """Oracle: the table of docs/reference/kinetics.md."""
    reading = MrdReading(id="mrd-1", date="2023-01-02", source="mrd.csv:2", **row)
    found = mrd_observation(reading, 3.0)
    assert (found.low, found.high) == pytest.approx(bounds)


@pytest.mark.parametrize(
    "row",
    [
        {"status": "not detected"},
        {"status": "positive"},
        {"status": "not assessable", "fraction": "1e-3"},
        {"fraction": "0"},
    ],
)
def test_a_result_that_says_nothing_of_the_level_says_why(row):
    reading = MrdReading(id="mrd-1", date="2023-01-02", source="mrd.csv:2", **row)
    assert isinstance(mrd_observation(reading, 3.0), str)


def test_a_limit_of_zero_is_said_and_does_not_stop_a_course():
    row = {"status": "not detected", "lod": "0"}
    reading = MrdReading(id="mrd-1", date="2023-01-02", source="mrd.csv:2", **row)
    assert isinstance(mrd_observation(reading, 3.0), str)
