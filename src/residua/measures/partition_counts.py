"""Copies behind positive partitions, by Poisson, with exact and combined intervals."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import betaincinv, pdtr, pdtrik

from residua.errors import ValueFault
from residua.facts.interval import Interval

LEVEL = 0.95
KIND = "counting, two-sided; target and control combined on the log axis"


@dataclass(frozen=True)
class Counts:
    """Positive partitions of so many, merged over wells."""

    positive: int
    partitions: int

    def __post_init__(self) -> None:
        if not 0 <= self.positive <= self.partitions or self.partitions < 1:
            raise ValueFault("positive partitions of at most all", "others", "correct the counts")

    @property
    def saturated(self) -> bool:
        """Whether no partition is left empty, so that the number of copies has no bound."""
        return self.positive == self.partitions

    @property
    def per_partition(self) -> float:
        """Mean copies in a partition, -ln(1 - p): inf where all are positive."""
        if self.saturated:
            return math.inf
        return -math.log1p(-self.positive / self.partitions)

    @property
    def copies(self) -> float:
        """Copies in all partitions together."""
        return self.per_partition * self.partitions


def per_partition_interval(counts: Counts, *, level: float = LEVEL) -> tuple[float, float]:
    """Clopper and Pearson's interval of the positive share, as copies in a partition."""
    k, n, tail = counts.positive, counts.partitions, (1 - level) / 2
    low = 0.0 if k == 0 else float(betaincinv(k, n - k + 1, tail))
    high = 1.0 if k == n else float(betaincinv(k + 1, n - k, 1 - tail))
    return -math.log1p(-low), math.inf if high >= 1 else -math.log1p(-high)


def ratio_with_interval(
    above: Counts, below: Counts, *, scale: float = 1.0, level: float = LEVEL
) -> tuple[float, Interval]:
    """(copies per partition of `above`) / (of `below`) x `scale`, with its interval.

    The two exact intervals are combined by the method of variance estimates recovery on the log
    axis: each end lies as far out as the roots of the summed squares. `below` must be positive
    and not saturated. Where `above` has none, the ratio is 0 and its interval begins there.
    """
    (low, high) = per_partition_interval(above, level=level)
    (least, most) = per_partition_interval(below, level=level)
    if below.positive == 0 or below.saturated or above.saturated:
        raise ValueFault("counts with empty and positive partitions", "others", "see the counts")
    if above.positive == 0:
        return 0.0, Interval(level, 0.0, high / least * scale, KIND)
    ratio = above.per_partition / below.per_partition * scale
    down = math.hypot(math.log(above.per_partition / low), math.log(most / below.per_partition))
    up = math.hypot(math.log(high / above.per_partition), math.log(below.per_partition / least))
    return ratio, Interval(level, ratio * math.exp(-down), ratio * math.exp(up), KIND)


def limit_of_blank(blank: Counts, partitions: int, *, quantile: float) -> int:
    """Positive partitions that a blank of so many stays at or below with probability `quantile`.

    The quantile of Poisson's law by `scipy.special`, as `scipy.stats` takes a second to import.
    """
    mean = blank.positive / blank.partitions * partitions
    at_most = math.ceil(pdtrik(quantile, mean))
    below = max(at_most - 1, 0)
    return below if pdtr(below, mean) >= quantile else at_most
