"""What a laboratory does to the light of cells: residual spillover, gain and offset, a bend.

Each step is one to one, so that a density can be followed through it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from residua.simulate.marrow.decades import light_per_decade, to_decades, to_linear

Floats = NDArray[np.float64]
_TABLE = 4001
_NEWTON = 4  # from a table of 0.002 decades this ends at machine precision


@dataclass(frozen=True, eq=False)
class Bend:
    """y + height sin(wave y + phase), per channel (d,); one to one while height x wave < 1."""

    height: Floats
    wave: float
    phase: Floats


@dataclass(frozen=True, eq=False)
class Chain:
    """From the light of cells to what is measured: `residual` (d, d) on linear light, then
    `gain` and `offset` (d,) on decades, then `bends`.
    """

    residual: Floats
    gain: Floats
    offset: Floats
    bends: tuple[Bend, ...] = ()


def measured(cells: NDArray[Any], chain: Chain) -> NDArray[Any]:
    """(n, d) decades as the laboratory's files show them, of the same type as `cells`."""
    light = to_linear(cells) @ chain.residual.astype(cells.dtype)
    seen = to_decades(light)
    seen *= chain.gain.astype(cells.dtype)
    seen += chain.offset.astype(cells.dtype)
    for bend in chain.bends:
        phase = bend.phase.astype(cells.dtype)
        height = bend.height.astype(cells.dtype)
        seen += np.sin(seen * cells.dtype.type(bend.wave) + phase) * height
    return np.asarray(seen)


def unmeasured(seen: Floats, chain: Chain) -> tuple[Floats, Floats]:
    """The decades of the cells (n, d), and log |d cells / d seen| (n,)."""
    cells, change = np.asarray(seen, np.float64), np.zeros(len(seen))
    for bend in reversed(chain.bends):
        cells = _unbent(cells, bend)
        slope = 1 + bend.height * bend.wave * np.cos(bend.wave * cells + bend.phase)
        change -= np.log(slope).sum(axis=1)
    cells = (cells - chain.offset) / chain.gain
    change -= np.log(chain.gain).sum()
    mixed = to_linear(cells)
    light = mixed @ np.linalg.inv(chain.residual)
    change += np.log(light_per_decade(mixed) / light_per_decade(light)).sum(axis=1)
    return to_decades(light), change - np.linalg.slogdet(chain.residual)[1]


def _unbent(seen: Floats, bend: Bend) -> Floats:
    low, high = float(seen.min(initial=0)) - 1, float(seen.max(initial=0)) + 1
    grid = np.linspace(low, high, _TABLE)
    found = np.empty_like(seen)
    for place, (height, phase) in enumerate(zip(bend.height, bend.phase, strict=True)):
        bent = grid + height * np.sin(bend.wave * grid + phase)
        start = np.interp(seen[:, place], bent, grid)
        for _ in range(_NEWTON):
            away = start + height * np.sin(bend.wave * start + phase) - seen[:, place]
            start -= away / (1 + height * bend.wave * np.cos(bend.wave * start + phase))
        found[:, place] = start
    return found
