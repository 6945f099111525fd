"""Two-dimensional densities of millions of events, with their gates, on one matplotlib axis."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from numpy.typing import NDArray

from residua.facts.gates import EllipseGate, Gate, PolygonGate, RectangleGate
from residua.facts.scales import Arcsinh, Linear, Scale
from residua.measures.scale import apply_scale
from residua.views.scale_axis import label_axis

Values = NDArray[np.floating]
Outline = NDArray[np.float64]

BINS = 128
# Lightness falls steadily, so that the picture reads the same in grey.
DENSITY = LinearSegmentedColormap.from_list("density", ["#d3e0ee", "#6c93bd", "#2b4a7d", "#0b1733"])
GATE, HIGHLIGHT = "#b3261e", "#e8590c"
_NEAR = 0.1  # of the events' range: a gate that ends farther away is drawn as open
_SHOWN = 1000  # highlighted events drawn as dots; more of them are a density of their own


@dataclass(frozen=True, eq=False)
class Axis:
    """One dimension of a density: linear `values` (n,), the scale they are drawn on, a label."""

    values: Values
    scale: Scale
    label: str
    dimension: str = ""


def draw_density(
    ax: Axes,
    x: Axis,
    y: Axis,
    *,
    gates: Sequence[Gate] = (),
    highlight: NDArray[np.bool_] | None = None,
    frame: tuple[float, float, float, float] | None = None,
) -> tuple[float, float, float, float]:
    """Draw the density of events on a log grey-blue scale, its gates, and highlighted events.

    `x` and `y` hold compensated linear values; gates are in the units of the scales, found by
    the dimensions of the axes. `highlight` (n,) marks events drawn as dots. `frame` (left,
    right, bottom, top, scale units) makes panels comparable; returned as used. Events outside
    the frame are drawn on its edge.
    """
    u, v = apply_scale(x.values, x.scale), apply_scale(y.values, y.scale)
    outlines = [outline for gate in gates for outline in _outlines(gate, x.dimension, y.dimension)]
    marked = np.zeros(len(u), bool) if highlight is None else highlight
    used = frame or (
        *_span(u, x.scale, [*u[marked], *(end for o in outlines for end in o[:, 0])]),
        *_span(v, y.scale, [*v[marked], *(end for o in outlines for end in o[:, 1])]),
    )
    counts = _histogram(u, v, used)
    if counts.any():
        shown = np.ma.masked_equal(counts.T, 0)
        norm = LogNorm(vmin=0.7, vmax=max(2.0, float(counts.max())))
        ax.imshow(
            shown, origin="lower", extent=used, aspect="auto", cmap=DENSITY, norm=norm,
            interpolation="nearest", zorder=1,
        )  # fmt: skip
    if marked.any():
        _dots(ax, u[marked], v[marked], used)
    for outline in outlines:
        ax.plot(*_within(outline, used), color=GATE, linewidth=1.1, zorder=4)
    ax.set_xlim(used[:2])
    ax.set_ylim(used[2:])
    label_axis(ax.xaxis, x.scale, used[:2])
    label_axis(ax.yaxis, y.scale, used[2:])
    ax.set_xlabel(x.label)
    ax.set_ylabel(y.label)
    return used


def _within(outline: Outline, frame: tuple[float, float, float, float]) -> Outline:
    """The outline as (2, k), its open ends far enough outside the frame to stay unseen."""
    left, right, bottom, top = frame
    ends = [(2 * left - right, 2 * right - left), (2 * bottom - top, 2 * top - bottom)]
    return np.array([np.clip(outline[:, place], *ends[place]) for place in (0, 1)])


def _dots(ax: Axes, u: Values, v: Values, frame: tuple[float, float, float, float]) -> None:
    step = max(1, -(-len(u) // _SHOWN))
    ax.plot(
        np.clip(u[::step], *frame[:2]), np.clip(v[::step], *frame[2:]), linestyle="none",
        marker="o", markersize=2.2, markerfacecolor=HIGHLIGHT, markeredgecolor="white",
        markeredgewidth=0.25, zorder=3, rasterized=len(u) > _SHOWN // 2,
    )  # fmt: skip


def _histogram(u: Values, v: Values, frame: tuple[float, float, float, float]) -> NDArray[np.int64]:
    """(BINS, BINS) counts; what lies beyond the frame counts in its outermost bins."""
    left, right, bottom, top = frame
    known = ~(np.isnan(u) | np.isnan(v))
    column = np.clip((u[known] - left) * (BINS / (right - left)), 0, BINS - 1).astype(np.intp)
    row = np.clip((v[known] - bottom) * (BINS / (top - bottom)), 0, BINS - 1).astype(np.intp)
    return np.bincount(column * BINS + row, minlength=BINS * BINS).reshape(BINS, BINS)


def _span(values: Values, scale: Scale, wanted: Sequence[float]) -> tuple[float, float]:
    """The range of nearly all events, the usual range of the scale, and what is wanted nearby."""
    known = values[np.isfinite(values)]
    usual = _usual(scale)
    if not len(known):
        known = np.array(usual or [0.0, 1.0])
    ends = [*np.quantile(known, [0.001, 0.9995]), *usual]
    low, high = min(float(known.min()), *ends), max(float(known.max()), *ends)
    near = _NEAR * (high - low)
    ends += [float(end) for end in wanted if low - near <= end <= high + near]
    margin = 0.06 * (max(ends) - min(ends)) or 0.5
    return min(ends) - margin, max(ends) + margin


def _usual(scale: Scale) -> list[float]:
    """Zero and the top of a scale, so that an axis always shows decades; none where linear."""
    if isinstance(scale, Linear):
        return []
    top = 100 * scale.cofactor if isinstance(scale, Arcsinh) else scale.T
    return [float(end) for end in apply_scale(np.array([0.0, top]), scale)]


def _outlines(gate: Gate, x: str, y: str) -> list[Outline]:
    """The closed outline of a gate in the plane of dimensions x and y; none of another plane."""
    if isinstance(gate, RectangleGate):
        limits = {limit.dimension: (limit.low, limit.high) for limit in gate.limits}
        if not {x, y} & set(limits):
            return []
        everywhere = (-np.inf, np.inf)
        (left, right), (low, high) = limits.get(x, everywhere), limits.get(y, everywhere)
        corners = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        return [np.array(corners)]
    if isinstance(gate, PolygonGate) and {gate.x, gate.y} == {x, y}:
        return [_turned(np.array([*gate.points, gate.points[0]]), turn=gate.x != x)]
    if isinstance(gate, EllipseGate) and {gate.x, gate.y} == {x, y}:
        return [_turned(_ellipse(gate), turn=gate.x != x)]
    return []


def _ellipse(gate: EllipseGate) -> Outline:
    angle = np.linspace(0, 2 * np.pi, 181)
    circle = np.column_stack([np.cos(angle), np.sin(angle)]) * np.sqrt(gate.distance2)
    root = np.linalg.cholesky(np.array(gate.covariance))
    return np.asarray(circle @ root.T + np.array(gate.center), dtype=np.float64)


def _turned(outline: Outline, *, turn: bool) -> Outline:
    return outline[:, ::-1] if turn else outline
