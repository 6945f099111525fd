"""Whether a sample was acquired with other voltages than the references, channel by channel.

An alignment follows other voltages, as it should; that it had to go far is worth a word. Bright
populations tell: what is dark stays where it is, whatever the voltage.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.measures.alignment.landmark_table import LandmarkTable, Values

BRIGHT = 0.6  # decades: display values above it go with the logarithm of the signal
FEWEST = 4  # bright populations of a channel; two or three may be a person's own
DIFFERS = 0.3
"""Decades, twice the signal; a choice."""
USUAL = 1.5  # times the farthest of the laboratory's own normals, where that is more
FAR = 0.55
"""Decades, from which the map is not believed: what is dark or overcompensated does not go with
the bright, and blasts that lie there would be sought elsewhere."""


@dataclass(frozen=True, eq=False)
class Voltages:
    """`shifts` (d,) of a sample in decades, and the `limits` (d,) that they should not exceed.

    `names` (d,) are those of the channels.
    """

    shifts: Values
    limits: Values
    names: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """What a person should know; nothing where the voltages are those of the references."""
        size = np.abs(self.shifts)
        order = np.argsort(-size, kind="stable")
        said = [f"{self.names[one]} by {self.shifts[one]:+.1f}" for one in order if self._told(one)]
        start = "voltages differ from the reference: "
        return (start + ", ".join(said) + " decades",) if said else ()

    @property
    def far(self) -> bool:
        """Whether they differ so much that the map is not to be believed."""
        return bool((np.abs(self.shifts) > np.maximum(self.limits, FAR)).any())

    @property
    def alarms(self) -> tuple[str, ...]:
        """The words where they are an alarm."""
        return self.words if self.far else ()

    def _told(self, place: np.intp) -> bool:
        return bool(abs(self.shifts[place]) > self.limits[place])


def voltage_shifts(table: LandmarkTable) -> Values:
    """Decades (d,) by which the bright landmarks of each channel lie above those of references.

    0 where a channel has too few.
    """
    found = np.zeros(table.means.shape[1])
    for place in range(len(found)):
        bright = table.means[:, place] > BRIGHT
        if bright.sum() >= FEWEST:
            found[place] = -np.median(table.shifts[bright, place])
    return found


def read_voltages(
    table: LandmarkTable, normals: Sequence[Sequence[float]], names: Sequence[str]
) -> Voltages:
    """The voltages of a sample beside the shifts (d,) of each of the laboratory's `normals`."""
    shifts = voltage_shifts(table)
    limits = np.full(len(shifts), DIFFERS)
    if len(normals):
        limits = np.maximum(limits, USUAL * np.abs(np.asarray(normals)).max(axis=0))
    return Voltages(shifts, limits, tuple(names))
