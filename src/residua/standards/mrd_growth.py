"""Levels to which MRD is projected and doubling times that are assumed, as data."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True)
class ProjectedLevel:
    """A fraction to which a course is projected."""

    id: str
    fraction: float
    clause: str
    cite: str
    provenance: str


@dataclass(frozen=True)
class AssumedDoubling:
    """A doubling time in days, with its range where one is stated; never a measurement."""

    id: str
    days: float
    clause: str
    cite: str
    provenance: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class MrdGrowth:
    """``scatter_floor`` in log10: the least scatter that a fitted line is given.

    ``assumed_days`` are the doubling times of the table of assumptions, told by
    ``assumed_clause``; ``baseline_days`` how long before a therapy a value may lie from which
    the line under it begins; ``turn`` in log10 from where values that turn lie on no line.
    """

    levels: tuple[ProjectedLevel, ...]
    doublings: tuple[AssumedDoubling, ...]
    scatter_floor: float
    assumed_days: tuple[float, ...]
    assumed_clause: str
    baseline_days: float
    turn: float


@cache
def mrd_growth() -> MrdGrowth:
    """The levels and assumptions in the order of their file."""
    text = resources.files("residua.standards").joinpath("mrd_growth.toml").read_text("utf-8")
    data = tomllib.loads(text)
    return MrdGrowth(
        tuple(ProjectedLevel(**record) for record in data["level"]),
        tuple(AssumedDoubling(**record) for record in data["doubling"]),
        float(data["line"]["scatter_floor"]),
        tuple(float(days) for days in data["assumed"]["days"]),
        data["assumed"]["clause"],
        float(data["baseline"]["days"]),
        float(data["turn"]["log10"]),
    )
