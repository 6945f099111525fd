"""What second readers say of a sample, each by its own blanks, and in which words it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.laip.laip import Laip
from residua.measures.second_readers.drifted import with_drift
from residua.measures.second_readers.reader import Events, FitReader, Reader, Values

FOLDS = 3  # of the normals, each read by a reader that has not seen it
BACKGROUND = 5e-6  # of all cells of the normals: what a threshold lets through
TAIL = 1.87
"""Standard deviations above the mean of blanks: the 95 % limit of the next one among 24 (Student,
23 degrees of freedom, times sqrt(1 + 1/24), rounded up as its kin in the limit of blank)."""
LEAST = 2.0  # events that no limit of blank falls below
FEWEST_SEEN = 0.05  # of drifted blasts, below which a reader tells nothing of this patient
TIMES = 3.0  # between two readers, above which they differ


@dataclass(frozen=True, eq=False)
class CalibratedReader:
    """A reader with the score from which an event counts, `per_event` how many of the events in

    the box a blank may show, and `sensitivity`, the share of drifted blasts that count.
    """

    reader: Reader
    threshold: float
    per_event: float
    sensitivity: float


@dataclass(frozen=True)
class Opinion:
    """`fraction` of all cells that the reader `name` takes for blasts, and its limit of blank."""

    name: str
    fraction: float
    limit_of_blank: float
    positive: bool


def calibrated(
    fit: FitReader, laip: Laip, normals: Sequence[Events], cells: Sequence[int], *, seed: int
) -> CalibratedReader:
    """A reader fitted to all `normals` (events in the box), its threshold by those left out.

    `cells` are how many each normal has in all. Raises `ValueFault` for fewer than six normals.
    """
    if len(normals) < 2 * FOLDS or len(normals) != len(cells):
        raise ValueFault(
            f"at least {2 * FOLDS} normals, each with its number of cells",
            f"{len(normals)}",
            "add normals to the reference",
        )
    scores: list[Values] = [np.zeros(0)] * len(normals)
    for fold in range(FOLDS):
        reader = fit(laip, [each for i, each in enumerate(normals) if i % FOLDS != fold], seed)
        for own in range(fold, len(normals), FOLDS):
            scores[own] = reader.score(normals[own])
    threshold = _threshold(np.concatenate(scores), BACKGROUND * sum(cells))
    shares = np.array([float((each > threshold).mean()) if len(each) else 0.0 for each in scores])
    per_event = max(
        float(np.quantile(shares, 0.95)), float(shares.mean() + TAIL * shares.std(ddof=1))
    )
    whole = fit(laip, normals, seed)
    random = np.random.Generator(np.random.PCG64(seed))
    seen = whole.score(with_drift(laip, laip.held_out, random)) > threshold
    return CalibratedReader(whole, threshold, per_event, float(seen.mean()))


def _threshold(scores: Values, allowed: float) -> float:
    """The score that so many are not above."""
    place = min(int(allowed), len(scores) - 1)
    return float(np.partition(scores, len(scores) - 1 - place)[len(scores) - 1 - place])


def second_opinion(
    events_in_box: Events, cells: int, readers: Sequence[CalibratedReader]
) -> tuple[Opinion, ...]:
    """What each reader says of a sample's events (n, d) in the box, among `cells` in all.

    A reader that knows hardly any drifted blast of this patient has no opinion.
    """
    return tuple(
        _opinion(events_in_box, cells, reader)
        for reader in readers
        if reader.sensitivity >= FEWEST_SEEN
    )


def _opinion(events: Events, cells: int, reader: CalibratedReader) -> Opinion:
    above = float((reader.reader.score(events) > reader.threshold).sum()) if len(events) else 0.0
    limit = max(reader.per_event * len(events), LEAST)
    unit = cells * reader.sensitivity
    return Opinion(reader.reader.name, above / unit, limit / unit, above > limit)


def disagreements(
    opinions: Sequence[Opinion], fraction: float, *, positive: bool
) -> tuple[str, ...]:
    """Flags where a reader and the model, which says `fraction`, are not of one mind."""
    told = []
    for opinion in opinions:
        if opinion.positive and not positive:
            told.append(
                f"review: reader {opinion.name} sees {opinion.fraction:.1e}"
                " where the model sees none"
            )
        elif opinion.positive and not fraction / TIMES <= opinion.fraction <= TIMES * fraction:
            told.append(
                f"readers differ more than {TIMES:.0f}-fold: {opinion.name} sees"
                f" {opinion.fraction:.1e}, the model {fraction:.1e}"
            )
    return tuple(told)
