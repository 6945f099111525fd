"""What a flow panel is given: events in the units of their scales, blasts, gates, words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault

Points = tuple[tuple[float, float], ...]
Ticks = tuple[tuple[float, str], ...]
_FIRST_LETTERS = "DE"


@dataclass(frozen=True)
class FlowAxis:
    """One axis: its name with its scale, its ends in scale units, ticks (position, words).

    A tick without words is a decade whose label finds no room; `minor` are ticks between.
    """

    label: str
    low: float
    high: float
    ticks: Ticks = ()
    minor: tuple[float, ...] = ()


@dataclass(frozen=True)
class FlowGate:
    """A gate's outline in scale units, open where corners are infinite; unnamed without `name`."""

    name: str
    outline: Points


@dataclass(frozen=True)
class FlowSample:
    """All events of one acquisition for one density plot.

    ``x`` and ``y`` (n,) are compensated values in the units of each axis's scale, ``blasts``
    (n,) says which events are marked, ``marked_as`` what they are. ``note`` is printed beside
    or below, ``simulated`` on the panel. ``ids`` are the facts that it shows. A ``step`` of the
    gating is drawn smaller, after the samples themselves. Raises `ValueFault` where the arrays
    differ in length.
    """

    title: str
    x_axis: FlowAxis
    y_axis: FlowAxis
    x: NDArray[np.floating]
    y: NDArray[np.floating]
    blasts: NDArray[np.bool_]
    gates: tuple[FlowGate, ...] = ()
    note: str = ""
    simulated: bool = False
    ids: tuple[str, ...] = ()
    marked_as: str = "blasts"
    step: bool = False

    def __post_init__(self) -> None:
        if not self.x.shape == self.y.shape == self.blasts.shape or self.x.ndim != 1:
            raise ValueFault(
                "x, y and blasts of one length", "arrays that differ", "give one value per event"
            )


def sample_letters(samples: Sequence[FlowSample]) -> tuple[str, ...]:
    """D and E, as published, then G, H, ... for further samples."""
    return tuple(
        _FIRST_LETTERS[n] if n < len(_FIRST_LETTERS) else chr(ord("G") + n - len(_FIRST_LETTERS))
        for n in range(len(samples))
    )
