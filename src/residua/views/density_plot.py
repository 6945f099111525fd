"""A single density with its axes, as a figure of its own."""

from __future__ import annotations

import matplotlib as mpl
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from residua.measures.density import Density
from residua.views.boxes import Box
from residua.views.density_axes import draw_axis_words, draw_frame, draw_raster
from residua.views.density_picture import density_pixels
from residua.views.flow_sample import FlowAxis
from residua.views.sheet import Sheet
from residua.views.style import MM_PER_INCH, RC

_LEFT, _BELOW, _RIM = 14.0, 8.0, 4.0


def draw_density_plot(
    density: Density,
    *,
    x_axis: FlowAxis,
    y_axis: FlowAxis,
    marked: Density | None = None,
    side: float = 40.64,
) -> Figure:
    """`density` on a square of `side` mm between its axes; `marked` events lie over the others."""
    size = (side + _LEFT + _RIM, side + _BELOW + _RIM)
    figure = Figure(figsize=(size[0] / MM_PER_INCH, size[1] / MM_PER_INCH), dpi=200)
    FigureCanvasAgg(figure)
    with mpl.rc_context(RC):
        sheet = Sheet(figure, *size)
        plot = Box(_LEFT, _RIM, _LEFT + side, _RIM + side)
        draw_raster(sheet, plot, density_pixels(density, marked))
        draw_frame(sheet, plot, (x_axis, y_axis))
        draw_axis_words(sheet, plot, (x_axis, y_axis))
    return figure
