"""Landmarks: internal normal populations, where the references have them and where a sample does.

A population is a landmark of every channel, negative or positive in it: lymphocytes without CD10
hold the low end of CD10 as granulocytes hold its high end.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault

Values = NDArray[np.float64]
Mask = NDArray[np.bool_]
FEWEST = 3  # landmarks: an offset and a gain leave one to be wrong


@dataclass(frozen=True, eq=False)
class LandmarkTable:
    """Landmarks of one sample: what the map of each of its channels is fitted to.

    `means` (k, d) lie on the sample's own scale, `targets` (k, d) on that of the references, in
    display units; `variances` (k, d) are those of the sample's events around `means`. Target minus
    mean is known up to `spread` (k, d), the standard deviation between persons, infinite where a
    landmark says nothing of a channel, and up to the variance `counting` (k, d). `alike` (k, k) is
    the correlation of what `spread` says: 1 for parts of one population, 0 for separate ones.
    `scatter` (d,) marks channels without dye, which spill into none. Raises `ValueFault` for fewer
    than `FEWEST` landmarks and for numbers that are none.
    """

    means: Values
    variances: Values
    targets: Values
    spread: Values
    counting: Values
    alike: Values
    scatter: Mask

    def __post_init__(self) -> None:
        _check_shapes(self)
        if len(self.means) < FEWEST:
            raise ValueFault(
                f"at least {FEWEST} internal normal populations",
                f"{len(self.means)}",
                "use more events, or a sample with normal cells of the reference's kinds",
            )
        places = (self.means, self.targets, self.alike)
        if not all(np.isfinite(one).all() for one in places):
            raise ValueFault("landmarks at finite places", "a place that is no number", _CLEAN)
        widths = (self.variances, self.counting)
        if not all((np.isfinite(one) & (one >= 0)).all() for one in widths):
            raise ValueFault("variances of at least zero", "less, or no number", _CLEAN)
        if not (self.spread > 0).all():
            raise ValueFault("a spread above zero", "zero, less, or no number", _CLEAN)

    @property
    def shifts(self) -> Values:
        """What the map has to add at each landmark (k, d)."""
        return self.targets - self.means

    def told(self, channel: int) -> Mask:
        """The landmarks (k,) that say something of a channel; none unless `FEWEST` do."""
        finite: Mask = np.isfinite(self.spread[:, channel])
        return finite if finite.sum() >= FEWEST else np.zeros_like(finite)

    def noise(self, channel: int) -> Values:
        """The covariance (t, t) of target minus mean of the landmarks told."""
        told = self.told(channel)
        spread = self.spread[told, channel]
        between = np.outer(spread, spread) * self.alike[np.ix_(told, told)]
        return np.asarray(between + np.diag(self.counting[told, channel]))


_CLEAN = "remove events that are not finite before measuring landmarks"


def _check_shapes(table: LandmarkTable) -> None:
    shape = table.means.shape
    others = (table.variances, table.targets, table.spread, table.counting)
    same = len(shape) == 2 and all(one.shape == shape for one in others)
    if not same or table.alike.shape != 2 * shape[:1] or table.scatter.shape != shape[1:]:
        raise ValueFault(
            "columns (k, d), alike (k, k) and scatter (d,)",
            "arrays of other shapes",
            "give one row for each landmark and one column for each channel",
        )
