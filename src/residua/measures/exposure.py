"""Concentration and exposure of a drug by a population model: a model, not a measurement.

Two compartments with a clearance that falls with time, CL(t) = CL1 + CL2 exp(-kdes t), after
infusions at a constant rate. Amounts in mg, volumes in L, times in h since the first dose,
concentrations in ng/mL. All patients are integrated together by the classical Runge-Kutta
method of fourth order; `exposure_plain` holds the slow version that the tests compare with.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from residua.errors import ValueFault

Array = npt.NDArray[np.float64]
STEP_H = 0.5
BLOCK = 2048
"""So many patients stay in the processor's cache."""
NG_PER_ML = 1000.0
"""1 mg/L in ng/mL."""


@dataclass(frozen=True)
class Infusions:
    """Doses of a course: start of each in h since the first, and its amount in mg.

    ``amount_mg`` has shape (doses, patients).
    """

    start_h: tuple[float, ...]
    amount_mg: Array
    hours: float

    def __post_init__(self) -> None:
        if not self.start_h or min(self.start_h) < 0:
            raise ValueFault("doses on days from 0 on", "none, or one before", "correct the days")
        if (self.amount_mg < 0).any() or not np.isfinite(self.amount_mg).all():
            raise ValueFault("doses of at least 0", "another amount", "correct the dose")

    def rate(self, at_h: float) -> Array:
        """mg/h that flow in just after `at_h`, shape (patients,)."""
        on = [start <= at_h < start + self.hours for start in self.start_h]
        return np.asarray(self.amount_mg[on].sum(axis=0) / self.hours)


@dataclass(frozen=True)
class Exposure:
    """``concentration`` (times, patients) at ``time_h``; ``auc`` (times, patients) up to there."""

    time_h: Array
    concentration: Array
    auc: Array


def measure_exposure(
    parameters: Mapping[str, Array], infusions: Infusions, at_h: Sequence[float]
) -> Exposure:
    """Concentration (ng/mL) and AUC from 0 (ng h/mL) of each patient at each of `at_h`.

    `parameters` holds CL1, CL2 (L/h), kdes (/h), V1, V2 (L) and Q (L/h), each of shape
    (patients,). `at_h` rises. Raises `ValueFault` for times that do not.
    """
    times = np.asarray(at_h, dtype=np.float64)
    if times.size == 0 or times[0] < 0 or (np.diff(times) <= 0).any():
        raise ValueFault("times from 0 on that rise", "others", "sort them and leave out doubles")
    patients = infusions.amount_mg.shape[1]
    blocks = [
        _block(parameters, infusions, times, slice(first, first + BLOCK))
        for first in range(0, patients, BLOCK)
    ]
    kept = np.concatenate(blocks, axis=2)
    concentration = NG_PER_ML * kept[:, 0] / parameters["V1"]
    return Exposure(times, concentration, NG_PER_ML * kept[:, 1])


def _block(
    parameters: Mapping[str, Array], infusions: Infusions, times: Array, some: slice
) -> Array:
    """Amount in the centre (mg) and AUC (mg h/L) of some patients, shape (times, 2, patients)."""
    parameters = {name: values[some] for name, values in parameters.items()}
    infusions = Infusions(infusions.start_h, infusions.amount_mg[:, some], infusions.hours)
    patients = infusions.amount_mg.shape[1]
    state = np.zeros((3, patients))
    kept = np.zeros((times.size, 2, patients))
    marks = _marks(infusions, times)
    place = 0
    for start, end in zip([0.0, *marks], marks, strict=False):
        state = _advance(state, parameters, infusions.rate(start), start, end)
        while place < times.size and times[place] <= end:
            kept[place] = state[[0, 2]]
            place += 1
    return kept


def _marks(infusions: Infusions, times: Array) -> list[float]:
    """Every instant at which a rate changes or a value is asked for, rising; 0 is the start."""
    ends = [start + infusions.hours for start in infusions.start_h]
    marks = {*infusions.start_h, *ends, *map(float, times)}
    last = float(times[-1])
    return [mark for mark in sorted(marks | {0.0}) if mark <= last]


def _advance(
    state: Array, parameters: Mapping[str, Array], rate: Array, start: float, end: float
) -> Array:
    """The state (mg central, mg peripheral, AUC in mg h/L) from `start` to `end`."""
    steps = int(np.ceil((end - start) / STEP_H))
    if steps == 0:
        return state
    h = (end - start) / steps
    for step in range(steps):
        t = start + step * h
        k1 = _slope(state, parameters, rate, t)
        k2 = _slope(state + h / 2 * k1, parameters, rate, t + h / 2)
        k3 = _slope(state + h / 2 * k2, parameters, rate, t + h / 2)
        k4 = _slope(state + h * k3, parameters, rate, t + h)
        state = state + h / 6 * (k1 + 2 * (k2 + k3) + k4)
    return state


def _slope(state: Array, p: Mapping[str, Array], rate: Array, t: float) -> Array:
    """Rates of change of the three states at time `t`."""
    central, peripheral, _ = state
    level = central / p["V1"]
    between = p["Q"] * (level - peripheral / p["V2"])
    clearance = p["CL1"] + p["CL2"] * np.exp(-p["kdes"] * t)
    return np.stack([rate - clearance * level - between, between, level])
