"""Population models of drug exposure as data: parameters with covariates, each with its place."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import numpy as np
import numpy.typing as npt

from residua.errors import ValueFault, nearest

Values = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Parameter:
    """A typical value and how one or two covariates change it.

    ``value x factor x (covariate / reference)^exponent x (second / ...)^...``, or with a
    ``slope`` ``value x (1 + slope x (covariate - reference))``.
    """

    id: str
    value: float
    unit: str
    clause: str
    cite: str
    provenance: str
    factor: float = 1.0
    covariate: str = ""
    reference: float = 1.0
    exponent: float = 0.0
    slope: float | None = None
    second: str = ""
    second_reference: float = 1.0
    second_exponent: float = 0.0

    def __post_init__(self) -> None:
        if not (self.clause.strip() and self.cite.strip() and self.provenance.strip()):
            raise ValueFault(
                "a parameter with clause, cite and provenance", "one without", "add them"
            )

    def of(self, covariates: Mapping[str, Values]) -> Values:
        """The value for each patient, shape (n,); raises KeyError for a covariate not given."""
        typical = self.value * self.factor
        if not self.covariate:
            first = next(iter(covariates.values()))
            return np.full(np.shape(first), typical)
        x = covariates[self.covariate]
        if self.slope is not None:
            return typical * (1 + self.slope * (x - self.reference))
        found = typical * (x / self.reference) ** self.exponent
        if self.second:
            found = (
                found * (covariates[self.second] / self.second_reference) ** self.second_exponent
            )
        return np.asarray(found, dtype=np.float64)


@dataclass(frozen=True)
class ExposureModel:
    """One model of one drug; ``floors`` stand for blasts of zero, the first one is used."""

    id: str
    drug: str
    published: str
    cite: str
    doi: str
    population: str
    note: str
    blasts: str
    parameters: tuple[Parameter, ...]
    floors: tuple[float, ...]
    floor_clause: str
    infusion_hours: float

    def __post_init__(self) -> None:
        if not self.cite.strip():
            raise ValueFault("a model with a citation", "one without", "add it")

    @property
    def covariates(self) -> tuple[str, ...]:
        """The covariates that it asks for, in the order of its parameters."""
        named = [name for p in self.parameters for name in (p.covariate, p.second) if name]
        return tuple(dict.fromkeys(named))

    def values(self, covariates: Mapping[str, Values]) -> dict[str, Values]:
        """Id of each parameter -> its value for each patient, shape (n,)."""
        return {parameter.id: parameter.of(covariates) for parameter in self.parameters}


@cache
def exposure_models() -> tuple[ExposureModel, ...]:
    """The encoded models in the order of their file."""
    text = resources.files("residua.standards").joinpath("exposure_models.toml").read_text("utf-8")
    data = tomllib.loads(text)
    floor, hours = data["floor"], float(data["infusion"]["hours"])
    return tuple(
        ExposureModel(
            **{key: value for key, value in record.items() if key != "parameter"},
            parameters=tuple(Parameter(**parameter) for parameter in record["parameter"]),
            floors=tuple(floor[record["id"]]),
            floor_clause=floor["clause"],
            infusion_hours=hours,
        )
        for record in data["model"]
    )


def exposure_model(name: str) -> ExposureModel:
    """The model of that name; raises `ValueFault` for one that is not encoded."""
    found = {model.id: model for model in exposure_models()}
    if name not in found:
        raise ValueFault("an encoded model", "another name", nearest(name, found), field="model")
    return found[name]
