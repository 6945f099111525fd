"""Panels D and E: flow densities of all events, with blasts, gates and percentages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from residua.views.boxes import Box
from residua.views.density_axes import draw_axis_words
from residua.views.density_picture import GREYS, LEVELS, palette
from residua.views.flow_sample import FlowSample, sample_letters
from residua.views.panels.flow_axes import FEW_BLASTS, axes_of, draw_density
from residua.views.panels.legend import Entry, Picture, legend
from residua.views.panels.panel import COLUMN_GAP, MARGIN, Frame, Panel, draw_header, header_height
from residua.views.sheet import Sheet
from residua.views.style import BLAST, TEXT
from residua.views.typeset import pitch, wrap

_LEFT, _BELOW = 13.0, 7.4
_BETWEEN = 1.5
_LARGER = 1.3
_LEAST_BESIDE = 24.0  # mm that are enough for the note beside the plot


@dataclass(frozen=True)
class _Cell:
    """One sample on its part of a row: `width` mm with a square plot of `side` mm."""

    letter: str
    sample: FlowSample
    width: float
    side: float

    @property
    def own_header(self) -> float:
        """Height of letter and title."""
        return header_height(self.sample.title, self.width, simulated=self.sample.simulated) + 0.4

    @property
    def beside(self) -> bool:
        """Whether the note stands beside the plot, not below it."""
        return self.width - self.side - _LEFT - 3.0 >= _LEAST_BESIDE

    @property
    def note(self) -> tuple[str, ...]:
        """The note and the numbers of events, in lines."""
        room = self.width - self.side - _LEFT - 3.0 if self.beside else self.width - 1.0
        parts = self.sample.note.splitlines()
        return tuple(line for part in parts for line in wrap(part, room, TEXT))

    @property
    def below(self) -> float:
        """Height of everything but letter and title."""
        note = len(self.note) * pitch()
        if self.beside:
            return max(self.side + _BELOW, note + 1.5)
        return self.side + _BELOW + note + 1.5


def plan_flow(
    samples: Sequence[FlowSample], frame: Frame, *, side: float, letters: Sequence[str] = ()
) -> Panel | None:
    """All samples, two (one column) or up to three in a row, plots of at most `side` mm.

    Steps of the gating come last, four in a row; a single sample before them is drawn larger.

    None where there are no samples; lettered as in the course figure unless `letters` are given.
    """
    if not samples:
        return None
    named = letters or sample_letters(samples)
    letter_of = dict(zip(map(id, samples), named, strict=True))
    rows: list[list[_Cell]] = []
    steps = [s for s in samples if s.step]
    whole = [s for s in samples if not s.step]
    larger = side * _LARGER if steps and len(whole) == 1 else side
    for group, most, size in ((whole, 3, larger), (steps, 4, side)):
        if group:
            columns = min(len(group), 2 if frame.narrow else most)
            rows += _rows(group, [letter_of[id(s)] for s in group], frame, (columns, size))
    headers = [max(cell.own_header for cell in row) for row in rows]
    heights = [h + max(c.below for c in row) for h, row in zip(headers, rows, strict=True)]
    key = legend(_entries(samples), frame)

    def draw(sheet: Sheet, top: float) -> None:
        for row, header, height in zip(rows, headers, heights, strict=True):
            for column, cell in enumerate(row):
                _draw_cell(sheet, (MARGIN + column * (cell.width + COLUMN_GAP), top), cell, header)
            top += height + _BETWEEN
        key.draw(sheet, top - _BETWEEN + 0.8)

    return Panel(sum(heights) + _BETWEEN * (len(rows) - 1) + 0.8 + key.height, draw)


def _rows(
    samples: Sequence[FlowSample], letters: Sequence[str], frame: Frame, grid: tuple[int, float]
) -> list[list[_Cell]]:
    """The samples in rows; `grid` is the number of columns and the side of a plot in mm."""
    columns, side = grid
    width = (frame.page - 2 * MARGIN - (columns - 1) * COLUMN_GAP) / columns
    least = min(side, width - _LEFT - 1.0)
    cells = [_Cell(a, s, width, least) for a, s in zip(letters, samples, strict=True)]
    return [cells[n : n + columns] for n in range(0, len(cells), columns)]


def _draw_cell(sheet: Sheet, corner: tuple[float, float], cell: _Cell, header: float) -> None:
    left, top = corner
    words, simulated = (cell.letter, cell.sample.title), cell.sample.simulated
    draw_header(sheet, corner, cell.width, words, simulated=simulated)
    above = top + header
    plot = Box(left + _LEFT, above, left + _LEFT + cell.side, above + cell.side)
    draw_density(sheet, plot, cell.sample)
    draw_axis_words(sheet, plot, axes_of(cell.sample))
    x = plot.right + 3.0 if cell.beside else left
    y = plot.top + 1.0 if cell.beside else plot.bottom + _BELOW
    sheet.lines_of_words(x, y, cell.note)


def _entries(samples: Sequence[FlowSample]) -> list[Entry]:
    entries = [events_entry()]
    for name in dict.fromkeys(s.marked_as for s in samples if s.blasts.any()):
        counts = [int(s.blasts.sum()) for s in samples if s.marked_as == name and s.blasts.any()]
        few = [count <= FEW_BLASTS for count in counts]
        if not all(few):
            entries.append(Entry(name, marked_picture(few=False)))
        if any(few):
            words = name if all(few) else f"{name}, where they are few"
            entries.append(Entry(words, marked_picture(few=True)))
    if any(s.gates for s in samples):
        entries.append(Entry("gate", gate_picture(dashed=False)))
    return entries


def events_entry() -> Entry:
    """What the shades of a density mean."""
    return Entry("events per bin, few to many (log scale); white: none", _density_picture)


def _density_picture(sheet: Sheet, x: float, y: float) -> None:
    for number in range(6):
        part = Box(x - 3 + number, y - 1, x - 2 + number, y + 1)
        shade = palette(GREYS)[1 + round(number / 5 * (LEVELS - 1))] / 255
        sheet.box(part, facecolor=shade, edgecolor="none")
    sheet.box(Box(x - 3, y - 1, x + 3, y + 1), linewidth=0.4)


def marked_picture(*, few: bool) -> Picture:
    """Crosses where marked events are few, else dots."""
    shape, size = ("x", 3.0) if few else (".", 2.0)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for dx, dy in ((-1.6, 0.3), (0.0, -0.5), (1.6, 0.4)):
            sheet.marker(x + dx, y + dy, shape, color=BLAST, markersize=size, markeredgewidth=0.8)

    return draw


def gate_picture(*, dashed: bool) -> Picture:
    """A gate's outline."""

    def draw(sheet: Sheet, x: float, y: float) -> None:
        box = Box(x - 2.5, y - 1, x + 2.5, y + 1)
        sheet.box(box, linewidth=0.9, linestyle="--" if dashed else "-")

    return draw
