"""The scales on which gates are drawn, as Gating-ML 2.0 defines them (section 6).

`logicle` and `hyperlog` give 0-1 for 0 to T (below 0 for negatives), `arcsinh` gives
asinh(x / cofactor). Raises `ValueFault` where a parameter lies outside what the scale allows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from residua.errors import ValueFault


@dataclass(frozen=True)
class Linear:
    """Values as they are."""

    kind: ClassVar[str] = "linear"


@dataclass(frozen=True)
class Arcsinh:
    """asinh(x / cofactor)."""

    cofactor: float
    kind: ClassVar[str] = "arcsinh"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.cofactor) and self.cofactor > 0):
            raise ValueFault("a cofactor above 0", "another number", "write 150, say")


@dataclass(frozen=True)
class Logicle:
    """Top of scale T, W linear decades, M decades in all, A more negative ones."""

    T: float = 262144.0
    W: float = 0.5
    M: float = 4.5
    A: float = 0.0
    kind: ClassVar[str] = "logicle"

    def __post_init__(self) -> None:
        _check_common(self.T, self.M)
        _check(0 <= self.W <= self.M / 2, "W from 0 to M / 2")
        _check(-self.W <= self.A <= self.M - 2 * self.W, "A from -W to M - 2 W")


@dataclass(frozen=True)
class Hyperlog:
    """As `Logicle`, with W above 0."""

    T: float = 262144.0
    W: float = 0.5
    M: float = 4.5
    A: float = 0.0
    kind: ClassVar[str] = "hyperlog"

    def __post_init__(self) -> None:
        _check_common(self.T, self.M)
        _check(0 < self.W <= self.M / 2, "W above 0, to M / 2")
        _check(-self.W <= self.A <= self.M - 2 * self.W, "A from -W to M - 2 W")


Scale = Linear | Arcsinh | Logicle | Hyperlog


def _check_common(top: float, decades: float) -> None:
    _check(math.isfinite(top) and top > 0, "T above 0")
    _check(math.isfinite(decades) and decades > 0, "M above 0")


def _check(allowed: bool, expected: str) -> None:
    if not allowed:
        raise ValueFault(expected, "another number", "correct the scale")
