"""`residua exposure`: the doses and covariates of the command line, and the curve of a model."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from residua.errors import UsageError, ValueFault
from residua.facts.quantity import Quantity
from residua.measures.body_surface import BodySize, body_surface, lean_body_mass
from residua.measures.modelled_exposure import Dose, ModelledExposure, model_exposure


def exposure_of(
    model: str, given: Mapping[str, str], doses: Sequence[str], at: Sequence[str] = ()
) -> ModelledExposure:
    """The curve for what the command line gives, all as written.

    Raises `UsageError` for what cannot be read or does not fit.
    """
    try:
        read = tuple(_dose(text) for text in doses)
        if not read:
            raise ValueFault("at least one dose", "none", "give --dose MG_PER_M2@DAY")
        times = sorted(
            {_number(part, "a time in hours") for text in at for part in text.split(",")}
        )
        return model_exposure(model, _covariates(given), read, times)
    except ValueFault as fault:
        raise UsageError(str(fault)) from fault


def _dose(text: str) -> Dose:
    amount, mark, day = text.partition("@")
    if not mark:
        raise ValueFault("a dose as MG_PER_M2@DAY, such as 0.8@0", "another form", "add the day")
    dose = Dose(_number(amount, "a dose in mg/m2"), _number(day, "a day, from 0"))
    if dose.day < 0:
        raise ValueFault("days from 0, the first dose", "one before it", "count from the first")
    return dose


def _number(text: str, what: str) -> float:
    try:
        number = float(text.strip())
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueFault(what, "no number", "write it with a decimal point")
    return number


def _covariates(given: Mapping[str, str]) -> dict[str, float]:
    """BSA and lean mass as given, or from height, weight and sex."""
    found = {n: _number(given[n], n) for n in ("bsa", "lbm", "blasts", "age") if n in given}
    if "height" in given and "weight" in given:
        size = BodySize(
            Quantity.parse(given["height"], "cm"), Quantity.parse(given["weight"], "kg")
        )
        found.setdefault("bsa", float(body_surface(size).to("m2").value))
        if "sex" in given:
            found.setdefault("lbm", float(lean_body_mass(size, sex=given["sex"]).to("kg").value))
    if "blasts" not in found:
        raise ValueFault("the blasts in blood", "nothing", "give --blasts, 0 where there are none")
    return found
