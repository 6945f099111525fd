"""The population model of CAR-T kinetics and the conventions of its summary, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from residua.errors import ValueFault


@dataclass(frozen=True)
class KineticParameter:
    """A typical value; ``variance`` is that of its natural logarithm over patients."""

    id: str
    value: float
    unit: str
    variance: float
    clause: str
    cite: str
    provenance: str

    def __post_init__(self) -> None:
        if not (self.clause.strip() and self.cite.strip() and self.provenance.strip()):
            raise ValueFault(
                "a parameter with clause, cite and provenance", "one without", "add them"
            )


@dataclass(frozen=True)
class Noncompartmental:
    """Conventions of a summary without a model; ``later_below_lloq`` is a part of the LLOQ."""

    auc_until: float
    later_below_lloq: float
    least_points: int
    clause: str
    cite: str
    provenance: str


@dataclass(frozen=True)
class KineticModel:
    """``residual`` is the standard deviation of the natural log of a value about its curve."""

    id: str
    product: str
    unit: str
    cite: str
    population: str
    parameters: tuple[KineticParameter, ...]
    residual: float
    residual_clause: str
    summary: Noncompartmental

    @property
    def names(self) -> tuple[str, ...]:
        """The ids of the parameters in their order."""
        return tuple(parameter.id for parameter in self.parameters)


@cache
def stein_2019() -> KineticModel:
    """Stein 2019: growth to a maximum, then a fall in two phases."""
    text = resources.files("residua.standards").joinpath("stein_2019.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return KineticModel(
        data["id"],
        data["product"],
        data["unit"],
        data["cite"],
        data["population"],
        tuple(KineticParameter(**record) for record in data["parameter"]),
        float(data["residual"]["value"]),
        data["residual"]["clause"],
        Noncompartmental(**data["noncompartmental"]),
    )
