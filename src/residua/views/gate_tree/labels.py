"""Where the names of gates stand in their plot, and where lines to their children leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from residua.views.boxes import Box, Point, around, find_room, outline_boxes
from residua.views.density_axes import corners_on
from residua.views.gate_tree.tree import DrawnGate, TreePlot, share_words
from residua.views.style import SMALL
from residua.views.typeset import pitch, printable, shorten, width_of, wrap

SIDE = 40.64  # mm of a plot: one pixel for each bin at 200 dots per inch
PLOT = Box(0.0, 0.0, SIDE, SIDE)
_WIDEST = 0.56 * SIDE  # of a name in a plot; longer ones stand below it, by number
_APART = 1.7  # mm between lines that leave a plot
_LINES = 3  # of a name in a plot
_HIDDEN = 2  # squares full of events that words may hide before another place is better
_FEW = 1000  # events below which their number stands beside the share
_CELLS = 16  # of the plot's side, in which the density is looked at for room


@dataclass(frozen=True)
class Label:
    """Lines of words on a box of the plot (mm from its corner); a `number` refers to the key."""

    box: Box
    lines: tuple[str, ...]
    number: bool = False


@dataclass(frozen=True)
class Exit:
    """Where the line to the children of gate `name` begins, in mm from the plot's corner."""

    name: str
    start: Point


@dataclass(frozen=True)
class PlotWords:
    """Labels within a plot, the key below it (number, words), and where lines leave."""

    labels: tuple[Label, ...]
    key: tuple[tuple[str, str], ...]
    exits: tuple[Exit, ...]


def plan_words(plot: TreePlot) -> PlotWords:
    """Names with percentages of the parent where there is room, else a number and a key."""
    outlines = [corners_on(PLOT, plot.axes, gate.outline) for gate in plot.gates]
    exits = _exits(plot.gates, outlines)
    lines = 2 * [box for points in outlines for box in outline_boxes(points)]
    lines += [Box(e.start[0], e.start[1] - 0.4, SIDE, e.start[1] + 0.4) for e in exits]
    crosses = corners_on(PLOT, plot.axes, tuple(map(tuple, plot.crosses.tolist())))
    lines += [around(x, y, 0.7) for x, y in crosses]
    room = _Room(outlines, lines, _crowded(plot), [around(*e.start, 0.7) for e in exits])
    labels: list[Label] = []
    key: list[tuple[str, str]] = []
    for place, gate in enumerate(plot.gates):
        share = _share(gate, plot.density.events)
        found = _label(room, place, gate, share)
        if found is None:  # its name is too long, or the plot too full
            key.append((str(len(key) + 1), f"{gate.name}, {share}"))
            found = _number(room, place, key[-1][0])
        if found is not None:
            labels.append(found)
            room.taken.append(found.box)
    return PlotWords(tuple(labels), tuple(key), exits)


@dataclass(frozen=True)
class _Room:
    """What a plot holds already: outlines, lines, squares full of events, and `taken` places."""

    outlines: list[list[Point]]
    lines: list[Box]
    crowded: list[Box]
    taken: list[Box]

    def inside(self, place: int, size: Point) -> Box | None:
        """Room within gate number `place`."""
        return self._find(place, size, _around(self.outlines[place]), [])

    def beside(self, place: int, size: Point) -> Box | None:
        """Room near gate number `place`, in no other gate."""
        others = [_around(p) for n, p in enumerate(self.outlines) if n != place and p]
        return self._find(place, size, PLOT, others)

    def anywhere(self, place: int, size: Point) -> Box | None:
        """Room near gate number `place`, even in another gate."""
        return self._find(place, size, PLOT, [])

    def hides(self, box: Box) -> int:
        """How many squares full of events lie under a box."""
        return sum(box.overlaps(full) for full in self.crowded)

    def _find(self, place: int, size: Point, area: Box, others: list[Box]) -> Box | None:
        anchor = min(self.outlines[place], key=lambda c: (round(c[1], 3), round(c[0], 3)))
        within = Box(
            max(area.left, PLOT.left) + 0.5, max(area.top, PLOT.top) + 0.5,
            min(area.right, PLOT.right) - 0.5, min(area.bottom, PLOT.bottom) - 0.5,
        )  # fmt: skip
        return find_room(
            anchor, size, area=within, taken=[*self.taken, *others], lines=self.lines,
            guides=self.crowded,
        )  # fmt: skip


