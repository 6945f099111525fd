"""Ticks of an axis drawn in scale units, labelled in linear values by decade."""

from __future__ import annotations

import numpy as np
from matplotlib.axis import Axis
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from residua.facts.scales import Linear, Scale
from residua.measures.scale import apply_scale

_CLOSE = 0.095  # of the axis: labels nearer to each other than this would overlap


def label_axis(axis: Axis, scale: Scale, span: tuple[float, float]) -> None:
    """Decades as major ticks, their multiples as minor ones; plain numbers on a linear scale."""
    if isinstance(scale, Linear):
        axis.set_major_locator(MaxNLocator(nbins=4))
        axis.set_major_formatter(FuncFormatter(_short))
        return
    exponents = range(1, 7)
    majors = [0.0, *(sign * 10.0**power for power in exponents for sign in (1, -1))]
    minors = [
        sign * k * 10.0**power for power in exponents for k in range(2, 10) for sign in (1, -1)
    ]
    positions = {value: float(p) for value, p in zip(majors, _places(majors, scale), strict=True)}
    shown = _apart(positions, span)
    axis.set_major_locator(FixedLocator([positions[value] for value in shown]))
    names = {round(positions[value], 9): decade(value) for value in shown}
    axis.set_major_formatter(FuncFormatter(lambda place, _: names.get(round(place, 9), "")))
    within = [p for p in _places(minors, scale) if span[0] <= p <= span[1]]
    axis.set_minor_locator(FixedLocator(within))


def decade(value: float) -> str:
    """``10^3`` as text with raised digits; 0 as 0."""
    if value == 0:
        return "0"
    power = round(np.log10(abs(value)))
    raised = str(power).translate(str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"))
    return f"{'−' if value < 0 else ''}10{raised}"


def _places(values: list[float], scale: Scale) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return apply_scale(np.array(values), scale)


def _apart(positions: dict[float, float], span: tuple[float, float]) -> list[float]:
    """The decades inside the span, outermost first, without those that would overlap."""
    low, high = span
    room = _CLOSE * (high - low)
    kept: list[float] = []
    for value in sorted(positions, key=lambda value: (value != 0, -abs(value), value < 0)):
        place = positions[value]
        if low <= place <= high and all(abs(place - positions[other]) >= room for other in kept):
            kept.append(value)
    return kept


def _short(value: float, _: int | None = None) -> str:
    return f"{value / 1000:g}k" if abs(value) >= 1000 else f"{value:g}"
