"""Draws one population of a gating tree: its header, its plots, its boolean gates."""

from __future__ import annotations

from dataclasses import dataclass

from residua.views.boxes import Box, Point
from residua.views.density_axes import (
    corners_on,
    draw_axis_words,
    draw_crosses,
    draw_frame,
    draw_outline,
    draw_raster,
)
from residua.views.density_picture import density_pixels, visible
from residua.views.gate_tree.card_plan import BELOW, KEY, LEFT, PAD, Card, Cell, Row
from residua.views.gate_tree.labels import SIDE
from residua.views.sheet import Sheet
from residua.views.style import BAND, GREY, INK, PAPER, RULE, SMALL, TITLE
from residua.views.typeset import pitch

COLOURS = ("#0072b2", "#d55e00", "#7b3294", "#007a5a", "#b0206a", "#6b5b00")
_STRIPE = 1.2  # mm of a card's left edge, in the colour of the gate it comes from


@dataclass(frozen=True)
class Colours:
    """The colour of each gate that others build on, in one card."""

    by_gate: tuple[tuple[str, str], ...]

    def of(self, name: str) -> str:
        """Ink for gates at which the tree ends."""
        return dict(self.by_gate).get(name, INK)


def colours_of(card: Card) -> Colours:
    """One colour after the other, in the order of the plots."""
    onward = [gate.name for cell in card.cells for gate in cell.plot.gates if gate.onward]
    onward += [row.gate.name for row in card.rows if row.gate.onward]
    return Colours(tuple((name, COLOURS[n % len(COLOURS)]) for n, name in enumerate(onward)))


def draw_card(sheet: Sheet, card: Card, corner: Point, colour: str) -> None:
    """The card with its upper left corner at `corner`; `colour` is that of the gate it is from."""
    left, top = corner
    whole = Box(left, top, left + card.width, top + card.height)
    sheet.box(whole, facecolor=PAPER, edgecolor=RULE, linewidth=0.6, zorder=0.5)
    header = Box(left, top, left + card.width, top + card.header)
    sheet.box(header, facecolor=BAND, edgecolor="none", zorder=0.6)
    stripe = Box(left, top, left + _STRIPE, top + card.header)
    sheet.box(stripe, facecolor=colour, edgecolor="none", zorder=0.7)
    y = top + PAD / 2
    sheet.lines_of_words(left + PAD, y, card.title, size=TITLE, bold=True)
    y += len(card.title) * pitch(TITLE)
    sheet.lines_of_words(left + PAD, y, card.counts, size=SMALL, colour=GREY)
    colours = colours_of(card)
    for cell in card.cells:
        _draw_cell(sheet, cell, corner, colours)
    for row in card.rows:
        _draw_row(sheet, row, corner, colours.of(row.gate.name))


def _draw_cell(sheet: Sheet, cell: Cell, corner: Point, colours: Colours) -> None:
    left, top = corner[0] + cell.corner[0], corner[1] + cell.corner[1]
    plot, axes = Box(left, top, left + SIDE, top + SIDE), cell.plot.axes
    draw_raster(sheet, plot, density_pixels(*visible(cell.plot.density, cell.plot.marked)))
    draw_frame(sheet, plot, axes)
    draw_axis_words(sheet, plot, axes)
    draw_crosses(sheet, plot, axes, cell.plot.crosses[:, 0], cell.plot.crosses[:, 1])
    for gate in cell.plot.gates:
        points = corners_on(plot, axes, gate.outline, beyond=SIDE)
        if points:
            draw_outline(sheet, plot, points, colour=colours.of(gate.name), dashed=not gate.whole)
    for label in cell.words.labels:
        box = label.box.moved(left, top)
        edge = INK if label.number else "none"
        sheet.box(box, facecolor=PAPER, edgecolor=edge, alpha=0.85, linewidth=0.4, zorder=2.9)
        sheet.lines_of_words(box.left + 0.4, box.top, label.lines, size=SMALL)
    y = top + SIDE + BELOW
    for number, lines in cell.key:
        sheet.words(left - LEFT + KEY - 1.2, y, number, size=SMALL, side="right")
        sheet.lines_of_words(left - LEFT + KEY, y, lines, size=SMALL)
        y += len(lines) * pitch(SMALL)


def _draw_row(sheet: Sheet, row: Row, corner: Point, colour: str) -> None:
    box = row.box.moved(*corner)
    sheet.box(box, edgecolor=colour, linewidth=0.8, linestyle=(0, (3, 1.5)))
    y = box.top + 0.7
    sheet.lines_of_words(box.left + 1.2, y, row.name, size=SMALL, bold=True)
    y += len(row.name) * pitch(SMALL)
    sheet.lines_of_words(box.left + 1.2, y, row.lines, size=SMALL)
