"""A concentration from replicate responses by a logistic curve, with its interval."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.special import stdtrit

from residua.facts.interval import Interval
from residua.measures.logistic_curve import LogisticFit
from residua.measures.logistic_model import log_error

Status = Literal["quantified", "<LLOQ", ">ULOQ"]
_KIND = "delta method on ln concentration, error of the curve and of the replicates"


@dataclass(frozen=True)
class Concentration:
    """`value` with its `interval` within the range, else `bound`, below or above which it lies."""

    status: Status
    value: float | None = None
    interval: Interval | None = None
    bound: float | None = None


def concentration(fit: LogisticFit, responses: Sequence[float], *, level: float) -> Concentration:
    """The concentration behind the replicate `responses` (linear, above zero).

    The interval is value exp(+-t e), e by `log_error`, Student's t with the degrees of freedom of
    the fit.
    """
    logarithm = float(np.log(np.asarray(responses, np.float64)).mean())
    value = fit.curve.concentration(math.exp(logarithm))
    low, high = fit.curve.response(np.array([fit.lloq, fit.uloq]))
    if logarithm < math.log(low):
        return Concentration("<LLOQ", bound=fit.lloq)
    if logarithm > math.log(high) or value is None:
        return Concentration(">ULOQ", bound=fit.uloq)
    error = log_error(fit.curve, fit.covariance, fit.variance, value, len(responses))
    reach = min(float(stdtrit(fit.free, (1 + level) / 2)) * error, 300.0)
    interval = Interval(level, value * math.exp(-reach), value * math.exp(reach), _KIND)
    return Concentration("quantified", value, interval)
