"""The prior of a patient's drift, and the box that it spans about the blasts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.box import Box
from residua.measures.laip.laip import Drift
from residua.standards.laip_drift import OTHER, SCATTER, laip_drift

Values = NDArray[np.float64]
SCATTERS = ("FSC-A", "SSC-A")
RANGE = (0.001, 0.999)  # quantiles of the blasts, whose ends the box begins from
LEAST_MARGIN = 0.5  # decades: a spread and a half of blasts, whatever the drift
SDS = 2.0  # standard deviations of drift on either side
OPEN = -1.0  # decades: below every negative, where blasts without an antigen lie


def drift_of(dimensions: Sequence[str], map_sd: Values) -> Drift:
    """The prior for a panel; `map_sd` (d,) is how well the blasts' own sample is placed.

    A detector with two antigens drifts as `OTHER`. Raises `ValueFault` for another `map_sd`.
    """
    if map_sd.shape != (len(dimensions),) or not (np.isfinite(map_sd) & (map_sd >= 0)).all():
        raise ValueFault("one standard deviation for each dimension", "others", "give map_sd")
    book = laip_drift()
    entries = [book.antigens[_entry(name)] for name in dimensions]
    sd = np.array([entry.sd for entry in entries])
    variance = sd**2 + book.alignment_sd**2 + map_sd**2
    return Drift(np.array([entry.mean for entry in entries]), np.diag(variance))


def losable_in(dimensions: Sequence[str]) -> tuple[int, ...]:
    """Columns of antigens that blasts may lose and that have a detector of their own."""
    lost = laip_drift().losable
    return tuple(place for place, name in enumerate(dimensions) if name in lost)


def box_about(blasts: NDArray[np.floating], drift: Drift, losable: Sequence[int]) -> Box:
    """Where the blasts (m, d) may be after drift; open downwards in the columns `losable`."""
    low, high = np.quantile(np.asarray(blasts, np.float64), RANGE, axis=0)
    wander = SDS * np.sqrt(np.diag(drift.covariance)) + np.abs(drift.mean)
    margin = np.maximum(LEAST_MARGIN, wander)
    low, high = low - margin, high + margin
    for column in losable:
        low[column] = min(float(low[column]), OPEN)
    return Box(low, high)


def _entry(name: str) -> str:
    if name in SCATTERS:
        return SCATTER
    return name if name in laip_drift().antigens else OTHER
