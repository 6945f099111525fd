"""The scales on which gates are drawn, as Gating-ML 2.0 defines them (section 6).

`logicle` and `hyperlog` give 0-1 for 0 to T (below 0 for negatives), `arcsinh` gives
asinh(x / cofactor), `biex` FlowJo's channels 0-4095 divided by 4096. Raises `ValueFault` where
a parameter lies outside what the scale allows.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import ClassVar

from residua.errors import ValueFault

BIEX_CHANNELS = 4096
# far beyond any detector, and within what a float's exponent holds
_DECADES = (0.01, 50)
_TOPS = (1e-30, 1e30)


@dataclass(frozen=True)
class Linear:
    """Values as they are; with a top `T`, (x + A) / (T + A) (Gating-ML 2.0 section 6.1)."""

    T: float | None = None
    A: float = 0.0
    kind: ClassVar[str] = "linear"

    def __post_init__(self) -> None:
        if self.T is None:
            _check(self.A == 0, "T beside A")
            return
        _check(_TOPS[0] <= self.T <= _TOPS[1], "T above 0, to 1e30")
        _check(0 <= self.A <= self.T, "A from 0 to T")


@dataclass(frozen=True)
class Log:
    """log10(x / T) / M + 1 (Gating-ML 2.0 section 6.2); -inf for x of 0 or less."""

    T: float
    M: float
    kind: ClassVar[str] = "log"

    def __post_init__(self) -> None:
        _check_common(self.T, self.M)


@dataclass(frozen=True)
class Arcsinh:
    """asinh(x / cofactor)."""

    cofactor: float
    kind: ClassVar[str] = "arcsinh"

    def __post_init__(self) -> None:
        if not (math.isfinite(self.cofactor) and self.cofactor > 0):
            raise ValueFault("a cofactor above 0", "another number", "write 150, say")

    @property
    def scaled(self) -> ScaledArcsinh:
        """The same curve with parameters of Gating-ML 2.0.

        asinh(x sinh(M ln 10) / T) / (M ln 10) is asinh(x / cofactor) where M ln 10 = 1 and
        T = cofactor sinh(1), so that gates drawn on the one hold on the other unchanged.
        """
        return ScaledArcsinh(self.cofactor * math.sinh(1), 1 / math.log(10))


@dataclass(frozen=True)
class ScaledArcsinh:
    """(asinh(x sinh(M ln 10) / T) + A ln 10) / ((M + A) ln 10) (Gating-ML 2.0 section 6.3)."""

    T: float
    M: float
    A: float = 0.0
    kind: ClassVar[str] = "arcsinh"

    def __post_init__(self) -> None:
        _check_common(self.T, self.M)
        _check(0 <= self.A <= self.M, "A from 0 to M")


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


@dataclass(frozen=True)
class Biex:
    """FlowJo's biexponential: top of scale, extra negative decades, width basis, positive decades.

    The width basis is FlowJo's own number, -1 or less (-10 and -100 are usual); half of its
    decades are linear, so `pos` must exceed them. Values beyond the channels 0 to 4095 count
    as those channels. The curve stands in `residua.facts.scale_curves`.
    """

    max: float = 262144.0
    neg: float = 0.0
    width: float = -10.0
    pos: float = 4.5
    kind: ClassVar[str] = "biex"

    def __post_init__(self) -> None:
        _check(_TOPS[0] <= self.max <= _TOPS[1], "max above 0, to 1e30")
        _check(0 <= self.neg <= _DECADES[1], f"neg from 0 to {_DECADES[1]}")
        _check(math.isfinite(self.width) and self.width <= -1, "width of -1 or less")
        least = math.log10(-self.width) / 2
        _check(
            least + _DECADES[0] <= self.pos <= _DECADES[1], "pos above half the decades of width"
        )


Scale = Linear | Log | Arcsinh | ScaledArcsinh | Logicle | Hyperlog | Biex


def _check_common(top: float, decades: float) -> None:
    _check(_TOPS[0] <= top <= _TOPS[1], "T above 0, to 1e30")
    _check(_DECADES[0] <= decades <= _DECADES[1], f"M from {_DECADES[0]} to {_DECADES[1]}")


def _check(allowed: bool, expected: str) -> None:
    if not allowed:
        raise ValueFault(expected, "another number", "correct the scale")
