"""Modelled exposure against the published table, SciPy's integrator and closed forms.

Oracles: the table of concentrations and AUC worked out for the typical patient of Garrett 2019
(CL1 = 0.0333 L/h and kdes = 0.00472 /h as printed); ``scipy.integrate.solve_ivp`` at a relative
tolerance of 1e-10; the AUC of a linear model, dose / clearance.
"""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.integrate import solve_ivp

from residua.measures.exposure import Infusions, measure_exposure
from residua.standards.exposure_model import exposure_model

COURSE = (0.0, 168.0, 336.0)
MG_PER_M2 = np.array([[0.8], [0.5], [0.5]])
TIMES = [1, 168, 169, 336, 337, 504, 672]
TABLE = [
    (1.84, 5.25, (212.62, 1.89, 136.76, 6.43, 142.19, 18.53, 10.35), 19252.7),
    (1.50, 5.25, (235.18, 2.77, 151.89, 8.43, 158.50, 21.87, 13.56), 21643.0),
    (1.84, 0.10, (212.62, 2.12, 137.21, 8.58, 144.51, 24.62, 14.31), 21954.3),
    (1.84, 0.01, (212.62, 2.28, 137.50, 10.19, 146.21, 28.62, 16.96), 23714.0),
]


def _values(bsa, blasts):
    found = {"bsa": np.atleast_1d(bsa), "blasts": np.atleast_1d(blasts)}
    return exposure_model("garrett-2019").values(found)


def _course(bsa):
    return Infusions(COURSE, MG_PER_M2 * np.atleast_1d(bsa), 1.0)


@pytest.mark.parametrize(("bsa", "blasts", "levels", "auc"), TABLE)
def test_the_table_to_its_printed_digits(bsa, blasts, levels, auc):
    found = measure_exposure(_values(bsa, blasts), _course(bsa), TIMES)
    assert [f"{value:.2f}" for value in found.concentration[:, 0]] == [f"{v:.2f}" for v in levels]
    assert f"{found.auc[-1, 0]:.1f}" == f"{auc:.1f}"


@pytest.mark.parametrize(("bsa", "blasts"), [(1.84, 5.25), (1.2, 0.01), (2.4, 90.0)])
def test_every_hour_agrees_with_an_independent_integration(bsa, blasts):
    hours = np.arange(1.0, 673.0)
    found = measure_exposure(_values(bsa, blasts), _course(bsa), hours.tolist())
    p = {name: float(value[0]) for name, value in _values(bsa, blasts).items()}
    doses = MG_PER_M2[:, 0] * bsa

    def slope(t, a, rate):
        level = a[0] / p["V1"]
        clearance = p["CL1"] + p["CL2"] * math.exp(-p["kdes"] * t)
        out = p["Q"] * (level - a[1] / p["V2"])
        return [rate - clearance * level - out, out, level]

    state, levels, areas = np.zeros(3), [], []
    for hour in hours:
        rate = sum(d for s, d in zip(COURSE, doses, strict=True) if s <= hour - 1 < s + 1)
        done = solve_ivp(slope, (hour - 1, hour), state, args=(rate,), rtol=1e-10, atol=1e-14)
        state = done.y[:, -1]
        levels.append(1000 * state[0] / p["V1"])
        areas.append(1000 * state[2])
    assert np.allclose(found.concentration[:, 0], levels, rtol=1e-5, atol=0)
    assert np.allclose(found.auc[:, 0], areas, rtol=1e-5, atol=0)


def test_without_the_falling_clearance_the_area_is_dose_by_clearance():
    """A linear model: AUC to infinity = dose / CL1; the label's 99 459 ng h/mL of 1.8 mg/m2."""
    values = _values(1.84, 5.25) | {"CL2": np.zeros(1)}
    found = measure_exposure(values, _course(1.84), [100_000.0])
    assert found.auc[0, 0] == pytest.approx(1000 * 1.8 * 1.84 / 0.0333, rel=1e-6)
    assert found.auc[0, 0] == pytest.approx(99_459, abs=1)


def test_the_last_half_life_is_twelve_days():
    """CL = CL1: 12.13 days, from the eigenvalue of the two compartments."""
    values = _values(1.84, 5.25) | {"CL2": np.zeros(1)}
    found = measure_exposure(values, _course(1.84), [5000.0, 6000.0])
    rate = math.log(found.concentration[0, 0] / found.concentration[1, 0]) / 1000
    assert math.log(2) / rate / 24 == pytest.approx(12.13, abs=0.005)


def test_many_patients_are_each_as_alone():
    """Also across the blocks in which they are worked out."""
    random = np.random.default_rng(1)
    bsa, blasts = random.uniform(1.2, 2.4, 2100), random.uniform(0.01, 80, 2100)
    together = measure_exposure(_values(bsa, blasts), _course(bsa), [1.0, 400.0])
    for one in (0, 1, 2047, 2048, 2099):
        alone = measure_exposure(_values(bsa[one], blasts[one]), _course(bsa[one]), [1.0, 400.0])
        assert np.array_equal(alone.concentration[:, 0], together.concentration[:, one])


def test_the_second_model_has_its_printed_typical_values():
    """Wu 2024, ALL, 60 years: CL1 0.0303, CL2 0.363, kdes 0.00439; at 17 and 20 years kdes times
    1.45 and 1.38."""
    model = exposure_model("wu-2024")
    typical = {"lbm": np.array([52.7]), "blasts": np.array([0.352]), "age": np.array([60.0])}
    values = model.values(typical)
    assert [f"{values[n][0]:.3g}" for n in ("CL1", "CL2", "kdes")] == ["0.0303", "0.363", "0.00439"]
    for age, factor in ((17.0, 1.45), (20.0, 1.38)):
        young = model.values(typical | {"age": np.array([age])})["kdes"] / values["kdes"]
        assert f"{young[0]:.2f}" == f"{factor:.2f}"
