"""The samples of a case as a reader gets them, and the truth that it does not get."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.preflight.prepared import PreparedSample
from residua.simulate.bench.suite import Case
from residua.simulate.marrow.drawn import BLASTS, DrawnMarrow, draw_marrow
from residua.simulate.marrow.ideal import ideal_lod
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec
from residua.simulate.marrow.true_laws import displayed

_SINGLE = 0.85  # of FSC-H over FSC-A; a doublet has about half, a cell 1 with 2 % of noise
_NUCLEATED = 30_000.0  # of FSC-A: below every population, above the median of debris
_NORMAL_DRAWS, _BLAST_DRAWS, _STEPS = 4_000, 2_000, 12  # limits within 3 %, in a third of a second
_SURE = 1.5  # as a factor from the limit of what is separable; nearer, it is drawn anew
_SEPARABLE = 1e-4


@dataclass(frozen=True, eq=False)
class Truth:
    """What is behind a follow-up. `blasts` (n,) marks its prepared events.

    `drawn` are its laws, `exchanged` the columns that were exchanged afterwards.
    """

    drawn: DrawnMarrow
    blasts: NDArray[np.bool_]
    exchanged: tuple[int, int] | None

    @property
    def fraction(self) -> float:
        """Blasts of all nucleated single cells of the file."""
        return self.drawn.spec.blast_count / max(self.drawn.spec.cells, 1)


def prepared(spec: MarrowSpec) -> PreparedSample:
    """The single nucleated cells of a simulated tube."""
    return _prepared(draw_marrow(spec))[0]


def follow_up_of(case: Case) -> tuple[PreparedSample, Truth]:
    """The follow-up of a case, and its truth."""
    drawn = draw_marrow(case.follow_up)
    sample, blasts = _prepared(drawn)
    if case.exchanged is None:
        return sample, Truth(drawn, blasts, None)
    one, other = (_column(sample.dimensions, marker) for marker in case.exchanged)
    events = sample.events.copy()
    events[:, [one, other]] = events[:, [other, one]]
    moved = PreparedSample(
        sample.dimensions, events, sample.rows, sample.total, _digest(events), sample.flags
    )
    return moved, Truth(drawn, blasts, (one, other))


def ideal_limit(drawn: DrawnMarrow, *, without: Sequence[str] = ()) -> float:
    """The ideal observer's limit of detection, known to 3 % or, near 1e-4, to 1 %."""
    few = ideal_lod(
        drawn, normal=_NORMAL_DRAWS, blasts=_BLAST_DRAWS, without=tuple(without), steps=_STEPS
    )
    if max(few / _SEPARABLE, _SEPARABLE / few) > _SURE:
        return few
    return ideal_lod(drawn, normal=40_000, blasts=20_000, without=tuple(without))


def _prepared(drawn: DrawnMarrow) -> tuple[PreparedSample, NDArray[np.bool_]]:
    made = simulate_marrow(drawn)
    names = [channel.name for channel in made.acquisition.channels]
    raw = made.acquisition.events
    area, height = raw[:, names.index("FSC-A")], raw[:, names.index("FSC-H")]
    rows = np.flatnonzero((height >= _SINGLE * area) & (area >= _NUCLEATED))
    events = displayed(made.acquisition, drawn)[rows]
    sample = PreparedSample(
        drawn.tube.labels, events, rows, len(raw), _digest(events), ("simulated",)
    )
    return sample, made.labels[rows] == made.names.index(BLASTS)


def _column(dimensions: Sequence[str], marker: str) -> int:
    return next(n for n, name in enumerate(dimensions) if marker in name.split("+"))


def _digest(events: NDArray[np.float32]) -> str:
    return hashlib.sha256(np.ascontiguousarray(events).tobytes()).hexdigest()