def _label(room: _Room, place: int, gate: DrawnGate, share: str) -> Label | None:
    """Name and share within the gate, or beside it where they would hide its events."""
    if not room.outlines[place]:
        return None
    own = _around(room.outlines[place])
    best: Label | None = None
    for find, width in ((room.inside, own.width - 2.0), (room.beside, _WIDEST)):
        lines = _lines(gate, share, min(width, _WIDEST))
        box = find(place, _size(lines)) if lines else None
        if box is None:
            continue
        if room.hides(box) <= _HIDDEN:
            return Label(box, lines)
        if best is None or room.hides(box) < room.hides(best.box):
            best = Label(box, lines)
    return best


def _number(room: _Room, place: int, number: str) -> Label | None:
    """The number within the gate, else beside it, else in what room there is."""
    if not room.outlines[place]:
        return None
    for find in (room.inside, room.beside, room.anywhere):
        box = find(place, _size((number,)))
        if box is not None:
            return Label(box, (number,), number=True)
    return None


def _lines(gate: DrawnGate, share: str, width: float) -> tuple[str, ...]:
    """The name in a few lines above the share; nothing where it is too long for that."""
    words = printable(gate.name).split(" ")
    name = wrap(gate.name, max(width, 1.0), SMALL)
    if max(width_of(word, SMALL) for word in (*words, share)) > width or len(name) > _LINES:
        if not gate.onward or width < _WIDEST:
            return ()
        name = (shorten(gate.name, width, SMALL),)  # it stands whole above its children
    return (*name, share)


def _size(lines: tuple[str, ...]) -> Point:
    return max(width_of(line, SMALL) for line in lines) + 0.8, len(lines) * pitch(SMALL)


def _around(points: list[Point]) -> Box:
    """The rectangle about some points."""
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def _share(gate: DrawnGate, events: int) -> str:
    """The percentage of the parent, and how many events where they are few."""
    count = f" ({gate.kept})" if gate.kept < _FEW else ""
    return share_words(gate.kept, events) + count


def _crowded(plot: TreePlot) -> list[Box]:
    """The squares of the plot that hold the most events: words had better not hide them."""
    counts = plot.density.counts
    wide = plot.density.coarser(counts.shape[0] // _CELLS).counts[::-1]
    full = wide > max(3.0, 0.25 * wide.sum() / wide.size)
    side = SIDE / _CELLS
    return [
        Box(column * side, row * side, (column + 1) * side, (row + 1) * side)
        for row, column in np.argwhere(full).tolist()
    ]


def _exits(gates: Sequence[DrawnGate], outlines: list[list[Point]]) -> tuple[Exit, ...]:
    """For each gate that others build on, the right end of its outline about its middle.

    Lines that would leave the plot at one height are moved apart.
    """
    wanted = [
        (sum(y for _, y in points) / max(1, len(points)), gate.name, points)
        for gate, points in zip(gates, outlines, strict=True)
        if gate.onward
    ]
    exits = []
    for y, (_, name, points) in zip(
        _apart([y for y, _, _ in wanted]), sorted(wanted, key=lambda w: w[0]), strict=True
    ):
        exits.append(Exit(name, (_right_end(points, y), y)))
    return tuple(exits)


def _apart(heights: Sequence[float]) -> list[float]:
    """The heights in rising order, moved as little as keeps them apart and in the plot."""
    low, high = 1.5, SIDE - 1.5
    moved = [min(max(y, low), high) for y in sorted(heights)]
    for n in range(1, len(moved)):
        moved[n] = max(moved[n], moved[n - 1] + _APART)
    ceiling = high
    for n in range(len(moved) - 1, -1, -1):
        moved[n] = min(moved[n], ceiling)
        ceiling = moved[n] - _APART
    return moved


def _right_end(points: list[Point], y: float) -> float:
    """Where the outline is last crossed at the height `y`; else its right end."""
    crossed = [
        x1 + (x2 - x1) * (y - y1) / (y2 - y1)
        for (x1, y1), (x2, y2) in pairwise([*points, *points[:1]])
        if (y1 <= y < y2) or (y2 <= y < y1)
    ]
    return max(crossed) if crossed else max((x for x, _ in points), default=SIDE)
