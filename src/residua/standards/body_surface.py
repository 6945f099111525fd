"""Published formulas of body surface and lean mass; see body_surface.toml."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from typing import Any

from residua.errors import ValueFault, nearest


@dataclass(frozen=True)
class SurfaceFormula:
    """Surface in m2 = coefficient x (height in cm)^height_power x (weight in kg)^weight_power."""

    id: str
    coefficient: Decimal
    height_power: Decimal
    weight_power: Decimal
    clause: str
    cite: str
    provenance: str
    reading: str = ""

    def of(self, height: Decimal, weight: Decimal) -> Decimal:
        """Surface in m2 of a height in cm and a weight in kg."""
        return self.coefficient * height**self.height_power * weight**self.weight_power


@dataclass(frozen=True)
class LeanMassFormula:
    """Lean mass in kg of one sex, linear in height (cm) and weight (kg)."""

    id: str
    sex: str
    weight_factor: Decimal
    height_factor: Decimal
    constant: Decimal
    clause: str
    cite: str
    provenance: str

    def of(self, height: Decimal, weight: Decimal) -> Decimal:
        """Lean mass in kg of a height in cm and a weight in kg."""
        return self.weight_factor * weight + self.height_factor * height + self.constant


@cache
def surface_formulas() -> dict[str, SurfaceFormula]:
    """Name -> formula."""
    numbers = ("coefficient", "height_power", "weight_power")
    return {r["id"]: SurfaceFormula(**_decimal(r, numbers)) for r in _table()["surface"]}


def surface_formula(name: str) -> SurfaceFormula:
    """The formula of that name; raises `ValueFault` for one that is not encoded."""
    found = surface_formulas().get(name.lower())
    if found is None:
        raise ValueFault(
            "a formula of body surface", "another name", nearest(name, surface_formulas())
        )
    return found


def lean_mass_formula(sex: str) -> LeanMassFormula:
    """Boer's formula for a sex, ``female`` or ``male``; raises `ValueFault` for another."""
    numbers = ("weight_factor", "height_factor", "constant")
    found = {r["sex"]: LeanMassFormula(**_decimal(r, numbers)) for r in _table()["lean_mass"]}
    if sex not in found:
        raise ValueFault("female or male", "another word", "use one of: female, male")
    return found[sex]


def _decimal(record: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    if not all(str(record.get(key, "")).strip() for key in ("clause", "cite", "provenance")):
        raise ValueFault("a formula with clause, cite and provenance", "one without", "add them")
    return {**record, **{name: Decimal(record[name]) for name in names}}


@cache
def _table() -> dict[str, Any]:
    text = files("residua.standards").joinpath("body_surface.toml").read_text("utf-8")
    return tomllib.loads(text)
