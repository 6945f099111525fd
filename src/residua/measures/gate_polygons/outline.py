"""Convex outlines of a cloud in a plane: how far it reaches in each of twelve directions.

An outline is where twelve half planes meet, so that it has at most twelve corners, each edge can
be moved by itself, and whether an event lies inside is told by twelve sums.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.gates import Point

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
DIRECTIONS = 12  # corners that a person still edits by hand
FAR = 50.0  # units of `scale`: the square that is cut down, far outside all data
_ALIKE = 1e-6  # units of `scale`: corners nearer than this are one


@dataclass(frozen=True, eq=False)
class Frame:
    """A plane measured in a cloud's own units: its `centre` (2,) and the `scale` (2,) of each

    axis, so that twelve directions are spread evenly about a cloud however flat it is.
    """

    centre: Values
    scale: Values

    def reach(self, points: NDArray[np.floating]) -> Values:
        """How far each of `points` (n, 2) lies in each direction (n, 12), in units of scale."""
        return np.asarray(((np.asarray(points, np.float64) - self.centre) / self.scale) @ _ways())

    def corners(self, limits: Values) -> tuple[Point, ...]:
        """The outline whose points reach at most `limits` (12,), anticlockwise.

        Empty where no point does.
        """
        outline = np.array([[-FAR, -FAR], [FAR, -FAR], [FAR, FAR], [-FAR, FAR]])
        for way, limit in zip(_ways().T, limits, strict=True):
            outline = _cut(outline, way, float(limit))
        placed = _apart(outline) * self.scale + self.centre
        return tuple((float(x), float(y)) for x, y in placed)


def frame_about(points: NDArray[np.floating]) -> Frame:
    """The frame of a cloud (n, 2) by its median and the spread of its middle 90 %."""
    low, middle, high = np.quantile(np.asarray(points, np.float64), (0.05, 0.5, 0.95), axis=0)
    return Frame(middle, np.maximum((high - low) / 2, 0.05))


def _ways() -> Values:
    """The directions (2, 12), the axes among them."""
    angle = 2 * np.pi * np.arange(DIRECTIONS) / DIRECTIONS
    return np.stack([np.cos(angle), np.sin(angle)])


def _cut(outline: Values, way: Values, limit: float) -> Values:
    """The part of a convex outline (k, 2) that reaches at most `limit` (Sutherland, Hodgman)."""
    kept: list[Values] = []
    over = outline @ way - limit
    for place, corner in enumerate(outline):
        before, step = outline[place - 1], over[place] - over[place - 1]
        if (over[place] > 0) != (over[place - 1] > 0):
            kept.append(before + (corner - before) * (-over[place - 1] / step))
        if over[place] <= 0:
            kept.append(corner)
    return np.array(kept).reshape(-1, 2)


def _apart(outline: Values) -> Values:
    """The corners (k, 2) without those that coincide with the one before."""
    if not len(outline):
        return outline
    far = np.abs(outline - np.roll(outline, 1, axis=0)).max(axis=1) > _ALIKE
    return np.asarray(outline[far])
