"""The normals of a reference, made ready to tell what is new in a sample, and what they reach.

Each normal is searched by a background that has not seen it. The strongest cluster that is found
in one is what chance, misalignment and the differences between persons can make of no blasts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.novelty.background import Background, fit_background
from residua.measures.novelty.scan import scan
from residua.measures.novelty.territory import Events, Values, rows_of, territory_of
from residua.measures.reference.reference import NormalReference
from residua.measures.side_by_side import side_by_side

_NONE = -1  # left out
FOLDS = 3
"""Backgrounds, each without a third of the normals."""
FEWEST_NORMALS = 2 * FOLDS
DRAWN = 5_000  # cells of each normal, for the limits of the territory


@dataclass(frozen=True, eq=False)
class Novelty:
    """The background of all normals; `gains` (m,) nats that the strongest cluster of each normal,

    of `cells` (m,) events, had before a background without it.
    """

    background: Background
    gains: Values
    cells: Values

    def highest(self, cells: int) -> float:
        """What blanks of so many cells reach, in nats.

        A misfit of a population grows with the cells of a sample; chance does not fall with them.
        """
        return float((self.gains * np.maximum(1.0, cells / self.cells)).max())


def fit_novelty(reference: NormalReference, *, seed: int) -> Novelty:
    """The novelty search of a reference; bit-identical for a seed and the same normals.

    Raises `ValueFault` for fewer than six normals, for a panel without SSC-A or without CD19, CD10
    and CD34 alone on a detector, and for normals without precursors of B cells.
    """
    normals = [np.asarray(normal.events, np.float32) for normal in reference.normals]
    if len(normals) < FEWEST_NORMALS:
        raise ValueFault(
            f"at least {FEWEST_NORMALS} normals", f"{len(normals)}", "add normals to the reference"
        )
    drawn = np.concatenate([events[:: max(1, len(events) // DRAWN)] for events in normals])
    territory = territory_of(reference.dimensions, drawn)
    inside = [events[rows_of(territory, events)] for events in normals]

    def background(members: Sequence[Events]) -> Background:
        return fit_background(reference.dimensions, territory, members, seed=seed)

    def without(fold: int) -> Background:
        return background([part for i, part in enumerate(inside) if i % FOLDS != fold])

    whole, *others = side_by_side(without, (_NONE, *range(FOLDS)))

    def gain(own: int) -> float:
        return _strongest(normals[own], others[own % FOLDS])

    gains = np.array(side_by_side(gain, range(len(normals))))
    cells = np.array([len(events) for events in normals], np.float64)
    return Novelty(whole, gains, cells)


def _strongest(events: Events, background: Background) -> float:
    found = scan(events, background)
    return max(found[0].gain, 0.0) if found else 0.0
