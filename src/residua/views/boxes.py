"""Rectangles on the page, and finding room for one more without overlap."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Table = NDArray[np.float64]
_DISTANCES = (1.4, 2.2, 3.2, 4.5, 6.0, 8.0, 11.0, 15.0, 20.0, 27.0, 36.0)
_DIRECTIONS = 16
_ASKED = 250  # places that are asked whether they are as wished
_CROSSING, _FAINT = 4.0, 1.0  # mm of distance that a crossed line, a faint one, is worth


@dataclass(frozen=True)
class Box:
    """A rectangle in mm, y down."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def overlaps(self, other: Box) -> bool:
        """Whether both share more than an edge."""
        apart = self.right <= other.left or other.right <= self.left
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def within(self, other: Box) -> bool:
        """Whether no part of this one lies outside the other."""
        across = self.left >= other.left and self.right <= other.right
        return across and self.top >= other.top and self.bottom <= other.bottom

    def grown(self, by: float) -> Box:
        """The box with a margin."""
        return Box(self.left - by, self.top - by, self.right + by, self.bottom + by)

    def moved(self, x: float, y: float) -> Box:
        """The box elsewhere."""
        return Box(self.left + x, self.top + y, self.right + x, self.bottom + y)


def around(x: float, y: float, half: float) -> Box:
    """The square of half side `half` about a point."""
    return Box(x - half, y - half, x + half, y + half)


def outline_boxes(points: Sequence[Point]) -> list[Box]:
    """A closed outline as a chain of small boxes, that nothing be written across it."""
    boxes = []
    parts = 8 if len(points) < 20 else 1
    for (x1, y1), (x2, y2) in pairwise([*points, *points[:1]]):
        for n in range(parts):
            xs = sorted(x1 + (x2 - x1) * (n + k) / parts for k in (0, 1))
            ys = sorted(y1 + (y2 - y1) * (n + k) / parts for k in (0, 1))
            boxes.append(Box(xs[0] - 0.2, ys[0] - 0.2, xs[1] + 0.2, ys[1] + 0.2))
    return boxes


def drop(box: Box, taken: Sequence[Box], gap: float = 0.0) -> Box:
    """`box` at the least y from its own top down where it overlaps none of `taken`."""
    tops = sorted({box.top} | {other.bottom + gap for other in taken if other.bottom >= box.top})
    margin = 0.98 * gap
    left, right = box.left - margin, box.right + margin
    beside = [(o.top, o.bottom) for o in taken if right > o.left and o.right > left]
    for top in tops:
        trial = box.moved(0, top - box.top)
        upper, lower = trial.top - margin, trial.bottom + margin
        if not any(lower > other[0] and other[1] > upper for other in beside):
            return trial
    raise AssertionError("below the lowest box there is always room")  # pragma: no cover


def find_room(
    anchor: Point, size: Point, *, area: Box, taken: Iterable[Box], lines: Iterable[Box] = (),
    guides: Iterable[Box] = (), wished: Callable[[Box], bool] | None = None,
) -> Box | None:  # fmt: skip
    """A place for a text of `size` near `anchor`, within `area`, overlapping none of `taken`.

    The nearest place wins; each of `lines` (bounding boxes of thin lines) that it covers counts
    as some distance, each of `guides` (faint ones) as less. Of the first places the best that
    is as `wished`, if any is. None where the area is full.
    """
    others = (table_of(taken), table_of(lines), table_of(guides))
    near, cost = _free(anchor, np.array([*_near(anchor, size)]), area, others)
    grid = _everywhere(size, area)
    if wished is None:  # a place costs at least its distance: no farther one can win
        grid = grid[_distance(anchor, grid) <= cost.min(initial=math.inf) + 1e-6]
    grid, more = _free(anchor, grid, area, others)
    tried, cost = np.concatenate([near, grid]), np.concatenate([cost, more])
    if not len(tried):
        return None
    best = np.argsort(cost, kind="stable")[: 1 if wished is None else _ASKED]
    boxes = (Box(*map(float, tried[number])) for number in best)
    first = Box(*map(float, tried[best[0]]))
    return first if wished is None else next(filter(wished, boxes), first)


