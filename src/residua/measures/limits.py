"""Exact intervals and limits of a count.

`clopper_pearson`: Clopper and Pearson, Biometrika 1934;26:404, doi:10.1093/biomet/26.4.404.
`lod95` rests on the Poisson law: a mean of m events shows at least n with 95 % probability
where m is the 95 % point of a gamma distribution of shape n.
"""

from __future__ import annotations

from scipy.special import betaincinv, gammaincinv

from residua.errors import ValueFault
from residua.facts.interval import Interval

COUNTING = "Clopper-Pearson, two-sided, counting only"


def clopper_pearson(
    count: int, total: int, *, level: float = 0.95, scale: float = 1.0
) -> Interval | None:
    """The exact binomial interval of count / total, times `scale`; None where total is 0."""
    if not 0 <= count <= total:
        raise ValueFault("0 to as many events as the total", "another count", "correct it")
    if total == 0:
        return None
    tail = (1 - level) / 2
    low = 0.0 if count == 0 else float(betaincinv(count, total - count + 1, tail))
    high = 1.0 if count == total else float(betaincinv(count + 1, total - count, 1 - tail))
    return Interval(level, scale * low, scale * high, COUNTING)


def events_for(events: int, *, probability: float = 0.95) -> float:
    """The mean number of events that shows at least `events` with the given probability."""
    return float(gammaincinv(events, probability))
