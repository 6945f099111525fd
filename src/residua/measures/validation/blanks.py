"""Limit of blank: what a sample without disease is not expected to exceed.

By order statistics and by mean and SD (CLSI EP17-A2; the guideline itself was not read). Counts
of rare events are not normal, so that by order statistics is the one that is claimed.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.measures.validation.laws import binomial_below, normal_point
from residua.standards.assay_validation import ValidationNumbers


@dataclass(frozen=True)
class LimitOfBlank:
    """The 95th percentile of `count` blank results, by rank and by mean and SD.

    `rank` is the place among the ordered results (interpolated), `confidence` the probability
    that the largest result lies above the true percentile: the most that so few blanks can
    give. `upper` is the smallest ordered result that lies above it with the confidence asked
    for, None where none does. `reason` says why there is no limit.
    """

    count: int
    zeros: int = 0
    nonparametric: float | None = None
    rank: float | None = None
    upper: float | None = None
    upper_rank: int | None = None
    confidence: float | None = None
    parametric: float | None = None
    mean: float | None = None
    sd: float | None = None
    reason: str = ""
    flags: tuple[str, ...] = ()

    @property
    def claimed(self) -> float | None:
        """The limit that the validation goes by."""
        return self.nonparametric


def limit_of_blank(values: Sequence[float], numbers: ValidationNumbers) -> LimitOfBlank:
    """The limit of blank of blank results (fractions).

    The rank is 0.5 + 0.95 B, interpolated, and no further than the largest result; the
    parametric limit is the mean plus z / (1 - 1 / (4 (B - 1))) SD.
    """
    count = len(values)
    if count < 2:
        return LimitOfBlank(count, reason=f"{count or 'no'} blank results; at least 2 are needed")
    ordered = np.sort(np.asarray(values, dtype=np.float64))
    share = numbers.blank_quantile
    rank = min(0.5 + share * count, float(count))
    below = math.floor(rank)
    weight = rank - below
    top = ordered[min(below, count - 1)]
    limit = float(ordered[below - 1] * (1 - weight) + top * weight)
    mean, sd = float(ordered.mean()), float(ordered.std(ddof=1))
    factor = normal_point(share) / (1 - 1 / (4 * (count - 1)))
    upper_rank = _upper_rank(count, share, numbers.confidence)
    zeros = int((ordered == 0).sum())
    return LimitOfBlank(
        count, zeros, limit, rank,
        None if upper_rank is None else float(ordered[upper_rank - 1]), upper_rank,
        1 - share**count, mean + factor * sd, mean, sd,
        flags=_flags(count, ordered, numbers),
    )  # fmt: skip


def _upper_rank(count: int, share: float, confidence: float) -> int | None:
    """The lowest rank whose result exceeds the percentile with the confidence asked for."""
    ranks = range(1, count + 1)
    return next((r for r in ranks if binomial_below(r - 1, count, share) >= confidence), None)


def _flags(count: int, ordered: np.ndarray, numbers: ValidationNumbers) -> tuple[str, ...]:
    flags = []
    if count < numbers.blanks:
        reached = 100 * (1 - numbers.blank_quantile**count)
        flags.append(
            f"{count} blanks, {numbers.blanks} are wanted: their largest exceeds the 95th "
            f"percentile with {reached:.0f} % confidence"
        )
    spread = float(ordered.std())
    skew = 0.0 if spread == 0 else float((((ordered - ordered.mean()) / spread) ** 3).mean())
    if abs(skew) > 2 * math.sqrt(6 / count):  # twice the standard error of a normal sample's
        flags.append("the blanks are skewed: the limit by mean and SD does not hold for them")
    return tuple(flags)
