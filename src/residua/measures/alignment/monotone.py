"""Monotone curves on an even grid, one for each channel, and their use on millions of events."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.alignment.landmark_table import Values
from residua.measures.kernels.blocks import each_block
from residua.measures.kernels.choose import kernels_for
from residua.measures.kernels.contract import CurvePlan

Events = NDArray[np.float32]
LOW, HIGH, STEP = -2.0, 7.0, 0.1  # decades: all of a display scale, and some beyond
FLATTEST, STEEPEST = 0.25, 4.0  # slopes: a channel squeezed or stretched fourfold is another one
_SAVED = 300.0  # ns per event of twelve channels that the compiled loop is faster


def grid() -> Values:
    """The places (g,) at which curves are kept."""
    return np.linspace(LOW, HIGH, round((HIGH - LOW) / STEP) + 1)


@dataclass(frozen=True, eq=False)
class MonotoneCurves:
    """Curves (d, g) over `grid`, each rising by `FLATTEST` to `STEEPEST` of the step everywhere."""

    values: Values

    def __post_init__(self) -> None:
        steps = np.diff(self.values, axis=1) / STEP
        within = (steps > FLATTEST * (1 - 1e-6)) & (steps < STEEPEST * (1 + 1e-6))
        if not within.all():
            raise ValueFault("rising curves", "one that falls, or stands", "use risen()")


def risen(curve: Values, start: float) -> Values:
    """The curve (g,) with slopes within the limits, left alone where it keeps to them.

    It is followed from `start` to both ends: where a step is too flat or steep, the nearest
    allowed one is taken, and the curve is met again as soon as slopes allow.
    """
    first = int(np.clip(round((start - LOW) / STEP), 0, len(curve) - 1))
    found = np.array(curve, np.float64)
    least, most = FLATTEST * STEP, STEEPEST * STEP
    for place in range(first + 1, len(curve)):
        below = found[place - 1]
        found[place] = min(max(found[place], below + least), below + most)
    for place in range(first - 1, -1, -1):
        above = found[place + 1]
        found[place] = max(min(found[place], above - least), above - most)
    return found


def follow(curves: MonotoneCurves, spill: Values, events: Events, centre: float) -> Events:
    """Events (n, d) moved along their curves, plus `spill` (d, d) of their distance from `centre`.

    `spill[l, j]` is what a decade of channel l adds to channel j. Beyond the grid curves go on
    with their last slope.
    """
    plan = _plan(curves, spill, centre)
    given = np.ascontiguousarray(events, np.float32)
    moved = np.empty_like(given)
    loops = kernels_for(len(given), saved=_SAVED)

    def work(start: int, end: int) -> None:
        loops.follow(given[start:end], plan, moved[start:end])

    each_block(len(given), work)
    return moved


def _plan(curves: MonotoneCurves, spill: Values, centre: float) -> CurvePlan:
    base, mixing = curves.values.astype(np.float32), spill.astype(np.float32)
    return CurvePlan(
        np.ascontiguousarray(base[:, :-1]),
        np.diff(base, axis=1),
        np.ascontiguousarray(mixing),
        np.flatnonzero(mixing.any(axis=1)),
        np.float32(LOW),
        np.float32(1 / STEP),
        np.float32(centre),
    )
