"""The samples of a case as a reader gets them, and the truth that it does not get."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from residua.measures.preflight.prepare import prepare
from residua.measures.preflight.prepared import PreparedSample
from residua.simulate.bench.suite import Case
from residua.simulate.marrow.drawn import BLASTS, DrawnMarrow, draw_marrow
from residua.simulate.marrow.ideal import ideal_lod
from residua.simulate.marrow.marrow import simulate_marrow
from residua.simulate.marrow.spec import MarrowSpec

_NORMAL_DRAWS, _BLAST_DRAWS, _WITHIN = 4_000, 2_000, 0.01  # limits are then within 3 %
_SURE = 1.1  # as a factor from the limit of what is separable; nearer, it is drawn anew
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
    moved = replace(sample, events=events, digest=_digest(events))
    return moved, Truth(drawn, blasts, (one, other))


@lru_cache(maxsize=4)
def ideal_limit(drawn: DrawnMarrow, *, without: tuple[str, ...] = ()) -> float:
    """The ideal observer's limit of detection, known to 3 % or, near 1e-4, to 1 %."""
    few = ideal_lod(
        drawn, normal=_NORMAL_DRAWS, blasts=_BLAST_DRAWS, without=without, within=_WITHIN
    )
    if max(few / _SEPARABLE, _SEPARABLE / few) > _SURE:
        return few
    return ideal_lod(drawn, normal=40_000, blasts=20_000, without=without, within=_WITHIN)


def _prepared(drawn: DrawnMarrow) -> tuple[PreparedSample, NDArray[np.bool_]]:
    made = simulate_marrow(drawn)
    sample = prepare(made.acquisition).sample
    blasts = made.labels[sample.rows] == made.names.index(BLASTS)
    return replace(sample, digest=_digest(sample.events)), blasts


def _column(dimensions: Sequence[str], marker: str) -> int:
    return next(n for n, name in enumerate(dimensions) if marker in name.split("+"))


def _digest(events: NDArray[np.float32]) -> str:
    return hashlib.sha256(np.ascontiguousarray(events).tobytes()).hexdigest()
