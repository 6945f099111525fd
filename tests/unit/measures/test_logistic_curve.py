"""The logistic standard curve.

Oracles: the closed form of the four-parameter inverse, SciPy's curve_fit on the plain formula,
and simulated truth, whose coverage is counted.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import curve_fit

from residua.measures.logistic_curve import LogisticFit, NoCurve, fit_logistic
from residua.measures.logistic_inverse import concentration
from residua.measures.logistic_model import Logistic
from residua.standards.bead_assay import bead_rules

RULES = bead_rules().curve
LEVELS = np.repeat([0.0, *(10000 / 4**step for step in range(7))], 2)
FOUR = Logistic((math.log(300), math.log(2e5), math.log(800), math.log(1.1)))
FIVE = Logistic((math.log(300), math.log(2e5), math.log(800), math.log(1.1), math.log(0.6)))


def plain(x, bottom, top, middle, slope, skew=1.0):
    """The textbook formula, written apart from the code."""
    return bottom + (top - bottom) / (1 + (middle / x) ** slope) ** skew


def noisy(curve, x, random, spread=0.06):
    return curve.response(x) * np.exp(spread * random.standard_normal(len(x)))


@pytest.mark.parametrize("x", [0.5, 20.0, 800.0, 9000.0])
def test_the_inverse_is_the_closed_form(x):
    y = plain(x, FOUR.bottom, FOUR.top, FOUR.middle, FOUR.slope)
    closed = FOUR.middle * ((FOUR.top - FOUR.bottom) / (y - FOUR.bottom) - 1) ** (-1 / FOUR.slope)
    assert FOUR.concentration(y) == pytest.approx(closed, rel=1e-9)
    assert FIVE.concentration(
        plain(x, FIVE.bottom, FIVE.top, FIVE.middle, FIVE.slope, FIVE.skew)
    ) == pytest.approx(x, rel=1e-9)


def test_outside_its_plateaus_a_curve_has_no_inverse():
    assert FOUR.concentration(FOUR.bottom) is None
    assert FOUR.concentration(FOUR.top * 1.01) is None


@pytest.mark.parametrize(("model", "truth"), [("4pl", FOUR), ("5pl", FIVE)])
def test_the_fit_is_that_of_curve_fit(model, truth):
    x = LEVELS[LEVELS > 0]
    y = noisy(truth, x, np.random.default_rng(4), spread=0.03)
    fit = fit_logistic(x, y, model, RULES)
    assert isinstance(fit, LogisticFit)
    start = [truth.bottom, truth.top, truth.middle, truth.slope, truth.skew][: len(truth.logs)]
    found, _ = curve_fit(
        lambda x, *p: np.log(plain(x, *p)), x, np.log(y), p0=start, bounds=(1e-6, 1e8),
        x_scale=start, xtol=1e-14, ftol=1e-14, gtol=1e-14, max_nfev=20000,
    )  # fmt: skip
    grid = np.geomspace(x.min(), x.max(), 30)
    assert fit.curve.response(grid) == pytest.approx(plain(grid, *found), rel=2e-3)


@pytest.mark.parametrize(("model", "truth"), [("4pl", FOUR), ("5pl", FIVE)])
def test_known_concentrations_are_recovered_and_covered(model, truth):
    """40 seeds, three samples each: 95 % intervals hold the truth in 90 to 99 % of cases."""
    held = []
    away = []
    for seed in range(40):
        random = np.random.default_rng(seed)
        fit = fit_logistic(LEVELS, noisy(truth, LEVELS, random), model, RULES)
        assert isinstance(fit, LogisticFit)
        for true in (30.0, 120.0, 500.0):
            told = concentration(
                fit, noisy(truth, np.array([true, true]), random), level=RULES.level
            )
            if told.value is not None and told.interval is not None:
                held.append(told.interval.low <= true <= told.interval.high)
                away.append(abs(told.value / true - 1))
    assert len(held) > 110
    assert 0.90 <= np.mean(held) <= 0.99
    assert np.median(away) < 0.08


def test_outside_the_range_is_a_bound_never_a_number():
    fit = fit_logistic(LEVELS, noisy(FOUR, LEVELS, np.random.default_rng(1)), "4pl", RULES)
    assert isinstance(fit, LogisticFit)
    low = concentration(fit, [FOUR.bottom * 0.9], level=0.95)
    high = concentration(fit, [FOUR.top * 1.2], level=0.95)
    assert (low.status, low.value, low.bound) == ("<LLOQ", None, fit.lloq)
    assert (high.status, high.value, high.bound) == (">ULOQ", None, fit.uloq)


def test_the_range_ends_where_recovery_fails():
    """A top standard whose response is that of four times less is not recovered."""
    y = FOUR.response(LEVELS)
    y[LEVELS == 10000] = FOUR.response(np.array([2500.0]))[0] * 1.02
    fit = fit_logistic(LEVELS, y, "4pl", RULES)
    assert isinstance(fit, LogisticFit)
    assert fit.uloq < 10000
    for level in fit.levels:
        within = fit.lloq <= level.nominal <= fit.uloq
        assert not within or level.accepted


@pytest.mark.parametrize(
    ("x", "y", "said"),
    [
        ([0.0, 0.0], [300.0, 310.0], "blanks alone"),
        ([10.0, 100.0, 1000.0], [1e3, 1e4, 1e5], "3 concentrations"),
        ([1, 4, 16, 64, 256, 1024], [500, 510, 505, 500, 507, 503], "less than 2-fold"),
        ([1, 4, 16, 64, 256, 1024], [500, 2000, 9000, 4000, 30000, 60000], "not monotone"),
        ([1, 4, 16, 64, 256, 1024], [500, 0, 900, 4000, 30000, 60000], "above zero"),
    ],
)
def test_standards_that_do_not_suffice_say_why(x, y, said):
    answer = fit_logistic([float(v) for v in x], [float(v) for v in y], "5pl", RULES)
    assert isinstance(answer, NoCurve)
    assert said in answer.reason
