"""The plots of one file: other cells in grey, blasts on top, diagnosis dashed, gates drawn."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from residua.measures.density import count_density
from residua.views.automatic.plots import Plot
from residua.views.boxes import Box
from residua.views.density_axes import (
    corners_on,
    draw_axis_words,
    draw_frame,
    draw_outline,
    draw_raster,
)
from residua.views.density_picture import density_pixels, visible
from residua.views.panels.flow_density import events_entry, gate_picture
from residua.views.panels.legend import Entry, Picture, legend
from residua.views.panels.panel import COLUMN_GAP, MARGIN, Frame, Panel, draw_header, header_height
from residua.views.sheet import Sheet
from residua.views.style import BLAST, PAPER

ABREAST = 3
DIAGNOSIS = "#0072b2"
FEW, MANY = 60, 4_000  # blasts: crosses up to the one, points up to the other, then a density
_LEFT, _BELOW, _BETWEEN = 13.0, 8.4, 2.2


def plan_plots(plots: Sequence[Plot], frame: Frame) -> Panel:
    """The plots, three in a row, and their legend."""
    width = (frame.page - 2 * MARGIN - (ABREAST - 1) * COLUMN_GAP) / ABREAST
    side = width - _LEFT - 1.5
    header = max((header_height(plot.title, width) for plot in plots), default=0.0)
    height = header + side + _BELOW + _BETWEEN
    rows = -(-len(plots) // ABREAST)
    key = legend(_entries(plots), frame)

    def draw(sheet: Sheet, top: float) -> None:
        for place, plot in enumerate(plots):
            row, column = divmod(place, ABREAST)
            corner = (MARGIN + column * (width + COLUMN_GAP), top + row * height)
            draw_header(sheet, corner, width, (_letter(place), plot.title))
            left, above = corner[0] + _LEFT, corner[1] + header
            draw_plot(sheet, Box(left, above, left + side, above + side), plot)
        key.draw(sheet, top + rows * height - _BETWEEN + 1.0)

    return Panel(rows * height - _BETWEEN + 1.0 + key.height, draw)


def draw_plot(sheet: Sheet, box: Box, plot: Plot) -> None:
    """One plot on its square of the page."""
    count = partial(
        count_density,
        x_span=(plot.axes[0].low, plot.axes[0].high),
        y_span=(plot.axes[1].low, plot.axes[1].high),
    )
    many = len(plot.blasts[0]) > MANY
    seen = visible(count(*plot.others), count(*plot.blasts) if many else None)
    draw_raster(sheet, box, density_pixels(*seen))
    draw_frame(sheet, box, plot.axes)
    draw_axis_words(sheet, box, plot.axes)
    if not many:
        _draw_marks(sheet, box, plot)
    if plot.outline:
        points = corners_on(box, plot.axes, plot.outline, beyond=box.width)
        draw_outline(sheet, box, points, colour=DIAGNOSIS, dashed=True)
    if plot.gate:
        draw_outline(sheet, box, corners_on(box, plot.axes, plot.gate, beyond=box.width))


def _draw_marks(sheet: Sheet, box: Box, plot: Plot) -> None:
    """Every labelled blast by itself, at the end of an axis where it lies beyond."""
    if not len(plot.blasts[0]):
        return
    events = tuple(zip(plot.blasts[0].tolist(), plot.blasts[1].tolist(), strict=True))
    places = corners_on(box, plot.axes, events)
    xs, ys = zip(*places, strict=True)
    sheet.line(xs, ys, linestyle="none", zorder=2.5, **_mark(len(xs)))


def _mark(count: int) -> dict[str, Any]:
    if count <= FEW:
        return {"marker": "x", "markersize": 3.0, "markeredgewidth": 0.9, "color": BLAST}
    size = 1.9 if count <= 800 else 1.3
    return {
        "marker": "o", "markersize": size, "color": BLAST, "markeredgecolor": PAPER,
        "markeredgewidth": 0.12,
    }  # fmt: skip


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _entries(plots: Sequence[Plot]) -> list[Entry]:
    count = max((len(plot.blasts[0]) for plot in plots), default=0)
    entries = [
        events_entry(),
    ]
    if count:
        entries.append(Entry("labelled blasts", _marks_picture(count)))
    if any(plot.outline for plot in plots):
        words = "bulk of the blasts at diagnosis, on the scale of this sample"
        entries.append(Entry(words, _dashed_picture))
    if any(plot.gate for plot in plots):
        entries.append(Entry("gate, each within the one before", gate_picture(dashed=False)))
    words = "Grey: against side scatter all nucleated cells, else those of B lineage."
    apart = [_letter(place) for place, plot in enumerate(plots) if plot.apart]
    if apart:
        words += f" {', '.join(apart)}: antigens by which these blasts are most unlike normal."
    return [*entries, Entry(f"{words} Scale asinh(value / 150).", None)]


def _marks_picture(count: int) -> Picture:
    style = _mark(min(count, MANY))

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for dx, dy in ((-1.6, 0.3), (0.0, -0.5), (1.6, 0.4)):
            sheet.line([x + dx], [y + dy], linestyle="none", **style)

    return draw


def _dashed_picture(sheet: Sheet, x: float, y: float) -> None:
    box = Box(x - 2.8, y - 1, x + 2.8, y + 1)
    sheet.box(box, linewidth=0.9, linestyle="--", edgecolor=DIAGNOSIS)
