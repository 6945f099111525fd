"""Agreement: calls at a decision level against the truth, and log10 differences of two methods.

Shares with Clopper and Pearson's exact intervals; kappa of Cohen (Educ Psychol Meas 1960;20:37)
with its large-sample interval (Fleiss, Cohen and Everitt 1969); limits of agreement of Bland and
Altman (Lancet 1986;327:307) with the standard errors given there.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.facts.interval import Interval
from residua.measures.limits import clopper_pearson
from residua.measures.validation.laws import normal_point, t_point
from residua.standards.assay_validation import ValidationNumbers


@dataclass(frozen=True)
class Share:
    """`count` of `total`, with its exact interval; None of nothing."""

    count: int
    total: int
    interval: Interval | None

    @property
    def value(self) -> float | None:
        """The share."""
        return self.count / self.total if self.total else None


@dataclass(frozen=True)
class Agreement:
    """Calls at a level against what is `against`; `grey` pairs are near the level.

    Positive, negative and overall agreement are of all pairs (`positive` ...) and, `clear_...`,
    of those outside the grey zone.
    """

    against: str
    level: float
    both: int
    only_assay: int
    only_truth: int
    neither: int
    positive: Share
    negative: Share
    overall: Share
    kappa: float | None
    kappa_interval: Interval | None
    grey: int
    grey_zone: tuple[float, float]
    clear_positive: Share
    clear_negative: Share


def measure_agreement(
    pairs: Sequence[tuple[float, float]], *, against: str, numbers: ValidationNumbers
) -> Agreement:
    """Agreement of `pairs` of (truth, measured) at the decision level, at or above it positive."""
    level, fold = numbers.decision_level, numbers.grey_zone
    zone = (level / fold, level * fold)
    table = _table(pairs, level)
    clear = [pair for pair in pairs if not zone[0] < pair[0] < zone[1]]
    far = _table(clear, level)
    kappa, interval = _kappa(table, numbers.confidence)
    return Agreement(
        against, level, *table,
        positive=_share(table[0], table[0] + table[2]),
        negative=_share(table[3], table[1] + table[3]),
        overall=_share(table[0] + table[3], sum(table)),
        kappa=kappa, kappa_interval=interval,
        grey=len(pairs) - len(clear), grey_zone=zone,
        clear_positive=_share(far[0], far[0] + far[2]),
        clear_negative=_share(far[3], far[1] + far[3]),
    )  # fmt: skip


def _table(pairs: Sequence[tuple[float, float]], level: float) -> tuple[int, int, int, int]:
    """Both positive, only the assay, only the truth, neither."""
    calls = [(truth >= level, measured >= level) for truth, measured in pairs]
    return (
        calls.count((True, True)), calls.count((False, True)),
        calls.count((True, False)), calls.count((False, False)),
    )  # fmt: skip


def _share(count: int, total: int) -> Share:
    return Share(count, total, clopper_pearson(count, total))


def _kappa(
    table: tuple[int, int, int, int], confidence: float
) -> tuple[float | None, Interval | None]:
    """Cohen's kappa; None where chance alone would agree always."""
    total = sum(table)
    if not total:
        return None, None
    p = np.array([[table[0], table[1]], [table[2], table[3]]], dtype=np.float64) / total
    rows, columns = p.sum(axis=1), p.sum(axis=0)
    chance, seen = float(rows @ columns), float(np.trace(p))
    if chance >= 1:
        return None, None
    kappa = (seen - chance) / (1 - chance)
    diagonal = sum(p[i, i] * (1 - (rows[i] + columns[i]) * (1 - kappa)) ** 2 for i in range(2))
    off = (1 - kappa) ** 2 * sum(
        p[i, j] * (columns[i] + rows[j]) ** 2 for i in range(2) for j in range(2) if i != j
    )
    square = float(diagonal + off - (kappa - chance * (1 - kappa)) ** 2)
    error = math.sqrt(max(0.0, square) / total) / (1 - chance)
    half = normal_point((1 + confidence) / 2) * error
    low, high = max(-1.0, kappa - half), min(1.0, kappa + half)
    return kappa, Interval(confidence, low, high, "normal, large samples")


@dataclass(frozen=True)
class Differences:
    """Bland-Altman of log10: mean difference (assay less reference) and limits of agreement."""

    count: int
    left_out: int = 0
    bias: float | None = None
    bias_interval: Interval | None = None
    sd: float | None = None
    low: float | None = None
    low_interval: Interval | None = None
    high: float | None = None
    high_interval: Interval | None = None
    reason: str = ""


def measure_differences(
    pairs: Sequence[tuple[float, float]], *, numbers: ValidationNumbers
) -> Differences:
    """Bland-Altman of `pairs` of (reference, measured); pairs with a zero are left out, counted."""
    kept = [(truth, measured) for truth, measured in pairs if truth > 0 and measured > 0]
    apart = len(pairs) - len(kept)
    if len(kept) < numbers.pairs:
        told = f"{len(kept) or 'no'} pairs above zero; {numbers.pairs} are needed"
        return Differences(len(kept), apart, reason=told)
    differences = [math.log10(measured / truth) for truth, measured in kept]
    return bland_altman(differences, left_out=apart, confidence=numbers.confidence)


def bland_altman(
    differences: Sequence[float], *, left_out: int = 0, confidence: float = 0.95
) -> Differences:
    """Mean, limits mean +- 1.96 SD, and intervals with SD / sqrt(n) and SD sqrt(3 / n)."""
    count = len(differences)
    values = np.asarray(differences, dtype=np.float64)
    mean, sd = float(values.mean()), float(values.std(ddof=1))
    t = t_point(count - 1, (1 + confidence) / 2)
    reach = normal_point(0.975) * sd
    near, far = t * sd / math.sqrt(count), t * sd * math.sqrt(3 / count)

    def about(middle: float, half: float) -> Interval:
        return Interval(confidence, middle - half, middle + half, "Student's t, two-sided")

    return Differences(
        count, left_out, mean, about(mean, near), sd,
        mean - reach, about(mean - reach, far), mean + reach, about(mean + reach, far),
    )  # fmt: skip
