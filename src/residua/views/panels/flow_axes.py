"""One density plot: all events in greys, blasts over them, gates with their names."""

from __future__ import annotations

from functools import partial

import numpy as np

from residua.measures.density import count_density
from residua.views.boxes import Box, Point, around, find_room, outline_boxes
from residua.views.density_axes import (
    Axes,
    corners_on,
    draw_crosses,
    draw_frame,
    draw_outline,
    draw_raster,
)
from residua.views.density_picture import density_pixels, visible
from residua.views.flow_sample import FlowSample
from residua.views.sheet import Sheet
from residua.views.style import PAPER, SMALL
from residua.views.typeset import pitch, shorten, width_of

FEW_BLASTS = 200


def axes_of(sample: FlowSample) -> Axes:
    """Both axes."""
    return sample.x_axis, sample.y_axis


def draw_density(sheet: Sheet, plot: Box, sample: FlowSample) -> None:
    """The plot of `sample` on `plot` (mm on the page), without the words outside it.

    Events beyond an axis are counted at its end. Blasts are crosses where they are few, else
    coloured bins.
    """
    axes = axes_of(sample)
    count = partial(
        count_density, sample.x, sample.y,
        x_span=(axes[0].low, axes[0].high), y_span=(axes[1].low, axes[1].high),
    )  # fmt: skip
    blasts = np.flatnonzero(sample.blasts)
    few = len(blasts) <= FEW_BLASTS
    seen = visible(count(), None if few else count(held=sample.blasts))
    draw_raster(sheet, plot, density_pixels(*seen))
    draw_frame(sheet, plot, axes)
    if few:
        draw_crosses(sheet, plot, axes, sample.x[blasts], sample.y[blasts])
    for gate in sample.gates:
        draw_outline(sheet, plot, corners_on(plot, axes, gate.outline, beyond=plot.width))
    _draw_gate_names(sheet, plot, sample)


def _draw_gate_names(sheet: Sheet, plot: Box, sample: FlowSample) -> None:
    """Each gate's name on white near its upper left corner, within the gate where there is room."""
    corners = [corners_on(plot, axes_of(sample), gate.outline) for gate in sample.gates]
    taken = [around(x, y, 0.3) for points in corners for x, y in points]
    edges = [box for points in corners for box in outline_boxes(points)]
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
