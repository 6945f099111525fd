"""One density on the page: its raster, the frame with ticks, and the words at its axes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.collections import LineCollection
from matplotlib.image import BboxImage
from matplotlib.transforms import Bbox, TransformedBbox
from numpy.typing import NDArray

from residua.views.boxes import Box, Point
from residua.views.density_picture import Pixels
from residua.views.flow_sample import FlowAxis, Points
from residua.views.sheet import Sheet
from residua.views.style import BLAST, INK, PAPER, SMALL
from residua.views.typeset import pitch, shorten, width_of

_TICK, _MINOR = 0.8, 0.45  # mm
_OVERHANG = 3.0  # mm that the words of the x axis may reach beyond it
Axes = tuple[FlowAxis, FlowAxis]
Values = NDArray[np.floating]


def on_plot(plot: Box, axes: Axes, x: float, y: float) -> Point:
    """Scale units to mm on the page."""
    across, up = axes
    return (
        plot.left + (x - across.low) / (across.high - across.low) * plot.width,
        plot.bottom - (y - up.low) / (up.high - up.low) * plot.height,
    )


def draw_raster(sheet: Sheet, plot: Box, pixels: Pixels) -> None:
    """Pixels (rows, columns, 4), top row first, stretched over the plot without smoothing."""
    corners = Bbox([[plot.left, plot.top], [plot.right, plot.bottom]])
    place = TransformedBbox(corners, sheet.millimetres)
    picture = BboxImage(place, interpolation="nearest", origin="upper", zorder=1)
    picture.set_data(pixels)
    sheet.figure.add_artist(picture)


def draw_frame(sheet: Sheet, plot: Box, axes: Axes) -> None:
    """The frame; outside it long ticks at decades, short ones between."""
    lines = []
    for ticks, length in ((_labelled(axes[0]), _TICK), (axes[0].minor, _MINOR)):
        for at in ticks:
            x, _ = on_plot(plot, axes, at, axes[1].low)
            lines.append([(x, plot.bottom), (x, plot.bottom + length)])
    for ticks, length in ((_labelled(axes[1]), _TICK), (axes[1].minor, _MINOR)):
        for at in ticks:
            _, y = on_plot(plot, axes, axes[0].low, at)
            lines.append([(plot.left - length, y), (plot.left, y)])
    sheet.figure.add_artist(
        LineCollection(lines, transform=sheet.millimetres, colors=INK, linewidths=0.5, zorder=2)
    )
    sheet.box(plot, linewidth=0.8, zorder=4)


def draw_axis_words(sheet: Sheet, plot: Box, axes: Axes) -> None:
    """The words of the ticks, and the name of each axis."""
    for at, text in axes[0].ticks:
        if text:
            x, _ = on_plot(plot, axes, at, axes[1].low)
            sheet.words(x, plot.bottom + 1.0, text, size=SMALL, side="center")
    for at, text in axes[1].ticks:
        if text:
            _, y = on_plot(plot, axes, axes[0].low, at)
            sheet.words(plot.left - 1.2, y - pitch(SMALL) / 2, text, size=SMALL, side="right")
    label = shorten(axes[0].label, plot.width + 2 * _OVERHANG)
    middle = (plot.left + plot.right) / 2
    sheet.words(middle, plot.bottom + 1.2 + pitch(SMALL), label, side="center")
    label = shorten(axes[1].label, plot.height)
    widest = max((width_of(text, SMALL) for _, text in axes[1].ticks), default=0.0)
    x = plot.left - 1.2 - widest - 0.8 - pitch() / 2
    sheet.words(x, (plot.top + plot.bottom) / 2, label, side="center", upright=True)


def draw_crosses(sheet: Sheet, plot: Box, axes: Axes, x: Values, y: Values) -> None:
    """A cross at each of a few events (scale units), at the ends of the axes where beyond."""
    if len(x):
        places = corners_on(plot, axes, tuple(zip(x.tolist(), y.tolist(), strict=True)))
        xs, ys = zip(*places, strict=True)
        sheet.line(
            xs, ys, linestyle="none", marker="x", markersize=3.0, markeredgewidth=0.8,
            color=BLAST, zorder=2.5,
        )  # fmt: skip


def corners_on(plot: Box, axes: Axes, outline: Points, *, beyond: float = 0.0) -> list[Point]:
    """The corners of an outline in mm, brought within the plot or `beyond` mm outside it."""
    low = np.array([axes[0].low, axes[1].low])
    high = np.array([axes[0].high, axes[1].high])
    margin = beyond / np.array([plot.width, plot.height]) * (high - low)
    corners: NDArray[np.float64] = np.clip(
        np.asarray(outline, dtype=np.float64).reshape(-1, 2), low - margin, high + margin
    )
    return [on_plot(plot, axes, float(x), float(y)) for x, y in corners]


def draw_outline(
    sheet: Sheet, plot: Box, points: Sequence[Point], *, colour: str = INK, dashed: bool = False
) -> None:
    """A closed line through `points`, with a rim of paper; what lies outside the plot is cut."""
    closed = [*points, points[0]]
    within = TransformedBbox(
        Bbox([[plot.left, plot.top], [plot.right, plot.bottom]]), sheet.millimetres
    )
    xs, ys = zip(*closed, strict=True)
    rim, line = (PAPER, 2.0, "-", 2.6), (colour, 0.9, "--" if dashed else "-", 2.7)
    for shade, width, dashes, order in (rim, line):  # the rim of one gate hides no other's line
        sheet.line(
            xs, ys, color=shade, linewidth=width, linestyle=dashes, zorder=order,
            solid_joinstyle="miter", clip_box=within, clip_on=True,
        )  # fmt: skip


def _labelled(axis: FlowAxis) -> list[float]:
    return [at for at, _ in axis.ticks]
