"""What compensation leaves of a stain in the other detectors, by single-stain controls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.measures.compensation.estimate import SpilloverEstimate, estimate_spillover
from residua.measures.compensation.median_slope import median_slopes
from residua.measures.compensation.populations import Populations
from residua.measures.compensation.spillover import unmixing

Values = NDArray[np.float64]
LARGE = 0.01  # of the dye's signal: what a residual must reach to be told (Residua's choice)
SURE = 3.0  # standard errors a residual must lie from 0 to be told (Residua's choice)
_Z = 1.959963984540054


@dataclass(frozen=True)
class Residual:
    """The share of `dye` left in `detector` after compensation, with its 95 % interval."""

    dye: str
    detector: str
    slope: float
    error: float

    @property
    def interval(self) -> tuple[float, float]:
        """Low and high, two-sided 95 %."""
        return self.slope - _Z * self.error, self.slope + _Z * self.error

    @property
    def large(self) -> bool:
        """Whether it is both large and beyond its error."""
        return abs(self.slope) >= LARGE and abs(self.slope) > SURE * self.error

    @property
    def words(self) -> str:
        """``PE-A into APC-A 2.1 % (1.9 to 2.3)``."""
        low, high = self.interval
        return (
            f"{self.dye} into {self.detector} {100 * self.slope:.2g} % "
            f"({100 * low:.2g} to {100 * high:.2g})"
        )


def residual_spillover(
    controls: Sequence[Populations], detectors: tuple[str, ...], spillover: Spillover | None
) -> tuple[Residual, ...]:
    """The slope left in every other detector for each control, the largest first.

    `spillover` None: no compensation. Raises `ValueFault` where the matrix has no inverse or
    names a detector that the controls lack.
    """
    found = [one for control in controls for one in _left(control, detectors, spillover)]
    return tuple(sorted(found, key=lambda one: -abs(one.slope)))


def held_out_residuals(
    controls: Sequence[Populations], detectors: tuple[str, ...]
) -> tuple[Residual, ...]:
    """What is left where the controls themselves make the matrix.

    Half of the events make it and the other half test it, as a matrix leaves nothing in the
    medians of its own events; the errors of both halves count. Halving widens them.
    """
    made = estimate_spillover([one.half(0) for one in controls], detectors)
    tested = residual_spillover([one.half(1) for one in controls], detectors, made.spillover)
    return tuple(
        replace(one, error=float(np.hypot(one.error, _error(made, one)))) for one in tested
    )


def _error(made: SpilloverEstimate, residual: Residual) -> float:
    names = made.spillover.channels
    if residual.detector not in names or residual.dye not in names:
        return 0.0
    return float(made.errors[names.index(residual.dye), names.index(residual.detector)])


def _left(
    control: Populations, detectors: tuple[str, ...], spillover: Spillover | None
) -> Iterator[Residual]:
    dye = detectors[control.own]
    positive, names = compensated(control.positive, detectors, spillover)
    negative, _ = compensated(control.negative, detectors, spillover)
    slopes = median_slopes(positive, negative, names.index(dye))
    for name, slope, error in zip(names, slopes.values, slopes.errors, strict=True):
        if name != dye:
            yield Residual(dye, name, float(slope), float(error))


def compensated(
    light: Values, detectors: tuple[str, ...], spillover: Spillover | None
) -> tuple[Values, tuple[str, ...]]:
    """Light (n, d) with its names, the dyes of `spillover` in place of what they come from."""
    if spillover is None:
        return light, detectors
    absent = [name for name in spillover.channels if name not in detectors]
    if absent:
        raise ValueFault("controls with every detector of the matrix", f"none with {absent[0]!r}",
                         "record the controls with the panel of the sample")  # fmt: skip
    seen = light[:, [detectors.index(name) for name in spillover.channels]]
    values = seen @ unmixing(spillover)
    others = [place for place, name in enumerate(detectors) if name not in spillover.channels]
    names = (*spillover.names, *(detectors[place] for place in others))
    return np.hstack([values, light[:, others]]), names
