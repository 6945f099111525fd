"""What sets blasts apart from normal B-cell precursors of their own maturation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from residua.errors import ValueFault
from residua.measures.laip.drift import SCATTERS
from residua.measures.laip.precursors import Precursors

Values = NDArray[np.float64]
FAR = 2.0
"""Standard deviations of one antigen, beyond which it is no more unlike: an aberrant antigen must
not decide how mature blasts are."""
BLUR = 0.15  # decades added to the spread of a stage, as blasts are never just like normal cells
ABERRANT_SD = 2.0  # standard deviations of normal precursors
ABERRANT_DECADES = 0.2  # 60 % more light; a choice of Residua's, as is the number of deviations


@dataclass(frozen=True)
class Aberrancy:
    """`marker` of the blasts against the nearest normal precursors.

    `sd_units` is the difference of medians in standard deviations of those precursors, with `low`
    and `high` at `level`; `decades` is the same difference in display decades.
    """

    marker: str
    sd_units: float
    low: float
    high: float
    decades: float
    level: float

    @property
    def direction(self) -> str:
        """Over- or underexpressed."""
        return "over" if self.decades > 0 else "under"

    @property
    def aberrant(self) -> bool:
        """Whether it is far enough from normal precursors, and its interval leaves 0 out."""
        far = abs(self.sd_units) >= ABERRANT_SD and abs(self.decades) >= ABERRANT_DECADES
        return far and not self.low <= 0 <= self.high

    @property
    def words(self) -> str:
        """What a report says of it."""
        span = f"{self.low:.1f} to {self.high:.1f}"
        return (
            f"{self.marker} {self.direction}, {self.sd_units:+.1f} SD ({span}) of normal"
            f" precursors, {self.decades:+.2f} decades"
        )


def aberrancies_of(
    blasts: NDArray[np.floating],
    precursors: Precursors,
    *,
    map_sd: Values | None = None,
    level: float = 0.95,
) -> tuple[Aberrancy, ...]:
    """Every antigen of the blasts (m, d), the most unlike first; scatter tells maturation only.

    For each antigen the nearest normal precursors are those that are alike in all others, so that
    it does not choose what it is compared with. The interval holds what normals differ from each
    other and `map_sd` (d,), how well the blasts' sample is placed. Raises `ValueFault` without
    blasts or for other dimensions.
    """
    d = len(precursors.dimensions)
    if blasts.ndim != 2 or blasts.shape[1] != d or not len(blasts):
        raise ValueFault("blasts of the reference's dimensions", "others, or none", "place them")
    placed = np.zeros(d) if map_sd is None else np.asarray(map_sd, np.float64)
    middle = np.median(np.asarray(blasts, np.float64), axis=0)
    means, sds = _nearest(middle, precursors)
    doubt = float(ndtri((1 + level) / 2)) * np.hypot(precursors.between, placed)
    told = [
        Aberrancy(
            name,
            float((middle[at] - means[at]) / sds[at]),
            float((middle[at] - means[at] - doubt[at]) / sds[at]),
            float((middle[at] - means[at] + doubt[at]) / sds[at]),
            float(middle[at] - means[at]),
            level,
        )
        for at, name in enumerate(precursors.dimensions)
        if name not in SCATTERS
    ]
    return tuple(sorted(told, key=lambda one: -abs(one.sd_units)))


def _nearest(middle: Values, precursors: Precursors) -> tuple[Values, Values]:
    """Mean and standard deviation (d,) of each antigen in the precursors nearest in all others."""
    stages = precursors.stages
    variances = np.diagonal(stages.covariances, axis1=1, axis2=2)
    unlike = np.minimum((stages.means - middle) ** 2 / (variances + BLUR**2), FAR**2)
    others = unlike.sum(axis=1, keepdims=True) - unlike  # (k, d), the antigen itself left out
    weights = stages.weights[:, None] * np.exp(-0.5 * (others - others.min(axis=0)))
    weights /= weights.sum(axis=0)
    means = (weights * stages.means).sum(axis=0)
    spread = (weights * (variances + (stages.means - means) ** 2)).sum(axis=0)
    return means, np.sqrt(spread)
