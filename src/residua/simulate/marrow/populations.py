"""The populations of normal marrow as populations.toml has them: fractions, levels, scatter."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residua.simulate.assumptions import assumed, assumed_numbers
from residua.simulate.marrow.decades import to_decades

Floats = NDArray[np.float64]
HAEMATOGONES = "haematogones"
CONDITIONS = ("adult", "child", "regenerating", "targeted")
STAGES = 3


@dataclass(frozen=True, eq=False)
class Population:
    """`levels` (k, m) on the scale 0 to 4 of the k groups of its pseudotime (else 1), per marker.

    `wide` (m,) says which markers are heterogeneous; `scatter` linear medians of FSC-A, SSC-A;
    `fractions` per condition: usual, lowest, highest percent; `spread` decades of a positive.
    """

    name: str
    levels: Floats
    wide: NDArray[np.bool_]
    scatter: tuple[float, float]
    fractions: dict[str, tuple[float, float, float]]
    spread: float


@cache
def markers() -> tuple[str, ...]:
    """Every marker that has levels, in the order of all arrays per marker."""
    return tuple(_book()["markers"])


@cache
def populations() -> tuple[Population, ...]:
    """The normal populations."""
    return tuple(_population(entry) for entry in _book()["population"])


def stage_weights(condition: str) -> Floats:
    """(k,) weights of the steps of pseudotime, by the split of the stages."""
    steps = int(assumed("marrow_levels", "steps"))
    split = np.asarray(_book()["split"][condition], np.float64)
    return np.repeat(split / split.sum() / steps, steps)


def precursor_levels(pseudotime: float) -> Floats:
    """(m,) levels of a haematogone at `pseudotime`, 0 to 3."""
    (entry,) = (one for one in _book()["population"] if one["name"] == HAEMATOGONES)
    return np.asarray(_along(entry["course"], np.array([pseudotime]))[0])


def medians_of(levels: Floats) -> Floats:
    """Decades of levels 0 to 4; between two levels on a line of log light."""
    light = np.log(assumed_numbers("marrow_levels", "medians"))
    return np.asarray(to_decades(np.exp(np.interp(levels, np.arange(len(light)), light))))


def spreads_of(levels: Floats, wide: NDArray[np.bool_], positive: float) -> Floats:
    """Standard deviations in decades: those of a negative grow into those of a `positive`."""
    negative = assumed("marrow_levels", "negative")
    tight = negative + (positive - negative) * np.minimum(levels, 1)
    return np.where(wide & (levels > 0), assumed("marrow_levels", "wide"), tight)


def _population(entry: dict[str, Any]) -> Population:
    if "course" in entry:
        steps = STAGES * int(assumed("marrow_levels", "steps"))
        levels = _along(entry["course"], (np.arange(steps) + 0.5) * STAGES / steps)
    else:
        levels = np.array([[float(entry["levels"].get(marker, 0)) for marker in markers()]])
    return Population(
        name=entry["name"],
        levels=levels,
        wide=np.array([marker in entry.get("wide", ()) for marker in markers()]),
        scatter=tuple(entry["scatter"]),
        fractions={name: tuple(values) for name, values in entry["fractions"].items()},
        spread=entry.get("spread", assumed("marrow_levels", "positive")),
    )


def _along(course: dict[str, Any], pseudotime: Floats) -> Floats:
    """(k, m) levels along the knots of each marker; a marker without knots is 0."""
    knots = [np.asarray(course.get(marker, [[0, 0]]), np.float64) for marker in markers()]
    return np.stack([np.interp(pseudotime, line[:, 0], line[:, 1]) for line in knots], axis=1)


@cache
def _book() -> dict[str, Any]:
    name = "populations.toml"
    text = files("residua.simulate.marrow").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(text)
