"""What a reader made of a corner file, held against its truth."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from corner import FLAGGED, REFUSED, Corner
from fcs_bytes import Rows

RIGHT, WRONG, REFUSES, CRASHED = "right", "wrong", "refused", "crashed"
CLOSE = 1e-6  # relative; float32 holds 6e-8
Values = np.ndarray


@dataclass(frozen=True)
class Reading:
    """What a reader gave: scale values, or stored ones where it gives no others, and names.

    `error`: what it raised; `meant`: whether by a `raise` of its own rather than by a slip.
    None, or an empty mapping, where the reader gives no such thing.
    """

    scale: Values | None = None
    stored: Values | None = None
    names: tuple[str, ...] | None = None
    markers: tuple[str, ...] | None = None
    keywords: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] | None = None
    error: str = ""
    meant: bool = False


def verdict(corner: Corner, reading: Reading) -> tuple[str, str]:
    """Right, wrong (without an error), refused or crashed, and why."""
    if reading.error:
        if not reading.meant:
            return CRASHED, reading.error
        return (RIGHT if REFUSED in corner.allowed else REFUSES), reading.error
    if corner.allowed == (REFUSED,):
        return WRONG, "values of a file that has none to give"
    why = _fault(corner, reading)
    return (WRONG, why) if why else (RIGHT, "")


def _fault(corner: Corner, reading: Reading) -> str:
    """What differs from the truth, "" where nothing does."""
    why = _values_fault(corner, reading)
    if why:
        return why
    twice = len(set(corner.names)) < len(corner.names)  # a reader may tell equal names apart
    if reading.names is not None and not twice and corner.names not in ((), reading.names):
        return "names of parameters"
    if reading.markers is not None and corner.markers and reading.markers != corner.markers:
        return "markers of parameters"
    for key, value in corner.keywords.items():
        if reading.keywords and reading.keywords.get(key.lstrip("$").upper()) != value:
            return f"keyword {key}"
    if corner.allowed[0] == FLAGGED and REFUSED not in corner.allowed and reading.flags == ():
        return "no flag"
    return ""


def _values_fault(corner: Corner, reading: Reading) -> str:
    if reading.scale is not None:
        wanted = (corner.scale, *corner.also)
        return "" if any(same(reading.scale, rows) for rows in wanted) else "scale values"
    if reading.stored is None:
        return "no values"
    wanted = (corner.stored, *corner.also)
    return "" if any(same(reading.stored, rows) for rows in wanted) else "stored values"


def same(found: Values, rows: Rows) -> bool:
    """Whether an (n, c) array holds the rows, to float32."""
    if len(rows) == 0:
        return len(found) == 0
    wanted = np.array(rows, dtype=np.float64)
    if found.shape != wanted.shape:
        return False
    return bool(np.allclose(found.astype(np.float64), wanted, rtol=CLOSE, atol=0, equal_nan=True))
