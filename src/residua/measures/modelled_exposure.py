"""What a population model says of the doses of one patient; never a measurement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.facts.body_size import BOUNDS
from residua.measures.exposure import Exposure, Infusions, measure_exposure
from residua.standards.exposure_model import ExposureModel, exposure_model

HOURS_PER_DAY = 24.0
CYCLE_H = 672.0
EVERY_H = 24.0
LONGEST_H = 20_000.0
"""Beyond two years of hours stands a slip of the pen, or a course of its own."""
MOST_MG_PER_M2 = 1000.0
"""Beyond a gram stands a slip of the pen."""
BSA = (0.2, 3.5)
"""Surfaces of human beings in m2, from the newborn on; beyond them stands a slip of the pen."""


@dataclass(frozen=True)
class Dose:
    """A dose in mg per m2 on a day since the first dose, counted from 0."""

    mg_per_m2: float
    day: float


@dataclass(frozen=True)
class ModelledExposure:
    """One patient's curve; ``floor`` is the blasts that stood in for fewer, None where none did.

    ``auc_to_cycle`` is the AUC from 0 to 672 h; ``at_floors`` the same at each floor.
    """

    model: ExposureModel
    covariates: Mapping[str, float]
    doses: tuple[Dose, ...]
    exposure: Exposure
    auc_to_cycle: float
    floor: float | None
    at_floors: tuple[tuple[float, float], ...]


def model_exposure(
    name: str, covariates: Mapping[str, float], doses: Sequence[Dose], at_h: Sequence[float] = ()
) -> ModelledExposure:
    """The curve of one patient; without `at_h` a value a day over 672 h or the course.

    Raises `ValueFault` for a model, covariate, dose or time that does not fit.
    """
    model = exposure_model(name)
    _check(model, covariates)
    if max((*at_h, *(dose.day * HOURS_PER_DAY for dose in doses)), default=0.0) > LONGEST_H:
        expected = f"doses and times within {LONGEST_H:g} h of the first dose"
        raise ValueFault(expected, "a later one", "correct the days or hours")
    if max((dose.mg_per_m2 for dose in doses), default=0.0) > MOST_MG_PER_M2:
        expected = f"doses of at most {MOST_MG_PER_M2:g} mg/m2"
        raise ValueFault(expected, "a larger one", "correct the dose")
    asked = [float(t) for t in (at_h or _daily(doses))]
    times = sorted({*asked, CYCLE_H})
    floor = model.floors[0] if covariates["blasts"] < model.floors[0] else None
    used = dict(covariates) | ({"blasts": floor} if floor is not None else {})
    found = _measure(model, used, doses, times)
    return ModelledExposure(
        model,
        dict(covariates),
        tuple(doses),
        _only(found, asked),
        float(found.auc[times.index(CYCLE_H), 0]),
        floor,
        _sensitivity(model, used, doses) if floor is not None else (),
    )


def _check(model: ExposureModel, covariates: Mapping[str, float]) -> None:
    lacking = [name for name in model.covariates if name not in covariates]
    if lacking:
        raise ValueFault(f"{', '.join(lacking)} for {model.id}", "nothing", "give them")
    limits = {"bsa": BSA, "lbm": (1.0, BOUNDS["weight"][1].number), "age": (0.0, 130.0)}
    for name, (low, high) in limits.items():
        if name in covariates and not low <= covariates[name] <= high:
            raise ValueFault(f"{name} from {low:g} to {high:g}", "one beyond it", "correct it")
    if covariates["blasts"] < 0:
        raise ValueFault("blasts of at least 0", "fewer", "correct them")
    if model.blasts.startswith("percent") and covariates["blasts"] > 100:
        raise ValueFault("blasts of at most 100 %", "more", "correct them")


def _daily(doses: Sequence[Dose]) -> list[float]:
    """Every day to 672 h or three weeks after the last dose, and the end of each infusion."""
    last = max((dose.day for dose in doses), default=0.0) * HOURS_PER_DAY
    until = max(CYCLE_H, last + CYCLE_H / 4 * 3)
    ends = {dose.day * HOURS_PER_DAY + 1.0 for dose in doses}
    return sorted({*np.arange(0.0, until + EVERY_H, EVERY_H).tolist(), *ends})


def _measure(
    model: ExposureModel, used: Mapping[str, float], doses: Sequence[Dose], times: Sequence[float]
) -> Exposure:
    arrays = {name: np.array([value]) for name, value in used.items()}
    if "bsa" not in used:
        raise ValueFault("the body surface for doses per m2", "nothing", "give --bsa")
    amounts = np.array([[dose.mg_per_m2 * used["bsa"]] for dose in doses])
    starts = tuple(dose.day * HOURS_PER_DAY for dose in doses)
    infusions = Infusions(starts, amounts, model.infusion_hours)
    return measure_exposure(model.values(arrays), infusions, times)


def _only(found: Exposure, asked: Sequence[float]) -> Exposure:
    keep = np.isin(found.time_h, asked)
    return Exposure(found.time_h[keep], found.concentration[keep], found.auc[keep])


def _sensitivity(
    model: ExposureModel, used: Mapping[str, float], doses: Sequence[Dose]
) -> tuple[tuple[float, float], ...]:
    """The AUC to 672 h at each floor."""
    return tuple(
        (floor, float(_measure(model, {**used, "blasts": floor}, doses, [CYCLE_H]).auc[0, 0]))
        for floor in model.floors
    )
