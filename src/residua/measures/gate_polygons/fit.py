"""A short hierarchy of polygons about labelled blasts.

Planes are chosen one after the other, each for leaving the fewest other cells; then every edge of
every polygon is moved, one at a time, to where the F1 of the innermost population against the
labels is highest, and outwards where nothing is lost by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.gates import Point
from residua.measures.gate_polygons.outline import Frame, frame_about
from residua.measures.gate_polygons.planes import Plane, first_plane, further_planes

Values = NDArray[np.float64]
Events = NDArray[np.float32]
Mask = NDArray[np.bool_]
FEWEST, MOST = 3, 4  # planes: what a person draws by hand
CLEAN = 0.02  # of the blasts: other cells left, below which no further plane is needed
UNUSUAL = 1.6  # a plane that no one looks at by habit must leave so many times fewer cells
ENOUGH = 100  # labelled blasts that tell their own outline; below, the diagnosis is added
LEAST_LEVEL = 1e-4  # of the cells: what other cells are weighed against where blasts are absent
_LOOKED_AT = 20_000  # other cells in choosing a plane
_OUTLINE_OF = 3_000  # blasts
_TRIAL = 0.985  # of the blasts within each edge, in choosing a plane
_LEVELS = (0.7, 0.8, 0.88, 0.93, 0.96, 0.98, 0.99, 0.995, 1.0)
_DIMMEST = 0.1  # quantile of the blasts by which an antigen is told to be carried
_BEYOND = 0.1  # decades outside the last blast, where no other cell is
_ROUNDS = 4
_CHUNK = 1 << 18


@dataclass(frozen=True)
class PlaneGate:
    """A polygon in the plane of two dimensions, its `corners` in display decades."""

    plane: Plane
    corners: tuple[Point, ...]


@dataclass(frozen=True, eq=False)
class Trial:
    """A plane with its columns, and how far the blasts reach in it (s, 12)."""

    plane: Plane
    columns: tuple[int, int]
    frame: Frame
    reach: Values

    def within(self, events: Events, limits: Values) -> Mask:
        """Which events (n, d) reach at most `limits` (12,)."""
        inside = np.empty(len(events), bool)
        for first in range(0, len(events), _CHUNK):
            part = self.frame.reach(events[first : first + _CHUNK][:, list(self.columns)])
            inside[first : first + _CHUNK] = (part <= limits).all(axis=1)
        return inside


def fit_gates(
    events: Events,
    blasts: Mask,
    dimensions: Sequence[str],
    *,
    diagnosis: Events,
    preferred: Iterable[Plane] = (),
) -> tuple[PlaneGate, ...]:
    """Polygons that, one within the other, hold the labelled `blasts` (n,) of `events` (n, d).

    Both are nucleated cells in the sample's own display decades, and so is `diagnosis` (m, d),
    blasts as they may be here: where fewer than 100 are labelled they give the outline too.
    `preferred` planes win over others that leave nearly as few cells. The first plane is one of
    side scatter. Raises `ValueFault` without any blasts, or for a tube without planes.
    """
    shape = _shape(events[blasts], diagnosis)
    others = events[~blasts]
    mass = max(float(np.count_nonzero(blasts)), LEAST_LEVEL * len(events), 1.0)
    weight = mass / len(shape)
    trials = _chosen(shape, others, tuple(dimensions), tuple(preferred), mass)
    left = others
    for trial in trials:
        left = left[trial.within(left, _loosest(trial))]
    reaches = np.hstack([trial.reach for trial in trials])
    beside = np.hstack([t.frame.reach(left[:, list(t.columns)]) for t in trials])
    loosest = np.concatenate([_loosest(trial) for trial in trials])
    limits = moved_edges(reaches, beside, loosest, weight=weight)
    parts = np.split(limits, len(trials))
    return tuple(
        PlaneGate(trial.plane, trial.frame.corners(own))
        for trial, own in zip(trials, parts, strict=True)
    )


def moved_edges(blasts: Values, others: Values, loosest: Values, *, weight: float) -> Values:
    """The limits (e,) of e half planes that part `blasts` (s, e) from `others` (n, e) best.

    Best is the F1 where each blast counts `weight` times; of two as good the wider one.
    """
    steps = np.vstack([np.quantile(blasts, _LEVELS, axis=0), loosest])  # (levels, e), rising
    limits: Values = steps[_LEVELS.index(0.99)].copy()
    out = [(side > limits).sum(axis=1) for side in (blasts, others)]
    for _ in range(_ROUNDS):
        before = limits.copy()
        for edge in range(blasts.shape[1]):
            sides = []
            for number, side in enumerate((blasts, others)):
                out[number] -= side[:, edge] > limits[edge]
                sides.append(np.sort(side[out[number] == 0, edge]))
            hit, false = (np.searchsorted(side, steps[:, edge], side="right") for side in sides)
            f1 = 2 * weight * hit / (weight * (len(blasts) + hit) + false)
            best = len(f1) - 1 - int(np.argmax(f1[::-1]))
            limits[edge] = steps[best, edge]
            for number, side in enumerate((blasts, others)):
                out[number] += side[:, edge] > limits[edge]
        if (limits == before).all():
            break
    return limits


def _shape(labelled: Events, diagnosis: Events) -> Events:
    """The blasts whose outline is sought."""
    if len(labelled) >= ENOUGH:
        return _some(labelled, _OUTLINE_OF)
    added = _some(diagnosis, max(2 * ENOUGH - len(labelled), ENOUGH))
    both = np.concatenate([labelled, added])
    if not len(both):
        raise ValueFault("blasts to draw gates about", "none", "give those of the diagnosis")
    return both


def _some(events: Events, most: int) -> Events:
    """At most `most` of the events, evenly spaced over them."""
    if len(events) <= most:
        return events
    return events[np.linspace(0, len(events) - 1, most).astype(np.intp)]


def _chosen(
    shape: Events,
    others: Events,
    dimensions: tuple[str, ...],
    preferred: tuple[Plane, ...],
    mass: float,
) -> list[Trial]:
    chosen: list[Trial] = []
    left = others
    while len(chosen) < MOST:
        taken = {frozenset(trial.plane) for trial in chosen}
        open_ = _open_planes(shape, dimensions, preferred, first=not chosen)
        trials = [_trial(one, shape, dimensions) for one in open_ if frozenset(one) not in taken]
        if not trials:
            break
        some = _some(left, _LOOKED_AT)
        costs = [_cost(trial, some, preferred) for trial in trials]
        best = trials[int(np.argmin(costs))]
        chosen.append(best)
        left = left[best.within(left, _tight(best))]
        if len(chosen) >= FEWEST and len(left) <= CLEAN * mass:
            break
    if not chosen:
        raise ValueFault("two dimensions to draw a gate in", "fewer", "give a larger panel")
    return chosen


def _open_planes(
    shape: Events, dimensions: tuple[str, ...], preferred: tuple[Plane, ...], *, first: bool
) -> tuple[Plane, ...]:
    """The planes to choose from, the axes of preferred ones as those have them."""
    lowest = np.quantile(shape, _DIMMEST, axis=0)
    lineage = first_plane(dimensions, dict(zip(dimensions, lowest.tolist(), strict=True)))
    if first and lineage:
        return (lineage,)
    known = {frozenset(plane): plane for plane in preferred}
    return tuple(known.get(frozenset(one), one) for one in further_planes(dimensions))


def _cost(trial: Trial, others: Events, preferred: tuple[Plane, ...]) -> float:
    """Other cells that the plane leaves; one more, so that habit decides where none are left."""
    times = 1.0 if trial.plane in preferred else UNUSUAL
    return times * (1 + int(np.count_nonzero(trial.within(others, _tight(trial)))))


def _trial(plane: Plane, shape: Events, dimensions: tuple[str, ...]) -> Trial:
    columns = (dimensions.index(plane[0]), dimensions.index(plane[1]))
    points = shape[:, list(columns)]
    frame = frame_about(points)
    return Trial(plane, columns, frame, frame.reach(points))


def _tight(trial: Trial) -> Values:
    return np.asarray(np.quantile(trial.reach, _TRIAL, axis=0))


def _loosest(trial: Trial) -> Values:
    return np.asarray(trial.reach.max(axis=0) + _BEYOND / float(trial.frame.scale.mean()))
