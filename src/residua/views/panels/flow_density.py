"""Panels D and E: all events of a sample as a density, its blasts and its gates."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, LogNorm
from matplotlib.ticker import FixedLocator

from residua.views.boxes import Box, around, find_room
from residua.views.flow_sample import FlowGate, FlowSample, sample_letters
from residua.views.panels.legend import Entry, legend
from residua.views.panels.panel import MARGIN, Frame, Panel, draw_header
from residua.views.sheet import Sheet
from residua.views.style import ACCENT, INK, PAPER, SMALL, TEXT, TITLE
from residua.views.typeset import pitch, shorten, width_of, wrap

_BINS = 160
_LARGEST_PLOT = 52.0
_LEFT, _BELOW = 13.0, 9.0
_GAP = 4.0
_MOST_MARKS = 3000
_GREYS = LinearSegmentedColormap.from_list("greys", ["#e3e3e3", "#9a9a9a", "#1a1a1a"])
_SIMULATED = "simulated data"


def plan_flow(samples: Sequence[FlowSample], frame: Frame) -> Panel | None:
    """All samples, two or three in a row; None where there are none."""
    if not samples:
        return None
    columns = min(len(samples), 2 if frame.narrow else 3)
    cell = (frame.page - 2 * MARGIN - (columns - 1) * _GAP) / columns
    side = min(_LARGEST_PLOT, cell - _LEFT)
    letters = sample_letters(samples)
    rows = [list(range(n, min(n + columns, len(samples)))) for n in range(0, len(samples), columns)]
    heights = [max(_cell_height(samples[n], cell, side) for n in row) for row in rows]
    key = legend(_entries(samples), frame)

    def draw(sheet: Sheet, top: float) -> None:
        for row, height in zip(rows, heights, strict=True):
            for column, number in enumerate(row):
                left = MARGIN + column * (cell + _GAP)
                corner = Box(left, top, left + cell, top + height)
                _draw_cell(sheet, corner, letters[number], samples[number], side)
            top += height
        key.draw(sheet, top)

    return Panel(sum(heights) + key.height, draw)


def _title_lines(sample: FlowSample, cell: float) -> tuple[str, ...]:
    return wrap(sample.title, cell - 6.0, TITLE, bold=True)


def _note_lines(sample: FlowSample, cell: float) -> tuple[str, ...]:
    words = f"{len(sample.x):,} events, {int(sample.blasts.sum()):,} blasts"
    events = words.replace(",", "\N{NO-BREAK SPACE}").replace("\N{NO-BREAK SPACE} ", ", ")
    note = f"{sample.note}; {events}" if sample.note else events
    return wrap(note, cell - 1.0, TEXT)


def _header(sample: FlowSample, cell: float) -> float:
    return max(4.5, len(_title_lines(sample, cell)) * pitch(TITLE) + 1.0) + pitch(SMALL)


def _cell_height(sample: FlowSample, cell: float, side: float) -> float:
    notes = len(_note_lines(sample, cell)) * pitch()
    return _header(sample, cell) + side + _BELOW + notes + 2.0


def _draw_cell(sheet: Sheet, cell: Box, letter: str, sample: FlowSample, side: float) -> None:
    draw_header(sheet, cell.top, letter, sample.title, left=cell.left, right=cell.right)
    top = cell.top + _header(sample, cell.width)
    plot = Box(cell.left + _LEFT, top, cell.left + _LEFT + side, top + side)
    if sample.simulated:
        sheet.words(plot.right, top - pitch(SMALL) - 0.2, _SIMULATED, size=SMALL, side="right",
                    bold=True)  # fmt: skip
    axes = _density(sheet, plot, sample)
    _draw_blasts(axes, sample)
    names = _draw_gates(axes, sample)
    _draw_gate_names(sheet, plot, sample, names)
    _draw_axis_words(sheet, plot, sample)
    notes = _note_lines(sample, cell.width)
    sheet.lines_of_words(cell.left, plot.bottom + _BELOW, notes)


def _density(sheet: Sheet, plot: Box, sample: FlowSample) -> Axes:
    """Events per bin, on a log scale of greys; events beyond the axes count at their ends."""
    x, y = sample.x_axis, sample.y_axis
    axes = sheet.figure.add_axes(sheet.axes_rectangle(plot))
    inside_x = np.clip(sample.x, x.low, np.nextafter(x.high, x.low))
    inside_y = np.clip(sample.y, y.low, np.nextafter(y.high, y.low))
    counts, _, _ = np.histogram2d(
        inside_x, inside_y, bins=_BINS, range=((x.low, x.high), (y.low, y.high))
    )
    drawn = np.ma.masked_equal(counts.T, 0)
    top = max(10.0, float(counts.max(initial=1)))
    axes.imshow(
        drawn, origin="lower", extent=(x.low, x.high, y.low, y.high), aspect="auto", cmap=_GREYS,
        norm=LogNorm(1, top), interpolation="nearest",
    )  # fmt: skip
    axes.set_xlim(x.low, x.high)
    axes.set_ylim(y.low, y.high)
    axes.xaxis.set_major_locator(FixedLocator([at for at, _ in x.ticks]))
    axes.yaxis.set_major_locator(FixedLocator([at for at, _ in y.ticks]))
    axes.tick_params(length=2, width=0.6, labelbottom=False, labelleft=False)
    return axes


def _draw_blasts(axes: Axes, sample: FlowSample) -> None:
    """Blasts as crosses over the density; of very many, every k-th."""
    places = np.flatnonzero(sample.blasts)
    shown = places[:: max(1, -(-len(places) // _MOST_MARKS))]
    x = np.clip(sample.x[shown], sample.x_axis.low, sample.x_axis.high)
    y = np.clip(sample.y[shown], sample.y_axis.low, sample.y_axis.high)
    few = len(shown) <= 200
    axes.plot(
        x, y, linestyle="none", marker="x" if few else ".", markersize=3.0 if few else 1.2,
        markeredgewidth=0.8 if few else 0.2, color=ACCENT, rasterized=not few,
    )  # fmt: skip


def _draw_gates(axes: Axes, sample: FlowSample) -> list[tuple[FlowGate, np.ndarray]]:  # type: ignore[type-arg]
    drawn = []
    for gate in sample.gates:
        points = np.asarray(gate.outline, dtype=float)
        points[:, 0] = np.clip(points[:, 0], sample.x_axis.low, sample.x_axis.high)
        points[:, 1] = np.clip(points[:, 1], sample.y_axis.low, sample.y_axis.high)
        closed = np.vstack([points, points[:1]])
        axes.plot(closed[:, 0], closed[:, 1], color=PAPER, linewidth=2.0, solid_joinstyle="miter")
        axes.plot(closed[:, 0], closed[:, 1], color=INK, linewidth=0.9, solid_joinstyle="miter")
        drawn.append((gate, points))
    return drawn


def _on_page(plot: Box, sample: FlowSample, x: float, y: float) -> tuple[float, float]:
    across = (x - sample.x_axis.low) / (sample.x_axis.high - sample.x_axis.low)
    up = (y - sample.y_axis.low) / (sample.y_axis.high - sample.y_axis.low)
    return plot.left + across * plot.width, plot.bottom - up * plot.height


def _draw_gate_names(
    sheet: Sheet,
    plot: Box,
    sample: FlowSample,
    gates: Sequence[tuple[FlowGate, np.ndarray]],  # type: ignore[type-arg]
) -> None:
    """Each gate's name beside its outline, on white, where nothing else is written."""
    taken: list[Box] = []
    for gate, points in gates:
        corners = [_on_page(plot, sample, float(x), float(y)) for x, y in points]
        taken += [around(x, y, 0.3) for x, y in corners]
    for gate, points in gates:
        corners = [_on_page(plot, sample, float(x), float(y)) for x, y in points]
        anchor = min(corners, key=lambda c: (round(c[1], 3), round(c[0], 3)))
        name = shorten(gate.name, plot.width * 0.6, SMALL)
        size = (width_of(name, SMALL) + 0.8, pitch(SMALL))
        box = find_room(anchor, size, area=plot.grown(-0.6), taken=taken)
        if box is None:
            continue
        sheet.box(box, facecolor=PAPER, edgecolor="none", alpha=0.85, zorder=6)
        sheet.words(box.left + 0.4, box.top, name, size=SMALL)
        taken.append(box)


