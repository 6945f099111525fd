"""A spillover matrix from single-stain controls, with the error of every coefficient."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover
from residua.measures.compensation.median_slope import Slopes, median_slopes
from residua.measures.compensation.populations import FEW, Populations
from residua.measures.compensation.spillover import alike, condition_of, unmixing

Values = NDArray[np.float64]
BEYOND = 3.0  # standard errors: a coefficient that far below 0 is no chance (Residua's choice)
SATURATED = 0.01  # share of positives at the end of a detector from which it is told
ILL = 100.0  # condition number from which two dyes are told to be hard to tell apart


@dataclass(frozen=True, eq=False)
class SpilloverEstimate:
    """A matrix with the standard errors (d, d) of its entries and what is doubtful about it."""

    spillover: Spillover
    errors: Values
    condition: float
    flags: tuple[str, ...]


def estimate_spillover(
    controls: Sequence[Populations], detectors: tuple[str, ...]
) -> SpilloverEstimate:
    """The matrix of the dyes that `controls` hold, in the order of their detectors.

    Each control gives a row by `median_slopes`. Raises `ValueFault` where two dyes cannot be
    told apart, by name.
    """
    ordered = sorted(controls, key=lambda control: control.own)
    columns = [control.own for control in ordered]
    names = tuple(detectors[column] for column in columns)
    found = [median_slopes(one.positive, one.negative, one.own) for one in ordered]
    matrix = np.array([slopes.values[columns] for slopes in found])
    errors = np.array([slopes.errors[columns] for slopes in found])
    spillover = Spillover(names, matrix)
    unmixing(spillover)
    flags = [
        *(flag for one in ordered for flag in control_flags(one, detectors[one.own])),
        *(
            flag
            for one, slopes in zip(ordered, found, strict=True)
            for flag in _bright_elsewhere(slopes, one.own, detectors)
        ),
        *_below_zero(spillover, errors),
        *condition_flags(spillover),
    ]
    return SpilloverEstimate(spillover, errors, condition_of(spillover), tuple(flags))


def condition_flags(spillover: Spillover) -> tuple[str, ...]:
    """Whether two dyes are hard to tell apart, by name."""
    condition = condition_of(spillover)
    if condition < ILL:
        return ()
    names = " and ".join(alike(spillover))
    number = f"condition number {condition:.0f}"
    return (f"the spillover matrix has {number}: {names} are hard to tell apart",)


def control_flags(control: Populations, dye: str) -> tuple[str, ...]:
    """What is doubtful about one control."""
    flags = []
    for values, called in ((control.positive, "positive"), (control.negative, "negative")):
        if len(values) < FEW:
            flags.append(f"{dye}: only {len(values)} {called} events in {control.name}")
    if control.saturated >= SATURATED:
        share = f"{control.saturated:.0%}"
        flags.append(f"{dye}: {share} of the positives of {control.name} are at a detector's end")
    return tuple(flags)


def _bright_elsewhere(slopes: Slopes, own: int, detectors: tuple[str, ...]) -> list[str]:
    """Every detector that sees a dye brighter than its own does."""
    return [
        f"{detectors[own]}: seen brighter in {detector} ({share:.2f}); is the control right?"
        for detector, share in zip(detectors, slopes.values, strict=True)
        if share > 1
    ]


def _below_zero(spillover: Spillover, errors: Values) -> list[str]:
    names = spillover.channels
    return [
        f"{dye} into {detector}: {100 * spillover.matrix[row, column]:.2f} % is below 0 beyond "
        "its error: positives and negatives differ in more than the stain"
        for row, dye in enumerate(names)
        for column, detector in enumerate(names)
        if spillover.matrix[row, column] < -BEYOND * errors[row, column]
    ]


def check_each_once(controls: Sequence[Populations], detectors: tuple[str, ...]) -> None:
    """Raise `ValueFault` for two controls of one dye."""
    for one, other in combinations(controls, 2):
        if one.own == other.own:
            dye = detectors[one.own]
            received = f"{one.name} and {other.name}"
            raise ValueFault(f"one control for {dye}", received, "remove one, or state its stain")