def _free(
    anchor: Point, tried: Table, area: Box, others: tuple[Table, Table, Table]
) -> tuple[Table, Table]:
    """Those boxes within `area` that overlap none of what is taken, and what each costs."""
    taken, lines, guides = others
    inside = (
        (tried[:, 0] >= area.left) & (tried[:, 1] >= area.top)
        & (tried[:, 2] <= area.right) & (tried[:, 3] <= area.bottom)
    )  # fmt: skip
    tried = tried[inside]
    tried = tried[_overlaps(tried, taken) == 0]
    crossed = _CROSSING * _overlaps(tried, lines) + _FAINT * _overlaps(tried, guides)
    return tried, np.round(_distance(anchor, tried) + crossed, 6)


def crossing(lines: Table, boxes: Table) -> NDArray[np.bool_]:
    """Whether each straight line (rows of x, y, x, y) runs through each box, row by row.

    Either may be a single row, which then stands beside every row of the other.
    """
    start, stop = lines[:, :2], lines[:, 2:]
    step = stop - start
    least, most = boxes[:, :2], boxes[:, 2:]
    with np.errstate(divide="ignore", invalid="ignore"):
        one, other = (least - start) / step, (most - start) / step
    still = step == 0
    within = (least < start) & (start < most)
    enters = np.where(still, np.where(within, -np.inf, np.inf), np.minimum(one, other))
    leaves = np.where(still, np.where(within, np.inf, -np.inf), np.maximum(one, other))
    low, high = np.maximum(enters.max(axis=1), 0.0), np.minimum(leaves.min(axis=1), 1.0)
    return np.asarray(low < high)


def _near(anchor: Point, size: Point) -> Iterator[tuple[float, float, float, float]]:
    """Boxes that touch circles about the anchor, the upper right ones first."""
    width, height = size
    for distance in _DISTANCES:
        for step in range(_DIRECTIONS):
            angle = math.pi / 4 + 2 * math.pi * step / _DIRECTIONS
            dx, dy = math.cos(angle), -math.sin(angle)
            x = anchor[0] + dx * distance + (dx - 1) / 2 * width
            y = anchor[1] + dy * distance + (dy - 1) / 2 * height
            yield (x, y, x + width, y + height)


def _everywhere(size: Point, area: Box) -> Table:
    """Boxes over the whole area, column by column."""
    width, height = size
    x, y = np.meshgrid(
        np.arange(area.left, area.right - width, 1.5),
        np.arange(area.top, area.bottom - height, 1.0),
        indexing="ij",
    )
    return np.stack([x, y, x + width, y + height], axis=-1).reshape(-1, 4)


def _distance(anchor: Point, tried: Table) -> Table:
    """From the anchor to the nearest point of each box."""
    dx = np.maximum(0, np.maximum(tried[:, 0] - anchor[0], anchor[0] - tried[:, 2]))
    dy = np.maximum(0, np.maximum(tried[:, 1] - anchor[1], anchor[1] - tried[:, 3]))
    result: Table = np.hypot(dx, dy)
    return result


def table_of(boxes: Iterable[Box]) -> Table:
    """Left, top, right and bottom of each, shape (n, 4)."""
    rows = [(box.left, box.top, box.right, box.bottom) for box in boxes]
    return np.array(rows, dtype=np.float64).reshape(-1, 4)


def _overlaps(tried: Table, others: Table) -> NDArray[np.int64]:
    """How many of `others` each tried box overlaps."""
    left, top, right, bottom = others.T
    apart = (
        (tried[:, 2, None] <= left) | (tried[:, 0, None] >= right)
        | (tried[:, 3, None] <= top) | (tried[:, 1, None] >= bottom)
    )  # fmt: skip
    counts: NDArray[np.int64] = np.count_nonzero(~apart, axis=1)
    return counts
