"""What a flow panel is given: events in the units of their scales, blasts, gates, words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.views.powers import power_of_ten

Points = tuple[tuple[float, float], ...]
Ticks = tuple[tuple[float, str], ...]
_FIRST_LETTERS = "DE"


@dataclass(frozen=True)
class FlowAxis:
    """One axis: its name with its scale, its ends in scale units, ticks (position, words)."""

    label: str
    low: float
    high: float
    ticks: Ticks = ()


@dataclass(frozen=True)
class FlowGate:
    """A gate's outline in scale units; infinite corners are drawn at the ends of the axes."""

    name: str
    outline: Points


@dataclass(frozen=True)
class FlowSample:
    """All events of one acquisition for one density plot.

    ``x`` and ``y`` (n,) are compensated values in the units of each axis's scale, ``blasts``
    (n,) says which events are blasts. ``note`` is printed below (a percentage with its
    interval), ``simulated`` on the panel. ``ids`` are the facts that it shows. Raises
    `ValueFault` where the arrays differ in length.
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

    def __post_init__(self) -> None:
        if not self.x.shape == self.y.shape == self.blasts.shape or self.x.ndim != 1:
            raise ValueFault(
                "x, y and blasts of one length", "arrays that differ", "give one value per event"
            )


def decade_ticks(
    to_scale: Callable[[NDArray[np.float64]], NDArray[np.float64]],
    low: float,
    high: float,
    decades: Sequence[int] = (2, 3, 4, 5, 6),
) -> Ticks:
    """Ticks at 0, -10³ and powers of ten that lie from `low` to `high` in scale units.

    `to_scale` takes linear values (k,) to scale units, as `measures.scale.apply_scale` does.
    Neighbours nearer than a twelfth of the axis are left out, 0 and higher powers first kept.
    """
    values = [0.0, *(10.0**d for d in reversed(decades)), -1e3]
    words = ["0", *(power_of_ten(d) for d in reversed(decades)), "-" + power_of_ten(3)]
    kept: list[tuple[float, str]] = []
    for position, text in zip(to_scale(np.asarray(values)), words, strict=True):
        spaced = all(abs(position - other) >= (high - low) / 12 for other, _ in kept)
        if low <= position <= high and spaced:
            kept.append((float(position), text))
    return tuple(sorted(kept))


def sample_letters(samples: Sequence[FlowSample]) -> tuple[str, ...]:
    """D and E, as published, then G, H, ... for further samples."""
    return tuple(
        _FIRST_LETTERS[n] if n < len(_FIRST_LETTERS) else chr(ord("G") + n - len(_FIRST_LETTERS))
        for n in range(len(samples))
    )
