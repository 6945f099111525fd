"""The likelihood interval of the share of blasts.

It holds every pi that loses at most half of chi-square's point (one degree) of the logarithm of
the posterior, when nu and the weights are the best for it (Wilks, Ann Math Stat 1938;9:60). It
knows of counting alone: what is wrong with the densities themselves is not in it.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit, ndtri

from residua.errors import ValueFault
from residua.measures.mixture.proportion import FixedDensities, Proportion, fit_proportion

_FLOOR = 1e-10
"""A share below this is taken for 0: no sample has so many cells."""
_EXACT = 1e-4  # of the log odds of an end


def proportion_interval(
    densities: FixedDensities, best: Proportion, *, level: float = 0.95
) -> tuple[float, float]:
    """The ends of the interval of pi at `level`, around `best`, the fit to the same densities.

    The lower end is 0 where none is as likely. Raises `ValueFault` where `level` is not within
    0 to 1.
    """
    if not 0 < level < 1:
        raise ValueFault("a level between 0 and 1", "another number", "give 0.95")
    allowed = float(ndtri((1 + level) / 2)) ** 2 / 2

    def left(share: float) -> float:
        held = fit_proportion(densities, held=share, start=best)
        return best.log_posterior - held.log_posterior - allowed

    return _low(left, best.blasts), _high(left, best.blasts)


def _low(left: Callable[[float], float], best: float) -> float:
    if best <= _FLOOR or left(0.0) <= 0:
        return 0.0
    return _end(left, best, -1, _FLOOR)


def _high(left: Callable[[float], float], best: float) -> float:
    return _end(left, max(best, _FLOOR), 1, 1 - _FLOOR)


def _end(left: Callable[[float], float], best: float, sign: int, last: float) -> float:
    """The nearest share beyond `best` at which too much is lost; `last` where there is none."""
    near, step, furthest = float(logit(best)), 0.25 * sign, float(logit(last))

    def lost(log_odds: float) -> float:
        return left(float(expit(log_odds)))

    while sign * (furthest - near) > 0:
        far = near + step if sign * (furthest - near - step) > 0 else furthest
        if lost(far) > 0:
            return float(expit(brentq(lost, near, far, xtol=_EXACT)))
        near, step = far, 2 * step
    return float(np.round(last))  # so far out that it is 0 or 1