def _draw_axis_words(sheet: Sheet, plot: Box, sample: FlowSample) -> None:
    for at, text in sample.x_axis.ticks:
        x, _ = _on_page(plot, sample, at, sample.y_axis.low)
        sheet.words(x, plot.bottom + 1.0, text, size=SMALL, side="center")
    for at, text in sample.y_axis.ticks:
        _, y = _on_page(plot, sample, sample.x_axis.low, at)
        sheet.words(plot.left - 1.2, y - pitch(SMALL) / 2, text, size=SMALL, side="right")
    label = shorten(sample.x_axis.label, plot.width)
    middle = (plot.left + plot.right) / 2
    sheet.words(middle, plot.bottom + 1.2 + pitch(SMALL), label, side="center")
    label = shorten(sample.y_axis.label, plot.height)
    sheet.words(plot.left - 8.6, (plot.top + plot.bottom) / 2, label, side="center", upright=True)


def _entries(samples: Sequence[FlowSample]) -> list[Entry]:
    def density(sheet: Sheet, x: float, y: float) -> None:
        for number in range(6):
            part = Box(x - 3 + number, y - 1, x - 2 + number, y + 1)
            sheet.box(part, facecolor=_GREYS(number / 5), edgecolor="none")
        sheet.box(Box(x - 3, y - 1, x + 3, y + 1), linewidth=0.4)

    def blasts(sheet: Sheet, x: float, y: float) -> None:
        style = {"markeredgecolor": ACCENT, "markersize": 3.0}
        for dx in (-1.5, 1.5):
            sheet.marker(x + dx, y, "x", **style)

    def gate(sheet: Sheet, x: float, y: float) -> None:
        sheet.box(Box(x - 2.5, y - 1, x + 2.5, y + 1), linewidth=0.9)

    words = "events per bin of the plot, few to many (log scale); white: none"
    entries = [Entry(words, density), Entry("blasts (crosses or coloured dots)", blasts)]
    return [*entries, Entry("gate", gate)] if any(s.gates for s in samples) else entries
