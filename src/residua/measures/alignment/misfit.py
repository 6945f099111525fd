"""Whether a sample is unlike the laboratory's references: the misfit index and its alarm.

The index is 1 where landmarks differ from what the others say just as their noise lets expect,
by the laboratory's own warps. It says that a map may be wrong, not that it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.alignment.landmark_table import LandmarkTable, Values
from residua.measures.alignment.process_map import Warp, fit_channel
from residua.standards.automatic_mrd import automatic_rules

MEDIAN_OF_SQUARE = 0.454936423119572  # of a standard normal: chi-square with 1 degree, median


@dataclass(frozen=True)
class Misfit:
    """The index of each channel, and their mean."""

    channels: tuple[float, ...]

    @property
    def index(self) -> float:
        """The mean over the channels that have landmarks; NaN where none has."""
        told = [one for one in self.channels if np.isfinite(one)]
        return float(np.mean(told)) if told else float("nan")

    @property
    def worst(self) -> int:
        """The channel that fits worst."""
        return int(np.nanargmax(self.channels)) if np.isfinite(self.index) else 0


def measure_misfit(table: LandmarkTable, warps: Sequence[Warp]) -> Misfit:
    """The median square of left-out deviations over its expectation, each channel by its warp.

    No landmark is weighed down. NaN for a channel without landmarks.
    """
    deviations = [
        fit_channel(table, channel, warp, rounds=0).z for channel, warp in enumerate(warps)
    ]
    return Misfit(tuple(_index(z) for z in deviations))


def misfit_limit(normals: Sequence[float]) -> float:
    """The index above which a sample is unlike the normals of these indices.

    From 24 normals on 1.7 times their median, which then says more than their maximum, else 1.2
    times the highest (`standards/automatic_mrd.toml`). Raises `ValueFault` without normals, and
    for an index that is no number.
    """
    if not len(normals) or not np.isfinite(normals).all():
        raise ValueFault(
            "misfit indices of the laboratory's normals",
            "none, or one that is no number",
            "align the normals to the references first",
        )
    rules = automatic_rules()
    if len(normals) >= rules.normals:
        return rules.misfit_median * float(np.median(normals))
    return rules.misfit_highest * float(np.max(normals))


def _index(z: Values) -> float:
    return float(np.median(z**2) / MEDIAN_OF_SQUARE) if len(z) else float("nan")
