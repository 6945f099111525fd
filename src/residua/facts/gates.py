"""The kinds of gate, each checked when made (geometry as in Gating-ML 2.0 section 5)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from residua.errors import ValueFault

Point = tuple[float, float]


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
class EllipseGate(_Gate):
    """(v - center)' covariance^-1 (v - center) <= distance2."""

    x: str
    y: str
    center: Point
    covariance: tuple[Point, Point]
    distance2: float

    def __post_init__(self) -> None:
        super().__post_init__()
        _two_dimensions(self.x, self.y)
        (a, b), (c, d) = self.covariance
        if not all(math.isfinite(value) for value in (*self.center, a, b, c, d, self.distance2)):
            raise ValueFault("an ellipse of finite numbers", "one that is not", "correct it")
        if not math.isclose(b, c, rel_tol=1e-9, abs_tol=1e-300):
            raise ValueFault("a symmetric covariance", "another one", "make both corners equal")
        if not (a > 0 and d > 0 and a * d - b * c > 0):
            raise ValueFault(
                "a positive definite covariance", "another one", "correct the covariance"
            )
        if self.distance2 <= 0:
            raise ValueFault("distance2 above 0", "0 or less", "correct it")

    @property
    def dimensions(self) -> tuple[str, ...]:
        """The markers or channels the gate looks at."""
        return (self.x, self.y)


@dataclass(frozen=True, kw_only=True)
class BooleanGate(_Gate):
    """In all, any or none (``not``) of other gates, and in the parent."""

    operation: Literal["all", "any", "not"]
    of: tuple[str, ...]

    def __post_init__(self) -> None:
        super().__post_init__()
        if not self.of:
            raise ValueFault("the name of at least one gate", "none", "name the gates")

    @property
    def dimensions(self) -> tuple[str, ...]:
        """None of its own."""
        return ()


Gate = RectangleGate | PolygonGate | EllipseGate | BooleanGate


def _two_dimensions(x: str, y: str) -> None:
    if x == y:
        raise ValueFault("two different dimensions", "the same one twice", "correct x or y")


def _on_one_line(points: tuple[Point, ...]) -> bool:
    (x0, y0) = points[0]
    x1, y1 = max(points, key=lambda p: math.hypot(p[0] - x0, p[1] - y0))
    length = math.hypot(x1 - x0, y1 - y0)
    off = (abs((x1 - x0) * (y - y0) - (y1 - y0) * (x - x0)) for x, y in points)
    return max(off) <= 1e-12 * length * length
