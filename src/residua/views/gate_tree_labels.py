"""Where the names of gates stand in their plot, and where lines to their children leave it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from residua.views.boxes import Box, Point, around, find_room
from residua.views.density_axes import corners_on
from residua.views.gate_tree import DrawnGate, TreePlot, share_words
from residua.views.style import SMALL
from residua.views.typeset import pitch, printable, shorten, width_of, wrap

SIDE = 40.64  # mm of a plot: one pixel for each bin at 200 dots per inch
PLOT = Box(0.0, 0.0, SIDE, SIDE)
_WIDEST = 0.56 * SIDE  # of a name in a plot; longer ones stand below it, by number
_APART = 1.7  # mm between lines that leave a plot
_HIDDEN = 2  # crowded squares that words within their gate may hide
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
    lines = [box for points in outlines for box in _edges(points)]
    lines += [Box(e.start[0], e.start[1] - 0.4, SIDE, e.start[1] + 0.4) for e in exits]
    crosses = corners_on(PLOT, plot.axes, tuple(map(tuple, plot.crosses.tolist())))
    lines += [around(x, y, 0.7) for x, y in crosses]
    taken = [around(*e.start, 0.7) for e in exits]
    crowded = _crowded(plot)
    labels: list[Label] = []
    key: list[tuple[str, str]] = []
    events = plot.density.events
    for gate, points in zip(plot.gates, outlines, strict=True):
        if not points:  # a gate without an end has no outline
            key.append((str(len(key) + 1), f"{gate.name}, {_share(gate, events)}, no outline"))
            continue
        words = _words(gate, events)
        found = _place(words, points, taken, (lines, crowded)) if words else None
        if found is None:
            number = str(len(key) + 1)
            key.append((number, f"{gate.name}, {_share(gate, events)}"))
            words, found = (number,), _place((number,), points, taken, (lines, crowded))
        if found is not None:
            labels.append(Label(found, words, number=len(words) == 1))
            taken.append(found)
    return PlotWords(tuple(labels), tuple(key), exits)


def _words(gate: DrawnGate, events: int) -> tuple[str, ...]:
    """A name of at most two lines above its share; nothing where it is too long."""
    longest = max(width_of(word, SMALL) for word in printable(gate.name).split(" "))
    name = wrap(gate.name, _WIDEST, SMALL)
    if longest > _WIDEST or len(name) > 2:
        if not gate.onward:
            return ()
        name = (shorten(gate.name, _WIDEST, SMALL),)  # it stands whole above its children
    return (*name, _share(gate, events))


def _share(gate: DrawnGate, events: int) -> str:
    """The percentage of the parent, and how many events where they are few."""
    count = f" ({gate.kept})" if gate.kept < _FEW else ""
    return share_words(gate.kept, events) + count


def _place(
    words: Sequence[str], points: list[Point], taken: list[Box],
    avoid: tuple[list[Box], list[Box]],
) -> Box | None:  # fmt: skip
    """Within the gate near its upper left corner; else, or where that hides events, near it."""
    lines, crowded = avoid
    size = (max(width_of(line, SMALL) for line in words) + 0.8, len(words) * pitch(SMALL))
    anchor = min(points, key=lambda corner: (round(corner[1], 3), round(corner[0], 3)))
    area = PLOT.grown(-0.5)
    tried = (
        find_room(anchor, size, area=room, taken=taken, lines=lines, guides=crowded)
        for room in (_within(points, area), area)
    )
    places = [place for place in tried if place is not None]
    hidden = [max(_HIDDEN, sum(place.overlaps(full) for full in crowded)) for place in places]
    return places[hidden.index(min(hidden))] if places else None


def _within(points: list[Point], area: Box) -> Box:
    """The part of `area` inside the rectangle about `points`."""
    xs, ys = zip(*points, strict=True)
    left, right = max(min(xs) + 0.5, area.left), min(max(xs) - 0.5, area.right)
    return Box(left, max(min(ys) + 0.5, area.top), right, min(max(ys) - 0.5, area.bottom))


def _edges(points: list[Point]) -> list[Box]:
    """The outline as a chain of small boxes, closed."""
    boxes = []
    parts = 8 if len(points) < 20 else 1
    for (x1, y1), (x2, y2) in pairwise([*points, *points[:1]]):
        for n in range(parts):
            xs = sorted(x1 + (x2 - x1) * (n + k) / parts for k in (0, 1))
            ys = sorted(y1 + (y2 - y1) * (n + k) / parts for k in (0, 1))
            boxes.append(Box(xs[0] - 0.2, ys[0] - 0.2, xs[1] + 0.2, ys[1] + 0.2))
    return boxes


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
