"""A density as a picture: colour by the logarithm of the count, marked events over it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from residua.measures.density import Density
from residua.views.style import BLAST_SHADES, DENSITY, PAPER

Pixels = NDArray[np.uint8]
LEVELS = 240  # of events per bin; the rest of the palette is paper and marked events
MARKED = 15
_FEW_EVENTS = ((3_000, 4), (30_000, 2))  # below so many events bins are so many times as wide
_FEW_MARKED = 5_000  # events below which a bin of marked ones is drawn larger


@dataclass(frozen=True)
class Shades:
    """Colours (#rrggbb): of one event in a bin, of the most, and of marked ones, few to many."""

    few: str = DENSITY[0]
    many: str = DENSITY[1]
    marked_few: str = BLAST_SHADES[0]
    marked_many: str = BLAST_SHADES[1]


GREYS = Shades()


def visible(density: Density, marked: Density | None) -> tuple[Density, Density | None]:
    """Both in bins wide enough to be seen where events are few; marked ones stand out alone."""
    times = next((times for few, times in _FEW_EVENTS if density.events < few), 1)
    if marked is None:
        return density.coarser(times), None
    wide = marked.coarser(times)
    return density.coarser(times), _spread(wide) if marked.events < _FEW_MARKED else wide


def _spread(marked: Density) -> Density:
    """Each bin that holds events with its neighbours to the right and above."""
    counts = marked.counts.copy()
    np.maximum(counts[:, 1:], marked.counts[:, :-1], out=counts[:, 1:])
    np.maximum(counts[1:], counts[:-1].copy(), out=counts[1:])
    return Density(counts, marked.x, marked.y)


def density_indices(density: Density, marked: Density | None = None) -> Pixels:
    """The place of every bin in `palette`, top row first: 0 none, then by the log of its count."""
    indices = _levels(density.counts, LEVELS)
    if marked is not None:
        over = _levels(marked.counts, MARKED)
        indices = np.where(over > 0, over + np.uint8(LEVELS), indices)
    return np.ascontiguousarray(indices[::-1])


@lru_cache(maxsize=8)
def palette(shades: Shades) -> Pixels:
    """The colours (256, 3): paper, events, marked events."""
    parts = [
        _hex(PAPER)[None, :],
        _blend(shades.few, shades.many, LEVELS),
        _blend(shades.marked_few, shades.marked_many, MARKED),
    ]
    colours: Pixels = np.round(np.vstack(parts)).astype(np.uint8)
    return colours


def density_pixels(
    density: Density, marked: Density | None = None, *, shades: Shades = GREYS
) -> Pixels:
    """Red, green, blue and opacity (rows, columns, 4); a bin without events lets through."""
    indices = density_indices(density, marked)
    opaque = np.full((256, 1), 255, dtype=np.uint8)
    opaque[0] = 0
    pixels: Pixels = np.hstack([palette(shades), opaque])[indices]
    return pixels


def _levels(counts: NDArray[np.uint32], levels: int) -> Pixels:
    """0 for none, 1 for one event, up to `levels` for the fullest bin (10 events at least)."""
    most = max(10, int(counts.max(initial=0)))
    if most < 1 << 16:  # a table of every count is smaller than the picture
        table = _level_of(np.arange(most + 1), most, levels)
        return table[counts]
    return _level_of(counts, most, levels)


def _level_of(counts: NDArray[np.integer], most: int, levels: int) -> Pixels:
    share = np.log(np.maximum(counts, 1)) / np.log(most)
    found: Pixels = np.where(counts > 0, 1 + np.round(share * (levels - 1)), 0).astype(np.uint8)
    return found


def _blend(one: str, other: str, steps: int) -> NDArray[np.float64]:
    part = np.linspace(0, 1, steps)[:, None]
    return (1 - part) * _hex(one) + part * _hex(other)


def _hex(colour: str) -> NDArray[np.float64]:
    return np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)], dtype=np.float64)
