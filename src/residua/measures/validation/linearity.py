"""Linearity on log10: the line, and whether a curve describes the levels better.

Polynomials of second and third order are held against the line, as CLSI EP06-A does (not read):
where the highest coefficient differs from zero, the largest distance of that curve from the line
is what the departure amounts to.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.interval import Interval
from residua.measures.validation.laws import t_point, two_sided_t
from residua.standards.assay_validation import ValidationNumbers

Values = NDArray[np.float64]
_KIND = "Student's t, two-sided"
_FEWEST = 3  # levels: the fewest that can speak against a line


@dataclass(frozen=True)
class Curve:
    """A polynomial of `order`: the p of its highest coefficient, its distance from the line."""

    order: int
    p: float
    departure: float


@dataclass(frozen=True)
class Linearity:
    """log10 measured = intercept + slope (log10 expected), or why there is no line.

    `residual` is the SD about it, with `freedom`; `middle` and `squares` (of the expected) make
    its band; `left_out` are levels with a result that is not above zero or was not detected.
    """

    count: int
    levels: tuple[float, ...] = ()
    slope: float | None = None
    slope_interval: Interval | None = None
    intercept: float | None = None
    intercept_interval: Interval | None = None
    r2: float | None = None
    residual: float | None = None
    freedom: int = 0
    middle: float = 0.0
    squares: float = 0.0
    curves: tuple[Curve, ...] = ()
    allowed: float = 0.0
    linear: bool | None = None
    left_out: tuple[float, ...] = ()
    reason: str = ""
    flags: tuple[str, ...] = ()


def measure_linearity(
    pairs: Sequence[tuple[float, float]],
    *,
    numbers: ValidationNumbers,
    left_out: Sequence[float] = (),
) -> Linearity:
    """The line through `pairs` of (expected, measured), all above zero."""
    levels = tuple(sorted({expected for expected, _ in pairs}))
    if len(levels) < _FEWEST or len(pairs) < len(levels) + 1:
        told = f"{len(levels) or 'no'} levels in {len(pairs)} results; a line needs {_FEWEST}"
        return Linearity(len(pairs), levels, left_out=tuple(left_out), reason=told)
    x = np.log10([expected for expected, _ in pairs])
    y = np.log10([measured for _, measured in pairs])
    middle, count = float(x.mean()), len(x)
    squares = float(((x - middle) ** 2).sum())
    slope = float(((x - middle) * y).sum() / squares)
    intercept = float(y.mean() - slope * middle)
    rest = y - intercept - slope * x
    freedom = count - 2
    residual = math.sqrt(float(rest @ rest) / freedom)
    allowed = math.log10(1 + numbers.bias)
    curves = tuple(_curve(x, y, order) for order in (2, 3) if len(levels) > order)
    bent = [curve for curve in curves if curve.p < numbers.curvature]
    t = t_point(freedom, (1 + numbers.confidence) / 2)
    slope_error = residual / math.sqrt(squares)
    whole = float(((y - y.mean()) ** 2).sum())
    return Linearity(
        count, levels,
        slope, _about(slope, t * slope_error, numbers), intercept,
        _about(intercept, t * residual * math.sqrt(1 / count + middle**2 / squares), numbers),
        1 - float(rest @ rest) / whole if whole else None, residual, freedom, middle, squares,
        curves, allowed, all(curve.departure <= allowed for curve in bent), tuple(left_out),
        flags=_flags(levels, bent, allowed, numbers),
    )  # fmt: skip


def _about(value: float, half: float, numbers: ValidationNumbers) -> Interval:
    return Interval(numbers.confidence, value - half, value + half, _KIND)


def _curve(x: Values, y: Values, order: int) -> Curve:
    """The polynomial in centred x: t of its highest coefficient, and its distance at a level."""
    centred = x - x.mean()
    design = np.vander(centred, order + 1, increasing=True)
    beta, *_ = np.linalg.lstsq(design, y, rcond=None)
    rest = y - design @ beta
    freedom = len(x) - order - 1
    line = np.polyval(np.polyfit(centred, y, 1), centred)
    departure = float(np.abs(design @ beta - line).max())
    left = float(rest @ rest)
    if freedom < 1 or left <= 1e-20 * max(1.0, float(y @ y)):
        return Curve(order, 1.0 if departure < 1e-9 else 0.0, departure)
    spread = np.linalg.inv(design.T @ design)[order, order] * left / freedom
    return Curve(order, two_sided_t(float(beta[order]) / math.sqrt(spread), freedom), departure)


def _flags(
    levels: Sequence[float], bent: Sequence[Curve], allowed: float, numbers: ValidationNumbers
) -> tuple[str, ...]:
    flags = []
    if len(levels) < numbers.linearity_levels:
        flags.append(f"{len(levels)} levels; {numbers.linearity_levels} are wanted")
    for curve in bent:
        size = "more" if curve.departure > allowed else "no more"
        flags.append(
            f"a curve of order {curve.order} fits better (p {curve.p:.2g}): up to "
            f"{curve.departure:.2f} log10 from the line, {size} than the {allowed:.2f} allowed"
        )
    return tuple(flags)


def band(line: Linearity, expected: float, *, level: float) -> tuple[float, float] | None:
    """The interval of the line (not of a result) at an expected level; None without a line."""
    if line.slope is None or line.intercept is None or line.residual is None:
        return None
    x = math.log10(expected)
    at = line.intercept + line.slope * x
    reach = line.residual * math.sqrt(1 / line.count + (x - line.middle) ** 2 / line.squares)
    half = t_point(line.freedom, (1 + level) / 2) * reach
    return 10 ** (at - half), 10 ** (at + half)
