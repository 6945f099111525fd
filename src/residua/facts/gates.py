"""The kinds of gate, each checked when made (geometry as in Gating-ML 2.0 section 5)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

import numpy as np

from residua.errors import ValueFault

Point = tuple[float, float]
_LARGEST_CONDITION = 1e12


@dataclass(frozen=True, kw_only=True)
class _Gate:
    """What every gate has: a name, a parent (None: all events), a tube (None: all tubes)."""

    name: str
    parent: str | None = None
    tube: str | None = None
    reason: str = ""

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise ValueFault("a name", "an empty text", "name the gate")


@dataclass(frozen=True)
class Limit:
    """One dimension of a rectangle: low <= value < high; either may be infinite."""

    dimension: str
    low: float
    high: float

    def __post_init__(self) -> None:
        if math.isnan(self.low) or math.isnan(self.high):
            raise ValueFault("limits that are numbers", "nan", "write inf for an open end")
        if not self.low < self.high:
            raise ValueFault("low < high", "limits turned round or equal", "swap or widen them")


@dataclass(frozen=True, kw_only=True)
class RectangleGate(_Gate):
    """Within every one of its limits: ``range`` (one) and ``rectangle``."""

    limits: tuple[Limit, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.limits:
            raise ValueFault("at least one dimension with limits", "none", "add one")
        if len(set(self.dimensions)) < len(self.limits):
            raise ValueFault("each dimension once", "one again", "write one pair of limits for it")

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The markers or channels the gate looks at."""
        return tuple(limit.dimension for limit in self.limits)


@dataclass(frozen=True, kw_only=True)
class PolygonGate(_Gate):
    """Inside or on the edge of a polygon, by the even-odd rule."""

    x: str
    y: str
    points: tuple[Point, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        _two_dimensions(self.x, self.y)
        if not all(math.isfinite(value) for point in self.points for value in point):
            raise ValueFault("corners that are finite", "one that is not", "correct it")
        if len(set(self.points)) < 3:
            raise ValueFault(
                "3 or more different corners", f"{len(set(self.points))}", "add corners"
            )
        if _on_one_line(self.points):
            raise ValueFault("a polygon with an area", "corners on one line", "move a corner")

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The markers or channels the gate looks at."""
        return (self.x, self.y)


@dataclass(frozen=True, kw_only=True)
class EllipsoidGate(_Gate):
    """(v - center)' covariance^-1 (v - center) <= distance2, in two dimensions or more.

    The matrix is symmetric and positive definite, unless the gate is to be taken `as_written`:
    then it need only have an inverse, and the region may be unbounded (decision record
    `ellipsoids-as-written`).
    """

    dimensions: tuple[str, ...]
    center: tuple[float, ...]
    covariance: tuple[tuple[float, ...], ...]
    distance2: float
    as_written: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        size = len(self.dimensions)
        if size < 2 or len(set(self.dimensions)) < size:
            raise ValueFault("two or more different dimensions", "others", "correct them")
        if len(self.center) != size or {len(self.covariance), *map(len, self.covariance)} != {size}:
            expected = f"a centre of {size} and a covariance of {size} x {size} numbers"
            raise ValueFault(expected, "others", "give one number per dimension")
        _finite(self.center, self.covariance, self.distance2)
        if self.as_written:
            _invertible(self.covariance)
        else:
            _definite(self.covariance)


@dataclass(frozen=True, kw_only=True)
class BooleanGate(_Gate):
    """In all, any or none (``not``) of other gates, and in the parent.

    A gate that `negated` marks counts as its complement; empty, none does.
    """

    operation: Literal["all", "any", "not"]
    of: tuple[str, ...]
    negated: tuple[bool, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.of:
            raise ValueFault("the name of at least one gate", "none", "name the gates")
        if self.negated and len(self.negated) != len(self.of):
            raise ValueFault("one mark per gate", "another number of them", "correct them")

    @property
    def members(self) -> tuple[tuple[str, bool], ...]:
        """(gate name, whether its complement counts)."""
        return tuple(zip(self.of, self.negated or (False,) * len(self.of), strict=True))

    @property
    def dimensions(self) -> tuple[str, ...]:
        """None of its own."""
        return ()


Gate = RectangleGate | PolygonGate | EllipsoidGate | BooleanGate


def _two_dimensions(x: str, y: str) -> None:
    if x == y:
        raise ValueFault("two different dimensions", "the same one twice", "correct x or y")


def _finite(
    center: tuple[float, ...], covariance: tuple[tuple[float, ...], ...], distance2: float
) -> None:
    values = (*center, *(value for row in covariance for value in row), distance2)
    if not all(math.isfinite(value) for value in values):
        raise ValueFault("an ellipse of finite numbers", "one that is not", "correct it")
    if distance2 <= 0:
        raise ValueFault("distance2 above 0", "0 or less", "correct it")


def _definite(covariance: tuple[tuple[float, ...], ...]) -> None:
    matrix = np.array(covariance)
    if not np.allclose(matrix, matrix.T, rtol=1e-9, atol=0):
        raise ValueFault("a symmetric covariance", "another one", "make both corners equal")
    if not np.linalg.eigvalsh(matrix).min() > 0:
        raise ValueFault("a positive definite covariance", "another one", "correct the covariance")


def _invertible(covariance: tuple[tuple[float, ...], ...]) -> None:
    if not np.linalg.cond(np.array(covariance)) < _LARGEST_CONDITION:
        raise ValueFault("a matrix with an inverse", "a singular one", "correct the covariance")


def _on_one_line(points: tuple[Point, ...]) -> bool:
    (x0, y0) = points[0]
    x1, y1 = max(points, key=lambda p: math.hypot(p[0] - x0, p[1] - y0))
    length = math.hypot(x1 - x0, y1 - y0)
    off = (abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) for x, y in points)
    return max(off) <= 1e-12 * length * length
