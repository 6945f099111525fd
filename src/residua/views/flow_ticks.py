"""Where the axis of a flow plot carries ticks, and which of them have words."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib.ticker import MaxNLocator

from residua.facts.scales import Arcsinh, Biex, Linear, Log, Scale
from residua.measures.scale import apply_scale
from residua.views.flow_sample import Ticks
from residua.views.powers import power_of_ten

Span = tuple[float, float]
_CLOSE = 1 / 7  # of the axis: labels nearer to each other than this would overlap
_TICKS_APART = 1 / 250  # of the axis: ticks nearer to each other than this are one blot
_DECADES = 8  # below the top of a scale; what lies deeper is too near to zero to be told apart
_PARTS = 5  # of a step on a linear axis


def scale_ticks(scale: Scale, span: Span) -> Ticks:
    """Decades (round numbers on a linear scale) that lie in `span`, with words where these fit."""
    if isinstance(scale, Linear):
        return _linear_ticks(scale, span)
    values = _decades(scale)
    places = _places(values, scale)
    kept: list[tuple[float, str]] = []
    for value, place in zip(values, places, strict=True):
        inside = span[0] <= place <= span[1]
        if inside and _apart(place, [at for at, words in kept if words], span, _CLOSE):
            kept.append((place, decade(value)))
        elif inside and _apart(place, [at for at, _ in kept], span, _TICKS_APART):
            kept.append((place, ""))
    return tuple(sorted(kept))


def minor_ticks(scale: Scale, span: Span) -> tuple[float, ...]:
    """The places of 2 to 9 times every decade in `span` that can be told apart."""
    if isinstance(scale, Linear):
        places = [at for at, _ in _linear_ticks(scale, span)]
        steps = [b - a for a, b in pairwise(places)][:1]
        fine = [places[0] + step / _PARTS * n for step in steps for n in range(-20, 40)]
        return tuple(at for at in fine if span[0] <= at <= span[1])
    values = [value for value in _decades(scale) if value]
    every = np.array(_places([value * n for value in values for n in range(9, 1, -1)], scale))
    kept: list[float] = []
    for decade_places in every.reshape(len(values), 8):
        if np.abs(np.diff(decade_places)).min() >= _TICKS_APART * (span[1] - span[0]):
            kept += [float(at) for at in decade_places if span[0] <= at <= span[1]]
    return tuple(sorted(kept))


def decade(value: float) -> str:
    """``10³`` for 1000; 0 as 0."""
    if value == 0:
        return "0"
    return ("−" if value < 0 else "") + power_of_ten(round(float(np.log10(abs(value)))))


def top_of(scale: Scale) -> float:
    """The linear value at the usual end of an axis of this scale."""
    if isinstance(scale, Arcsinh):
        return 100 * scale.cofactor
    top = scale.max if isinstance(scale, Biex) else scale.T
    return 1.0 if top is None else top


def _decades(scale: Scale) -> list[float]:
    """0, then every decade from above the top down, then the negative ones."""
    highest = math.ceil(math.log10(top_of(scale)))
    rising = [10.0**power for power in range(highest, highest - _DECADES, -1)]
    if isinstance(scale, Log):
        return rising
    return [0.0, *rising, *(-value for value in rising)]


def _places(values: Sequence[float], scale: Scale) -> list[float]:
    return [float(at) for at in apply_scale(np.array(values), scale)]


def _apart(place: float, others: Sequence[float], span: Span, least: float) -> bool:
    return all(abs(place - other) >= least * (span[1] - span[0]) for other in others)


def _linear_ticks(scale: Linear, span: Span) -> Ticks:
    """Round linear values, thousands as k."""
    low, high = span
    top, below = (1.0, 0.0) if scale.T is None else (scale.T + scale.A, scale.A)
    values = MaxNLocator(nbins=4).tick_values(low * top - below, high * top - below)
    places = (((value + below) / top, short_number(float(value))) for value in values)
    return tuple((float(at), words) for at, words in places if low <= at <= high)


def short_number(value: float) -> str:
    """``80k`` for 80000, ``2M`` for 2000000."""
    for size, letter in ((1e6, "M"), (1e3, "k")):
        if abs(value) >= size:
            return f"{value / size:g}{letter}".replace("-", "−")
    return f"{value:g}".replace("-", "−")
