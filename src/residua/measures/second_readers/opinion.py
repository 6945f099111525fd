"""What second readers say of a sample, each by its own blanks, and in which words it is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.measures.calibration.blanks import upper_of
from residua.measures.laip.laip import Laip
from residua.measures.second_readers.drifted import with_drift
from residua.measures.second_readers.reader import Events, FitReader, Reader, Values

FOLDS = 3  # of the normals, each read by a reader that has not seen it
BACKGROUND = 5e-6  # of all cells of the normals: what a threshold lets through
LEAST = 3.0
"""Events that no limit of blank falls below: where a blank shows one on average, it shows more than
two in 8 % and more than three in 2 % of cases, by counting alone."""
FEWEST_SEEN = 0.05  # of drifted blasts, below which a reader tells nothing of this patient
TO_READERS = "after an alarm, to the second readers that differ"
TIMES = 3.0  # between two readers, above which they differ


@dataclass(frozen=True, eq=False)
class CalibratedReader:
    """A reader with the score from which an event counts, and what normals show by it.

    `rates` (m,) is the share of each normal's `inside` (m,) events in the box that count,
    `sensitivity` the share of drifted blasts.
    """

    reader: Reader
    threshold: float
    rates: Values
    inside: Values
    sensitivity: float

    def limit_of_blank(self, events: int) -> float:
        """The count that 95 % of blanks with so many `events` in the box stay at or below.

        As that of the model: by rank and by spread of the normals' rates, and a sample with fewer
        events than they counts more unevenly.
        """
        seen = self.inside > 0
        if not events or not seen.any():
            return LEAST
        rates = self.rates[seen]
        rarer = max(1 / events - float(np.mean(1 / self.inside[seen])), 0.0)
        return max(upper_of(rates, counting=float(rates.mean()) * rarer) * events, LEAST)


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
    inside = np.array([float(len(each)) for each in scores])
    whole = fit(laip, normals, seed)
    random = np.random.Generator(np.random.PCG64(seed))
    seen = whole.score(with_drift(laip, laip.held_out, random)) > threshold
    return CalibratedReader(whole, threshold, shares, inside, float(seen.mean()))


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
    limit = reader.limit_of_blank(len(events))
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
        elif _differs(opinion, fraction):
            told.append(
                f"readers differ more than {TIMES:.0f}-fold: {opinion.name} sees"
                f" {opinion.fraction:.1e}, the model {fraction:.1e}"
            )
    return tuple(told)


def spanned(total: Interval, opinions: Sequence[Opinion], fraction: float) -> Interval:
    """`total` of a level of `fraction` (of all cells), reaching to every reader that differs.

    For a level whose map may be wrong: each reader errs in another way there. Its kind says so.
    """
    seen = [opinion.fraction for opinion in opinions if _differs(opinion, fraction)]
    if not seen:
        return total
    low, high = min(total.low, *seen), min(max(total.high, *seen), 1.0)
    return replace(total, low=low, high=high, kind=f"{total.kind}; {TO_READERS}")


def _differs(opinion: Opinion, fraction: float) -> bool:
    within = fraction / TIMES <= opinion.fraction <= TIMES * fraction
    return opinion.positive and not within
