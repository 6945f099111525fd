"""A patient's model tried on normals: blanks, and blasts mixed into each at known levels."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from residua.errors import ValueFault
from residua.measures.calibration.calibration import Calibration
from residua.measures.calibration.separability import separability
from residua.measures.calibration.spikes import Spike, draw_spike
from residua.measures.laip.laip import Events, Laip
from residua.measures.mixture import GaussianMixture
from residua.measures.side_by_side import side_by_side
from residua.standards.automatic_mrd import automatic_rules

LEVELS = (1e-5, 3e-5, 1e-4, 3e-4, 1e-3, 3e-3)
"""Of all cells; above the last a response keeps the bias and the spread that it has there."""
Read = Callable[[int, Events], float]


@dataclass(frozen=True, eq=False)
class BoxedNormal:
    """A normal marrow on the scale of the references: its events (n, d) inside the box.

    `cells` is how many it was in all, `misfit` the index of its alignment.
    """

    events: Events
    cells: int
    misfit: float

    def __post_init__(self) -> None:
        if not 0 <= len(self.events) <= self.cells or self.cells < 1:
            raise ValueFault("as many cells as lie in the box, or more", "fewer", "count all")


def calibrate(
    normals: Sequence[BoxedNormal],
    laip: Laip,
    read: Read,
    *,
    open: tuple[int, ...],
    seed: int,
    normal: GaussianMixture,
) -> Calibration:
    """Blanks and responses to drifted pseudo-spikes: a reading of each normal at each level.

    `read(i, events)` gives the share of `events` that are blasts, by a model that has not seen
    normal i. Every spike has its own draw of blasts, drift and, where `open` names columns, of
    antigen loss; its count is exact (at least 1), and a response is scaled to the level where
    rounding to whole blasts missed it. `normal` is the patient's model of normal cells inside the
    box, by which separability is told. Two normals may be read at a time. The same seed gives the
    same calibration.

    Raises `ValueFault` below 2 normals.
    """
    if len(normals) < 2:
        raise ValueFault("normal marrows, 24 or more", f"{len(normals)}", "give more normals")

    def tried(place: int) -> tuple[float, list[float], int]:
        marrow = normals[place]

        def spike(step: int, level: float) -> Spike:
            random = np.random.Generator(np.random.PCG64([seed, place, step]))
            count = max(1, round(level * marrow.cells))
            return draw_spike(laip, count, open_=open, random=random)

        return _tried(marrow, partial(read, place), spike)

    blanks, responses, fresh = zip(*side_by_side(tried, range(len(normals))), strict=True)
    exposures = np.array([len(one.events) / one.cells for one in normals])
    return Calibration(
        np.array(blanks),
        exposures,
        np.array([float(one.cells) for one in normals]),
        np.array(LEVELS),
        np.array(responses),
        separability(laip, normal, exposure=float(np.median(exposures)), seed=seed),
        np.array([one.misfit for one in normals]),
        _flags(len(normals), max(fresh), laip),
    )


def _tried(
    marrow: BoxedNormal, read: Callable[[Events], float], spikes: Callable[[int, float], Spike]
) -> tuple[float, list[float], int]:
    """The blank and the responses of a normal; how many blasts of a spike the model gave."""
    blank, row, fresh = _share(read, marrow.events, marrow.cells), [], 0
    for step, level in enumerate(LEVELS):
        spike = spikes(step, level)
        cells = marrow.cells + spike.count
        events = np.concatenate([marrow.events, spike.events])
        row.append(_share(read, events, cells) * level * cells / spike.count)
        fresh = max(fresh, spike.fresh)
    return blank, row, fresh


def _share(read: Callable[[Events], float], events: Events, cells: int) -> float:
    """What is read of `events` in the box, as a fraction of all `cells`."""
    return read(events) * len(events) / cells if len(events) else 0.0


def _flags(normals: int, fresh: int, laip: Laip) -> tuple[str, ...]:
    said = []
    if normals < automatic_rules().normals:
        said.append(f"limits rest on {normals} normals, fewer than {automatic_rules().normals}")
    if fresh:
        held = len(laip.held_out)
        said.append(f"{held} blasts were held out; up to {fresh} of a spike came from their model")
    return tuple(said)
