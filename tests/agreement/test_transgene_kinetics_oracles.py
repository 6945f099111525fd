"""CAR-T kinetics against closed forms, a hand-made example, SciPy and simulated patients.

Oracles: the worked example in the docstring of `measures.transgene_kinetics`; the numbers printed
for Stein 2019 (doubling 0.78 d, half-lives 4.3 d and 217-220 d, 1045 copies/ug on day 30);
``scipy.stats.linregress``; finite differences; patients simulated from the population, whose
parameters a 95 % interval is to hold about 95 times in 100.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.optimize import approx_fprime, minimize
from scipy.stats import linregress, norm, t

from residua.errors import ValueFault
from residua.facts.laboratory import Transgene
from residua.measures.posterior_draws import posterior_draws
from residua.measures.stein_fit import fit_stein, fitted_curve
from residua.measures.stein_model import (
    log_copies,
    log_copies_slopes,
    population_percentiles,
    spread_of,
    typical_logs,
)
from residua.measures.transgene_course import (
    TransgeneValue,
    transgene_course,
    transgene_on,
    transgene_value,
)
from residua.measures.transgene_kinetics import measure_transgene
from residua.standards.stein_2019 import stein_2019

MODEL = stein_2019()
RULES = MODEL.summary
LLOQ = 50.0
WORKED = [(1, None), (3, 100.0), (7, 800.0), (14, 400.0), (21, 200.0), (28, 100.0), (42, None)]


def _course(pairs, lloq=LLOQ):
    return transgene_course(transgene_on(d, v, lloq=lloq) for d, v in pairs)


def _measure(pairs, lloq=LLOQ):
    return measure_transgene(_course(pairs, lloq), RULES)


def test_the_worked_example():
    found = _measure(WORKED)
    assert (found.cmax.value, found.cmax.days) == (800.0, (7, 7))
    assert (found.clast.value, found.clast.days) == (100.0, (28, 28))
    assert found.auc.value == pytest.approx(1900 + 4900 / math.log(2))
    assert [h.days for h in found.half_lives] == pytest.approx([7.0, 7.0])
    assert (found.persistent, found.lost) == ((28, 28), (28, 42))


def test_tmax_is_the_first_day_of_cmax():
    assert _measure([(3, 10.0), (7, 900.0), (10, 900.0)], lloq=None).cmax.days == (7, 7)


def test_below_lloq_is_nothing_before_and_half_the_lloq_after():
    """By hand: 0-2 nothing, 2-4 up to 100 is 100, 4-8 down to 25, 8-28 stays at 25."""
    found = _measure([(2, None), (4, 100.0), (8, None), (28, 20.0)])
    down = 75 / math.log(4) * 4
    assert found.auc.value == pytest.approx(100 + down + 25 * 20)
    assert "0.5 x LLOQ" in found.below_lloq


def test_day_28_between_two_values_lies_on_the_falling_curve():
    """An exponential: its area from its maximum is exact under a logarithmic fall."""
    k = math.log(2) / 5
    pairs = [(0, 1000.0), *((d, 1000 * math.exp(-k * d)) for d in (10, 20, 30))]
    assert _measure(pairs, 1.0).auc.value == pytest.approx(1000 * (1 - math.exp(-28 * k)) / k)


def test_a_short_course_is_not_extrapolated():
    found = _measure([(0, 100.0), (10, 100.0)])
    assert found.auc.value is None
    assert "nothing is extrapolated" in found.auc.reason
    assert (found.auc_to_last.value, found.auc_to_last.days) == (1000.0, (0.0, 10))


def test_a_half_life_is_that_of_a_regression():
    days, values = [7, 11, 16, 22, 28, 40], [9000, 3800, 2500, 900, 600, 300]
    found = _measure(list(zip(days, values, strict=True)))
    every, best = found.half_lives
    known = linregress(days[1:], np.log(values[1:]))
    reach = t.ppf(0.975, 3) * known.stderr
    assert every.days == pytest.approx(-math.log(2) / known.slope)
    assert every.interval.low == pytest.approx(math.log(2) / (-known.slope + reach))
    assert every.interval.high == pytest.approx(math.log(2) / (-known.slope - reach))
    adjusted = {}
    for n in (3, 4, 5):
        r2 = linregress(days[-n:], np.log(values[-n:])).rvalue ** 2
        adjusted[n] = 1 - (1 - r2) * (n - 1) / (n - 2)
    assert best.points == max(adjusted, key=adjusted.get)
    assert best.adjusted_r2 == pytest.approx(max(adjusted.values()))


@pytest.mark.parametrize(
    ("pairs", "reason"),
    [
        ([(7, 900.0), (14, 500.0), (21, 300.0)], "fewer than 3"),
        ([(7, 900.0), (14, 100.0), (21, 200.0), (28, 300.0)], "do not fall"),
        ([(7, None), (14, None)], "fewer than 3"),
    ],
)
def test_a_half_life_needs_a_fall(pairs, reason):
    assert all(reason in h.reason and h.days is None for h in _measure(pairs).half_lives)


def test_a_half_life_may_have_no_upper_end():
    pairs = [(7, 9000.0), (14, 500.0), (21, 700.0), (28, 450.0)]
    assert _measure(pairs).half_lives[0].interval.high == math.inf


def test_loss_needs_that_nothing_comes_back():
    blip = [(7, 900.0), (14, None), (21, 100.0), (28, None), (60, None)]
    found = _measure(blip)
    assert (found.persistent, found.lost) == ((21, 21), (21, 28))
    still = _measure([(7, 900.0), (14, None), (21, 100.0)])
    assert still.lost is None
    assert "when last looked at" in still.loss_reason
    never = _measure([(7, None), (14, None)])
    assert never.persistent is None
    assert never.loss_reason == "never at or above LLOQ"
    assert never.cmax.value is None
    assert never.auc.value is None


def test_partial_days_give_ranges():
    values = [
        transgene_on(7, 900.0, lloq=LLOQ),
        TransgeneValue(20, 50, "copies/ug", 100.0, LLOQ),
        TransgeneValue(40, 70, "copies/ug", None, LLOQ),
        TransgeneValue(80, 110, "copies/ug", None, LLOQ),
    ]
    found = measure_transgene(transgene_course(values), RULES)
    assert found.persistent == (20, 50)
    assert found.lost == (20, 110)
    assert "range" in found.auc.reason
    open_end = measure_transgene(transgene_course(values[:3]), RULES)
    assert open_end.lost is None


def test_values_before_the_infusion_are_kept_apart():
    values = [
        transgene_on(-3, 70.0, lloq=LLOQ),
        TransgeneValue(-2, 5, "copies/ug", 99999.0, LLOQ),
        *(transgene_on(d, v, lloq=LLOQ) for d, v in WORKED),
    ]
    course = transgene_course(values)
    assert (len(course.before), len(course.either), len(course.values)) == (1, 1, 7)
    assert course.flags == ("transgene quantified before the infusion",)
    assert measure_transgene(course, RULES).cmax.value == 800.0
    with pytest.raises(ValueFault, match="before"):
        log_copies(np.array([-1.0]), typical_logs(MODEL))


def test_mixed_units_are_refused():
    with pytest.raises(ValueFault, match="one unit"):
        transgene_course([transgene_on(1, 5.0), transgene_on(2, 5.0, unit="copies/mL")])
    with pytest.raises(ValueFault, match="copies/ug"):
        fit_stein(transgene_course([transgene_on(1, 5.0, unit="copies/mL")]), MODEL)


def test_a_stored_result_becomes_a_value():
    row = {"id": "t-1", "date": "2021-08-01", "source": "t.csv:1", "lloq": "50 copies/ug"}
    number = transgene_value(Transgene(**row, value="120 copies/ug"), 3, 3)
    assert (number.value, number.lloq, number.quantified) == (120.0, 50.0, True)
    below = transgene_value(Transgene(**row, value="<50 copies/ug"), 3, 3)
    assert (below.value, below.quantified) == (None, False)
    nothing = transgene_value(Transgene(**row, detected=False), 3, 3)
    assert (nothing.value, nothing.lloq, nothing.unit) == (None, 50.0, "copies/ug")
    assert "without a number" in transgene_value(Transgene(**row, detected=True), 3, 3)


def _typical(day):
    return float(np.exp(log_copies(np.array([float(day)]), typical_logs(MODEL))[0]))


def test_the_typical_patient_has_the_printed_numbers():
    assert round(_typical(30)) == pytest.approx(1045, abs=1)
    assert _typical(9.3) == pytest.approx(24000)
    assert _typical(0) == pytest.approx(24000 / 3900)
    assert _typical(9.3 - 0.78) == pytest.approx(12000, rel=0.002)
    logs = typical_logs(MODEL)
    assert round(math.log(2) / math.exp(logs[3]), 1) == 4.3
    assert 216 < math.log(2) / math.exp(logs[5]) < 220


def test_the_slopes_are_those_of_finite_differences():
    logs = typical_logs(MODEL) + 0.3
    for day in (0.0, 2.0, 8.0, 20.0, 90.0, 400.0):
        at = np.array([day])
        known = approx_fprime(logs, lambda x, at=at: log_copies(at, x)[0], 1e-7)
        assert log_copies_slopes(at, logs)[0] == pytest.approx(known, abs=2e-5)


def test_the_fit_is_the_most_probable_point():
    """The posterior written out with ``scipy.stats.norm``, searched by Nelder and Mead."""
    pairs = [(2, 60.0), (7, 9000.0), (11, 20000.0), (21, 2500.0), (28, 700.0), (60, None)]
    fit = fit_stein(_course(pairs), MODEL)
    centre, spread = typical_logs(MODEL), spread_of(MODEL)

    def minus(logs):
        total = norm.logpdf(logs, centre, spread).sum()
        for day, value in pairs:
            curve = log_copies(np.array([float(day)]), logs)[0]
            if value is None:
                total += norm.logcdf(math.log(LLOQ), curve, MODEL.residual)
            else:
                total += norm.logpdf(math.log(value), curve, MODEL.residual)
        return -total

    options = {"xatol": 1e-7, "fatol": 1e-10, "maxiter": 8000, "maxfev": 8000}
    known = minimize(minus, centre + 0.05, method="Nelder-Mead", options=options)
    assert minus(fit.logs) <= known.fun + 1e-4
    assert fit.quantified == 5
    assert fit.below == 1


def test_without_a_value_there_is_no_fit():
    fit = fit_stein(_course([(7, None), (14, None)]), MODEL)
    assert fit.reason
    assert fit.parameters == ()
    assert fitted_curve(fit, [1.0]) == ()


def test_one_value_leaves_most_to_the_population():
    fit = fit_stein(_course([(10, 30000.0)]), MODEL)
    assert {p.id for p in fit.parameters if p.from_population} >= {"alpha", "FB", "beta"}
    assert [p.id for p in fit.derived] == ["doubling time", "half-life alpha", "half-life beta"]


def test_draws_of_a_normal_have_its_moments():
    """Closed form: a correlated normal in 6 dimensions, started from a wrong covariance."""
    random = np.random.default_rng(3)
    root = random.standard_normal((6, 6)) + 2 * np.eye(6)
    mean, covariance = np.arange(6.0), root @ root.T
    inverse = np.linalg.inv(covariance)

    def minus(x):
        return 0.5 * np.einsum("ni,ij,nj->n", x - mean, inverse, x - mean)

    draws = posterior_draws(minus, mean, np.eye(6))
    sd = np.sqrt(np.diag(covariance))
    assert (draws.mean(axis=0) - mean) / sd == pytest.approx(np.zeros(6), abs=0.15)
    assert draws.std(axis=0) / sd == pytest.approx(np.ones(6), abs=0.12)


def test_what_no_value_informs_keeps_the_population_interval():
    """Closed form: one value before any fall says nothing of beta, whose posterior is the prior."""
    fit = fit_stein(_course([(2, 300.0)]), MODEL)
    beta = fit.parameters[5]
    known = 0.0032 * np.exp(norm.ppf([0.025, 0.975]) * math.sqrt(0.86))
    assert beta.from_population
    assert np.log([beta.interval.low, beta.interval.high]) == pytest.approx(np.log(known), abs=0.25)


def test_simulated_patients_are_covered_as_stated():
    """60 patients drawn from the population, 11 visits each to day 360, censored below 50.

    Oracle: the truth. Of 360 parameters in 95 % intervals, and of the curve at days 10, 28 and
    90, at least 92 %: three standard errors below 95 % for the 180 points of the curves would
    be 90 %, and those of the parameters 91.5 %.
    """
    random = np.random.default_rng(19)
    days = np.array([1, 3, 7, 10, 14, 21, 28, 60, 90, 180, 360], dtype=float)
    marks = np.array([10.0, 28.0, 90.0])
    held, on_curve, below = 0, 0, 0
    for _ in range(60):
        truth = typical_logs(MODEL) + spread_of(MODEL) * random.standard_normal(6)
        seen = np.exp(log_copies(days, truth) + MODEL.residual * random.standard_normal(11))
        pairs = [(d, float(v) if v >= LLOQ else None) for d, v in zip(days, seen, strict=True)]
        fit = fit_stein(_course(pairs), MODEL)
        below += fit.below
        ends = [(math.log(p.interval.low), math.log(p.interval.high)) for p in fit.parameters]
        held += sum(a <= x <= b for (a, b), x in zip(ends, truth, strict=True))
        curve = np.exp(log_copies(marks, truth))
        band = fitted_curve(fit, marks)
        on_curve += sum(a <= x <= b for (a, _, b), x in zip(band, curve, strict=True))
    assert below > 80
    assert held / 360 >= 0.92
    assert on_curve / 180 >= 0.92


def test_percentiles_of_the_population():
    """Day 0 is lognormal: Cmax / foldx, whose percentiles are known in closed form."""
    found = population_percentiles(MODEL, [0.0, 28.0], percentiles=(5, 50, 95))
    sd = math.sqrt(2.4 + 0.65)
    known = 24000 / 3900 * np.exp(norm.ppf([0.05, 0.5, 0.95]) * sd)
    assert np.log(found[:, 0]) == pytest.approx(np.log(known), abs=0.12)
    assert (np.diff(found, axis=0) > 0).all()
    assert np.array_equal(
        found, population_percentiles(MODEL, [0.0, 28.0], percentiles=(5, 50, 95))
    )
