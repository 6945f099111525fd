"""Exact intervals, limits and comparisons of counts.

`clopper_pearson`: Clopper and Pearson, Biometrika 1934;26:404, doi:10.1093/biomet/26.4.404.
`lod95` rests on the Poisson law: a mean of m events shows at least n with 95 % probability
where m is the 95 % point of a gamma distribution of shape n. `fisher_exact`: Fisher, J R Stat
Soc 1922;85:87, doi:10.2307/2340521. All of it stands on `scipy.special`, as `scipy.stats` takes
a second to import.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betaincinv, gammaincinv

from residua.errors import ValueFault
from residua.facts.interval import Interval

_TIE = 1 + 1e-7  # tables as likely as the one seen, but for rounding
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


def fisher_exact(count: int, total: int, *, among: tuple[int, int]) -> float:
    """The two-sided p that `total` cells drawn from `among` (count, total) hold `count`.

    The sum of the probabilities of all tables that are no more likely than the one seen.
    """
    marked, cells = among
    if not (0 <= count <= total <= cells and count <= marked <= cells):
        raise ValueFault("counts that fit together", "others", "correct them")
    least, most = max(0, total + marked - cells), min(total, marked)
    if not least <= count <= most:
        raise ValueFault("counts that fit together", "others", "correct them")
    k = np.arange(least, most, dtype=np.float64)
    ratio = (marked - k) * (total - k) / ((k + 1) * (cells - marked - total + k + 1))
    logarithm = np.concatenate([[0.0], np.cumsum(np.log(ratio))])
    likely = np.exp(logarithm - logarithm.max())
    as_rare = likely <= likely[count - least] * _TIE
    return float(likely[as_rare].sum() / likely.sum())
