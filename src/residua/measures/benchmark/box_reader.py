"""A reader that draws one box about the blasts of the diagnosis and counts what falls in.

It is the least that a reader of MRD has to beat: no alignment, no model, no drift. Its limits are
honest: the limit of blank is the 95th percentile of the normals (CLSI EP17), the limit of
detection the share that passes it with probability 95 % by the Poisson law.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.facts.mrd_result import Status
from residua.measures.benchmark.tool import Outcome, Staged
from residua.measures.limits import clopper_pearson, events_for
from residua.measures.preflight.prepared import PreparedSample

_CD19_POSITIVE, _LOW_SCATTER = 0.8, 2.75  # decades: about 460 and 42 000 channel units
_WIDTH, _ROUNDS = 3.0, 3  # standard deviations on either side; times that the box is drawn anew
_NEEDED, _COUNTED = 10, 40  # events to detect and to quantify, as the default counting policy
_SUFFICIENT = 1e-4
_ENOUGH = 0.2  # of a diagnosis; where fewer are CD19 positive, blasts are most of it without CD19


@dataclass(frozen=True, eq=False)
class BlastBox:
    """The box in the columns that are looked at, and its share of each normal (m,)."""

    columns: tuple[int, ...]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    blanks: NDArray[np.float64]


def _reference(normals: Sequence[PreparedSample]) -> Sequence[PreparedSample]:
    return normals


def _patient(
    normals: Sequence[PreparedSample],
    diagnosis: Sequence[PreparedSample],
    after: tuple[str, ...],
) -> BlastBox:
    if not diagnosis or not normals:
        raise ValueFault("a diagnosis and normals", "none", "give at least one of each")
    dimensions = diagnosis[0].dimensions
    events = np.concatenate([sample.events for sample in diagnosis]).astype(np.float64)
    blasts = events[_likely(events, dimensions)]
    for _ in range(_ROUNDS):
        centre = np.median(blasts, axis=0)
        spread = 1.4826 * np.median(np.abs(blasts - centre), axis=0)
        low, high = centre - _WIDTH * spread, centre + _WIDTH * spread
        blasts = events[((events >= low) & (events <= high)).all(axis=1)]
        if len(blasts) < _COUNTED:
            break
    gone = [n for n, name in enumerate(dimensions) if set(name.split("+")) & set(after)]
    columns = tuple(n for n in range(len(dimensions)) if n not in gone)
    box = BlastBox(columns, low, high, np.zeros(0))
    blanks = [_inside(box, normal).mean() for normal in normals]
    return BlastBox(columns, low, high, np.array(blanks))


def _likely(events: NDArray[np.float64], dimensions: Sequence[str]) -> NDArray[np.bool_]:
    """CD19 positive and of low side scatter, where the panel has them; all where few are."""
    likely = np.ones(len(events), bool)
    if "CD19" in dimensions:
        likely &= events[:, dimensions.index("CD19")] > _CD19_POSITIVE
    if "SSC-A" in dimensions:
        likely &= events[:, dimensions.index("SSC-A")] < _LOW_SCATTER
    return likely if likely.mean() >= _ENOUGH else np.ones(len(events), bool)


def _inside(box: BlastBox, sample: PreparedSample) -> NDArray[np.bool_]:
    inside = np.ones(len(sample), bool)
    for column in box.columns:
        values = sample.events[:, column]
        inside &= (values >= box.low[column]) & (values <= box.high[column])
    return inside


def _measure(
    _: Sequence[PreparedSample],
    box: BlastBox,
    follow_up: PreparedSample,
    after: tuple[str, ...],  # noqa: ARG001 (the box was drawn for them)
    reviewed: bool,  # noqa: ARG001 (it has one mode)
) -> Outcome:
    blasts, cells = _inside(box, follow_up), max(len(follow_up), 1)
    count, usual = int(blasts.sum()), float(np.median(box.blanks))
    limit = float(np.quantile(box.blanks, 0.95))
    least = max(math.floor(limit * cells) + 1, _NEEDED)
    lod = max(_NEEDED / cells, events_for(least) / cells - usual)
    fraction = max(count / cells - usual, 0.0)
    status: Status = "not detected"
    if count >= least:
        status = "quantified" if fraction * cells >= _COUNTED else "detected below LLOQ"
    elif lod > _SUFFICIENT:
        status = "not assessable"
    counted = clopper_pearson(count, cells)
    return Outcome(
        status=status,
        fraction=fraction if count else None,
        lod=lod,
        limit_of_blank=limit,
        total_interval=None if counted is None else _total(counted, box.blanks),
        blasts=blasts,
        flags=follow_up.flags,
        reason="negative with insufficient sensitivity" if status == "not assessable" else "",
    )


def _total(counted: Interval, blanks: NDArray[np.float64]) -> Interval:
    low, high = max(counted.low - blanks.max(), 0.0), max(counted.high - blanks.min(), 0.0)
    return Interval(counted.level, low, float(high), "counting and normals")


BOX = Staged(_reference, _patient, _measure)
