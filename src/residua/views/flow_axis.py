"""Axes of flow plots: ends that hold nearly all events, ticks in linear values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from residua.facts.scales import Linear, Log, Scale
from residua.measures.scale import apply_scale
from residua.views.flow_sample import FlowAxis
from residua.views.flow_ticks import minor_ticks, scale_ticks, top_of

Values = NDArray[np.floating]
Span = tuple[float, float]
_NEAR = 0.1  # of the events' range: a gate that ends farther away is drawn as open
_MARGIN = 0.06
_ENOUGH = 100_000  # events from which the ends of an axis are known


def flow_axis(label: str, scale: Scale, span: Span) -> FlowAxis:
    """An axis from `span[0]` to `span[1]` (scale units), its label naming the scale."""
    words = "" if isinstance(scale, Linear) else f" ({scale.kind})"
    return FlowAxis(f"{label}{words}", *span, scale_ticks(scale, span), minor_ticks(scale, span))


def span_of(values: Values, scale: Scale, wanted: Sequence[float] = ()) -> Span:
    """Ends for scaled `values` (n,): nearly all events, the scale's usual range, gates nearby.

    Of very many events every k-th is looked at. `wanted` are ends of gates in scale units;
    those far from every event are left outside.
    """
    some = values[:: max(1, len(values) // _ENOUGH)]
    known = some[np.isfinite(some)]
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
    low, top = 0.0, top_of(scale)
    if isinstance(scale, Log):
        low = scale.T / 10**scale.M
    return [float(end) for end in apply_scale(np.array([low, top]), scale)]
