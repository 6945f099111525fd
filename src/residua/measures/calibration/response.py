"""What a calibrated reader says of a sample that holds a given share of blasts: a law.

Pseudo-spikes hold exact counts, so that they tell the reader's own error at a count. The blasts
of a sample of N cells are Poisson about L N; the law at L is the mixture of the laws at the counts.
This replaces a Gaussian in the logarithm, which promises too much below ten blasts.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, stdtr

from residua.measures.calibration.blanks import upper_of
from residua.measures.calibration.calibration import Calibration, Values

LEAST = 2e-6  # added before the logarithm: below it all readings are alike
_EXACT = 20.0  # expected blasts, from which on their number is taken as Gaussian
_NODES = 49  # 0 to 48 blasts: 4e-8 of a Poisson law of mean 20 lies beyond
_REACH = 5.0  # standard deviations


@dataclass(frozen=True, eq=False)
class Response:
    """Location and spread (k,) of log10(reading + offset) at `places` (k,) = log10(level + offset).

    `offset` is where blanks end: readings below it differ by false positives, whose law is wide
    and skewed in a logarithm, and would make every interval wide. The first place is that of no
    blasts. `freedom` degrees of a Student law, whose scale holds the error of the location;
    between places straight lines, beyond the last one a straight line of slope 1 (what is missed
    there stays the same share) with the last spread.
    """

    places: Values
    locations: Values
    spreads: Values
    freedom: int
    offset: float

    def chance_above(
        self, reading: float, levels: Values, cells: float, *, factor: float = 1.0, floor: float = 0
    ) -> Values:
        """P(a reading is above `reading`), (g,), at true `levels` (g,) in a sample of `cells`.

        The spread is taken `factor` times, and at least as `floor` decades.
        """
        counts, chances = _counts(np.asarray(levels, dtype=np.float64) * cells)
        at = np.log10(counts / cells + self.offset)
        spread = np.maximum(factor * np.interp(at, self.places, self.spreads), floor)
        scale = np.maximum(spread, 1e-9) * np.sqrt(1 + 1 / (self.freedom + 1))
        beyond = np.maximum(at - self.places[-1], 0)
        location = np.interp(at, self.places, self.locations) + beyond
        far = (location - np.log10(max(reading, 0.0) + self.offset)) / scale
        return np.asarray((chances * stdtr(self.freedom, far)).sum(axis=1))


def response_of(calibration: Calibration, *, exposure: float | None = None) -> Response:
    """The law of a calibration, with the blanks of a sample of `exposure`, else as they are.

    The offset is the limit of those blanks, 2e-6 at least. Locations are medians, made to rise.
    Spreads are standard deviations, at least those of higher levels: drift that hides some of
    many blasts hides as large a part of fewer, and 24 spikes of one level may have met none.
    """
    blanks = calibration.blanks if exposure is None else calibration.rates * exposure
    read = np.column_stack([blanks, calibration.responses])
    offset = max(upper_of(blanks), LEAST)
    y = np.log10(np.maximum(read, 0) + offset)
    return Response(
        np.log10(np.concatenate([[0.0], calibration.levels]) + offset),
        np.maximum.accumulate(np.median(y, axis=0)),
        _falling(y.std(axis=0, ddof=1)),
        len(y) - 1,
        offset,
    )


def _falling(spreads: Values) -> Values:
    """Spreads (k,) of the blanks and of rising levels, with those of the levels made to fall."""
    levels = np.maximum.accumulate(spreads[:0:-1])[::-1]
    return np.concatenate([spreads[:1], levels])


def _counts(means: Values) -> tuple[Values, Values]:
    """Numbers of blasts (g, nodes) and their chances at expected numbers `means` (g,)."""
    k = np.arange(_NODES, dtype=np.float64)
    mean = means[:, None]
    few = mean < _EXACT
    safe = np.where(few & (mean > 0), mean, 1.0)
    poisson = np.where(mean > 0, np.exp(k * np.log(safe) - safe - gammaln(k + 1)), k == 0)
    z = np.linspace(-_REACH, _REACH, _NODES)
    bell = np.exp(-(z**2) / 2)
    counts = np.where(few, k, np.maximum(mean + np.sqrt(mean) * z, 0))
    chances = np.where(few, poisson, bell)
    return counts, chances / chances.sum(axis=1, keepdims=True)
