"""What a step looks at, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.quality import QualityCheck

Mask = NDArray[np.bool_]
Values = NDArray[np.floating]
Rows = NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class Finding:
    """The answer of a step: `removed` (n,), or None where it cannot be assessed."""

    removed: Mask | None
    reason: str
    checks: tuple[QualityCheck, ...] = ()
    flags: tuple[str, ...] = ()


def limit_words(value: float) -> str:
    """A limit at four digits, never with an exponent from 10 000 up."""
    return f"{value:.0f}" if value >= 10_000 else f"{value:.4g}"


def share(part: int, whole: int) -> str:
    """A count as a percentage of another, in words."""
    if not part or not whole:
        return "0 %"
    if part < whole and 100 * part > 99 * whole:
        return "over 99 %"
    return "100 %" if part == whole else f"{100 * part / whole:.2g} %"
