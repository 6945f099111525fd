"""Axes of flow plots: ends that hold nearly all events, ticks in linear values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from residua.facts.scales import Arcsinh, Biex, Linear, Log, Scale
from residua.measures.scale import apply_scale
from residua.views.flow_sample import FlowAxis, Ticks
from residua.views.powers import power_of_ten

Values = NDArray[np.floating]
Span = tuple[float, float]
_CLOSE = 1 / 7  # of the axis: labels nearer to each other than this would overlap
_NEAR = 0.1  # of the events' range: a gate that ends farther away is drawn as open
_MARGIN = 0.06


def flow_axis(label: str, scale: Scale, span: Span) -> FlowAxis:
    """An axis from `span[0]` to `span[1]` (scale units), its label naming the scale."""
    words = "" if isinstance(scale, Linear) else f" ({scale.kind})"
    return FlowAxis(f"{label}{words}", *span, scale_ticks(scale, span))


def scale_ticks(scale: Scale, span: Span) -> Ticks:
    """Decades (round numbers on a linear scale) that lie in `span` and stand apart."""
    low, high = span
    if isinstance(scale, Linear) and scale.T is None:
        places = MaxNLocator(nbins=4).tick_values(low, high)
        return tuple((float(p), _short(float(p))) for p in places if low <= p <= high)
    kept: list[tuple[float, str]] = []
    for value in (0.0, *(10.0**power for power in range(6, 1, -1)), -1e3):
        place = float(apply_scale(np.array([value]), scale)[0])
        apart = all(abs(place - other) >= _CLOSE * (high - low) for other, _ in kept)
        if low <= place <= high and apart:
            kept.append((place, decade(value)))
    return tuple(sorted(kept))


def decade(value: float) -> str:
    """``10³`` for 1000; 0 as 0."""
    if value == 0:
        return "0"
    return ("−" if value < 0 else "") + power_of_ten(round(float(np.log10(abs(value)))))


def span_of(values: Values, scale: Scale, wanted: Sequence[float] = ()) -> Span:
    """Ends for scaled `values` (n,): nearly all events, the scale's usual range, gates nearby.

    `wanted` are ends of gates in scale units; those far from every event are left outside.
    """
    known = values[np.isfinite(values)]
    usual = _usual(scale)
    if not len(known):
        known = np.array(usual or [0.0, 1.0])
    ends = [*(float(end) for end in np.quantile(known, [0.001, 0.9995])), *usual]
    low, high = min(float(known.min()), *ends), max(float(known.max()), *ends)
    near = _NEAR * (high - low)
    ends += [float(end) for end in wanted if low - near <= end <= high + near]
    margin = _MARGIN * (max(ends) - min(ends)) or 0.5
    return min(ends) - margin, max(ends) + margin


def _usual(scale: Scale) -> list[float]:
    """Zero and the top of a scale, so that an axis always shows decades; none where linear."""
    if isinstance(scale, Linear):
        return [] if scale.T is None else [0.0, 1.0]
    low, top = 0.0, _top(scale)
    if isinstance(scale, Log):
        low = scale.T / 10**scale.M
    return [float(end) for end in apply_scale(np.array([low, top]), scale)]


def _top(scale: Scale) -> float:
    if isinstance(scale, Arcsinh):
        return 100 * scale.cofactor
    top = scale.max if isinstance(scale, Biex) else scale.T
    return 1.0 if top is None else top


def _short(value: float) -> str:
    return f"{value / 1000:g}k" if abs(value) >= 1000 else f"{value:g}"
