"""The limit that 95 % of further blanks stay below, from those of some normals."""

from __future__ import annotations

import math

import numpy as np

from residua.measures.calibration.calibration import Values
from residua.standards.automatic_mrd import automatic_rules

_Z = 1.645  # standard deviations below which 95 % of a Gaussian lie


def upper_of(blanks: Values, *, counting: float = 0.0) -> float:
    """The higher of the 95th percentile of `blanks` (m,) and of mean + 1.87 standard deviations.

    The percentile is that of ranks i / (m + 1), which a further blank exceeds in 5 % of all
    draws of m whatever their law; that of ranks i / (m - 1) is exceeded in 8 % where m is 24.
    `counting` is a variance that the new blank has on top.
    """
    mean = float(blanks.mean())
    spread = float(blanks.std(ddof=1)) if len(blanks) > 1 else 0.0
    ranked = float(np.quantile(blanks, 0.95, method="weibull"))
    reach = max(ranked - mean, automatic_rules().blank_spread * spread)
    return mean + math.hypot(reach, _Z * math.sqrt(counting))
