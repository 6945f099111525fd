"""One density plot: all events in greys, blasts over them, gates with their names."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.ticker import FixedLocator
from numpy.typing import NDArray

from residua.views.boxes import Box, Point, around, find_room
from residua.views.flow_sample import FlowGate, FlowSample
from residua.views.sheet import Sheet
from residua.views.style import BLAST, DENSITY, INK, PAPER, SMALL
from residua.views.typeset import pitch, shorten, width_of

GREYS = LinearSegmentedColormap.from_list("greys", DENSITY)
FEW_BLASTS = 200
_MOST_MARKS = 3000
_BINS = 160


def draw_density(sheet: Sheet, plot: Box, sample: FlowSample) -> None:
    """The plot of `sample` on `plot` (mm on the page), without the words outside it.

    Events beyond an axis are counted at its end.
    """
    x, y = sample.x_axis, sample.y_axis
    axes = sheet.figure.add_axes(sheet.axes_rectangle(plot))
    counts, _, _ = np.histogram2d(
        np.clip(sample.x, x.low, np.nextafter(x.high, x.low)),
        np.clip(sample.y, y.low, np.nextafter(y.high, y.low)),
        bins=_BINS,
        range=((x.low, x.high), (y.low, y.high)),
    )
    axes.imshow(
        np.ma.masked_equal(counts.T, 0), origin="lower", extent=(x.low, x.high, y.low, y.high),
        aspect="auto", cmap=GREYS, norm=LogNorm(1, max(10.0, float(counts.max(initial=1)))),
        interpolation="nearest",
    )  # fmt: skip
    axes.set_xlim(x.low, x.high)
    axes.set_ylim(y.low, y.high)
    axes.xaxis.set_major_locator(FixedLocator([at for at, _ in x.ticks]))
    axes.yaxis.set_major_locator(FixedLocator([at for at, _ in y.ticks]))
    axes.tick_params(length=2, width=0.6, labelbottom=False, labelleft=False)
    _draw_blasts(axes, sample)
    for gate in sample.gates:
        _draw_gate(axes, sample, gate)
    _draw_gate_names(sheet, plot, sample)


def on_page(plot: Box, sample: FlowSample, x: float, y: float) -> Point:
    """Scale units to mm on the page."""
    across = (x - sample.x_axis.low) / (sample.x_axis.high - sample.x_axis.low)
    up = (y - sample.y_axis.low) / (sample.y_axis.high - sample.y_axis.low)
    return plot.left + across * plot.width, plot.bottom - up * plot.height


def _draw_blasts(axes: Axes, sample: FlowSample) -> None:
    """Blasts as crosses if they are few, else as dots; of very many, every k-th."""
    places = np.flatnonzero(sample.blasts)
    shown = places[:: max(1, -(-len(places) // _MOST_MARKS))]
    x = np.clip(sample.x[shown], sample.x_axis.low, sample.x_axis.high)
    y = np.clip(sample.y[shown], sample.y_axis.low, sample.y_axis.high)
    few = len(places) <= FEW_BLASTS
    axes.plot(
        x, y, linestyle="none", marker="x" if few else ".", markersize=3.0 if few else 1.3,
        markeredgewidth=0.8 if few else 0.1, color=BLAST, rasterized=not few,
    )  # fmt: skip


def _outline(sample: FlowSample, gate: FlowGate, beyond: float = 0.0) -> NDArray[np.float64]:
    """The corners (k, 2), brought within the axes or `beyond` times their length outside."""
    x, y = sample.x_axis, sample.y_axis
    low, high = np.array([x.low, y.low]), np.array([x.high, y.high])
    margin = beyond * (high - low)
    corners = np.asarray(gate.outline, dtype=np.float64)
    brought: NDArray[np.float64] = np.clip(corners, low - margin, high + margin)
    return brought


def _draw_gate(axes: Axes, sample: FlowSample, gate: FlowGate) -> None:
    points = _outline(sample, gate, beyond=1.0)  # open ends are not seen
    closed = np.vstack([points, points[:1]])
    for colour, width in ((PAPER, 2.0), (INK, 0.9)):
        axes.plot(
            closed[:, 0], closed[:, 1], color=colour, linewidth=width, solid_joinstyle="miter"
        )


def _draw_gate_names(sheet: Sheet, plot: Box, sample: FlowSample) -> None:
    """Each gate's name on white near its upper left corner, within the gate where there is room."""
    corners = [
        [on_page(plot, sample, float(x), float(y)) for x, y in _outline(sample, gate)]
        for gate in sample.gates
    ]
    taken = [around(x, y, 0.3) for points in corners for x, y in points]
    edges = [box for points in corners for box in _edges(points)]
    for gate, points in zip(sample.gates, corners, strict=True):
        anchor = min(points, key=lambda c: (round(c[1], 3), round(c[0], 3)))
        if not gate.name:
            continue
        name = shorten(gate.name, plot.width * 0.6, SMALL)
        size = (width_of(name, SMALL) + 0.8, pitch(SMALL))
        area = plot.grown(-0.6)
        box = find_room(anchor, size, area=_within(points, area), taken=taken, lines=edges)
        box = box or find_room(anchor, size, area=area, taken=taken, lines=edges)
        if box is None:
            continue
        sheet.box(box, facecolor=PAPER, edgecolor="none", alpha=0.85, zorder=2.5)
        sheet.words(box.left + 0.4, box.top, name, size=SMALL)
        taken.append(box)


def _within(points: list[Point], area: Box) -> Box:
    """The part of `area` inside the rectangle about `points`."""
    xs, ys = zip(*points, strict=True)
    left, right = max(min(xs) + 0.4, area.left), min(max(xs) - 0.4, area.right)
    return Box(left, max(min(ys) + 0.4, area.top), right, min(max(ys) - 0.4, area.bottom))


def _edges(points: list[Point]) -> list[Box]:
    """The outline as a chain of small boxes, closed."""
    boxes = []
    for (x1, y1), (x2, y2) in zip(points, [*points[1:], points[0]], strict=True):
        for n in range(8):
            a, b = n / 8, (n + 1) / 8
            xs = (x1 + (x2 - x1) * a, x1 + (x2 - x1) * b)
            ys = (y1 + (y2 - y1) * a, y1 + (y2 - y1) * b)
            boxes.append(Box(min(xs) - 0.2, min(ys) - 0.2, max(xs) + 0.2, max(ys) + 0.2))
    return boxes
