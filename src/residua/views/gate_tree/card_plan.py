"""One population of a gating tree laid out: its header, its plots, its boolean gates."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.boxes import Box, Point
from residua.views.gate_tree.labels import SIDE, PlotWords
from residua.views.gate_tree.tree import Combination, Population, TreePlot, share_words
from residua.views.style import SMALL, TITLE
from residua.views.typeset import pitch, wrap
from residua.views.wording import count_words

LEFT, BELOW = 12.8, 7.4  # mm for the words of the axes
PAD = 2.4
_CELL = LEFT + SIDE + 2.6
_ALONE = 3  # plots of a population in a row or a column, however the others stand
KEY = 5.0  # mm for a number of the key
ALL_EVENTS = "all events"
Planned = tuple[TreePlot, PlotWords]


@dataclass(frozen=True, eq=False)
class Cell:
    """A plot at its place in the panel: the corner of its square, its words."""

    plot: TreePlot
    words: PlotWords
    corner: Point
    key: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Row:
    """A boolean gate at its place in the panel."""

    gate: Combination
    box: Box
    name: tuple[str, ...]
    lines: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Card:
    """A population laid out from its own upper left corner: its header, plots, boolean gates."""

    population: Population
    title: tuple[str, ...]
    counts: tuple[str, ...]
    header: float
    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    width: float
    height: float

    def level_of(self, name: str) -> float:
        """The height of the plot, or of the row, that gate `name` stands in."""
        for cell in self.cells:
            if any(way.name == name for way in cell.words.exits):
                return cell.corner[1]
        return next(row.box.top for row in self.rows if row.gate.name == name)

    def exit_of(self, name: str) -> Point:
        """Where the line to the children of gate `name` begins."""
        for cell in self.cells:
            for way in cell.words.exits:
                if way.name == name:
                    return (cell.corner[0] + way.start[0], cell.corner[1] + way.start[1])
        row = next(row for row in self.rows if row.gate.name == name)
        return (row.box.right, (row.box.top + row.box.bottom) / 2)


def plan_card(population: Population, words: Sequence[PlotWords], *, abreast: int = 1) -> Card:
    """The panel of one population, whose plots carry `words`.

    Few plots from which no line leaves stand `abreast` side by side.
    """
    planned = list(zip(population.plots, words, strict=True))
    table, columns = _table(planned, abreast)
    inner = columns * _CELL
    title = wrap(population.name or ALL_EVENTS, inner - 2.0, TITLE, bold=True)
    counts = wrap(_counts(population), inner - 2.0, SMALL)
    header = PAD / 2 + len(title) * pitch(TITLE) + len(counts) * pitch(SMALL) + PAD / 2
    cells, bottom = _cells(table, header + PAD)
    boxes, bottom = _rows(population, columns, bottom)
    width = inner + 2 * PAD
    return Card(population, title, counts, header, cells, boxes, width, bottom + PAD / 2)


def columns_of(onward: int, leaves: int, abreast: int = 1) -> int:
    """How many plots stand side by side: one where they are few or lines leave from most."""
    total = onward + leaves
    if total <= _ALONE:
        return 1 if onward else max(1, min(abreast, total))
    most = math.ceil(math.sqrt(total * 0.75))
    return min(most, 1 + leaves // onward) if onward else most


def _table(planned: Sequence[Planned], abreast: int) -> tuple[list[list[tuple[int, Planned]]], int]:
    """Rows of (column, plot) and the number of columns; lines leave from the last column only."""
    onward = [one for one in planned if one[1].exits]
    leaves = [one for one in planned if not one[1].exits]
    columns = columns_of(len(onward), len(leaves), abreast)
    if columns == 1:
        return [[(0, one)] for one in planned], 1
    per = columns - 1
    table = [
        [*enumerate(leaves[n * per : (n + 1) * per]), (per, one)] for n, one in enumerate(onward)
    ]
    rest = leaves[len(onward) * per :]
    table += [list(enumerate(rest[n : n + columns])) for n in range(0, len(rest), columns)]
    return table, columns


def _cells(table: list[list[tuple[int, Planned]]], top: float) -> tuple[tuple[Cell, ...], float]:
    """The plots at their places in the card, and where they end."""
    cells: list[Cell] = []
    for line in table:
        height = 0.0
        for place, (plot, words) in line:
            corner = (PAD + place * _CELL + LEFT, top)
            key = tuple((n, wrap(text, _CELL - KEY - 2.0, SMALL)) for n, text in words.key)
            cells.append(Cell(plot, words, corner, key))
            lines = sum(len(text) for _, text in key)
            height = max(height, SIDE + BELOW + (lines * pitch(SMALL) + 0.8 if lines else 0.0))
        top += height + 2.0
    return tuple(cells), top


def _rows(population: Population, columns: int, top: float) -> tuple[tuple[Row, ...], float]:
    """The boolean gates below the plots, in as many columns; and where they end.

    Those that others build on stand in the last column.
    """
    width = _CELL - 1.5
    bottoms = [top] * columns
    rows = []
    for gate in population.combinations:
        share = share_words(gate.kept, population.count)
        name = wrap(gate.name, width - 3.0, SMALL, bold=True)
        text = f"{count_words(gate.kept)} events, {share} of parent; {gate.words}"
        lines = wrap(text, width - 3.0, SMALL)
        column = columns - 1 if gate.onward else bottoms.index(min(bottoms))
        left, y = PAD + column * _CELL, bottoms[column]
        height = (len(name) + len(lines)) * pitch(SMALL) + 1.4
        rows.append(Row(gate, Box(left, y, left + width, y + height), name, lines))
        bottoms[column] = y + height + 1.4
    return tuple(rows), max(bottoms)


def _counts(population: Population) -> str:
    """``38 519 events; 50.2 % of parent, 46.2 % of all``."""
    words = f"{count_words(population.count)} events"
    if population.name is None:
        return words
    parent = share_words(population.count, population.of)
    if population.of == population.total:
        return f"{words}; {parent} of all"
    whole = share_words(population.count, population.total)
    return f"{words}; {parent} of parent, {whole} of all"
