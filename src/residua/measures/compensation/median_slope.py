"""Slopes of spillover by medians: how much of one detector's signal another one sees.

The slope is the share s at which the medians of positive and negative events agree in
y - s x, as an operator sets compensation (Bagwell and Adams 1993, Ann N Y Acad Sci 677:167;
Roederer 2001, Cytometry 45:194). Unlike the ratio of the medians' differences it stays
unbiased where the stain is skewed, as y - s x holds symmetric noise only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Values = NDArray[np.float64]
_Z = 2.5758293035489004  # of 99 %, as McKean and Schrader use it
_STEPS = 60
_CLOSE = 1e-10


@dataclass(frozen=True, eq=False)
class Slopes:
    """Per detector (d,) the slope on the own one and its standard error; the own slope is 1."""

    values: Values
    errors: Values


def median_slopes(positive: Values, negative: Values, own: int) -> Slopes:
    """The slopes of every detector on column `own` between positive (p, d) and negative (q, d).

    The error is that of the two medians of y - s x over the distance of the populations in x.
    """
    x, base = positive[:, own], negative[:, own]
    distance = float(np.median(x) - np.median(base))
    slopes = (np.median(positive, axis=0) - np.median(negative, axis=0)) / distance
    for _ in range(_STEPS):
        left = np.median(positive - np.outer(x, slopes), axis=0)
        step = (left - np.median(negative - np.outer(base, slopes), axis=0)) / distance
        slopes = slopes + step
        if np.abs(step).max() < _CLOSE:
            break
    slopes[own] = 1.0
    above = median_error(positive - np.outer(x, slopes))
    below = median_error(negative - np.outer(base, slopes))
    errors = np.hypot(above, below) / abs(distance)
    errors[own] = 0.0
    return Slopes(slopes, errors)


def median_error(values: Values) -> Values:
    """The standard error of the median of each column, by order statistics.

    McKean and Schrader 1984, Commun Stat Simul Comput 13:751: the half width of the exact
    99 % interval over its normal quantile; it assumes no distribution.
    """
    count = len(values)
    ranked = np.sort(values, axis=0)
    low = max(round((count + 1) / 2 - _Z * np.sqrt(count / 4)), 1)
    return np.asarray((ranked[count - low] - ranked[low - 1]) / (2 * _Z))
