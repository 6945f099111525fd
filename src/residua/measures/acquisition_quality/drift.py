"""Signal drift: stretches of a run in which a channel's median departs from its usual one.

After the signal checks of flowAI (doi:10.1093/bioinformatics/btw191) and PeacoQC (Emmaneel
2022, Cytometry A 101:325, doi:10.1002/cyto.a.24501), reduced to medians.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition
from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.finding import Mask, Rows
from residua.measures.acquisition_quality.scatter import is_signal
from residua.measures.median_spread import median_and_spread

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Drift:
    """Which of the `stretches` (equal numbers of events in order of time) depart: (s, c).

    `shift` (s, c) is the departure of each median in robust standard deviations of the channel.
    `unsteady` (c,) are channels without a usual level; none of their stretches departs.
    """

    departs: Mask
    shift: Floats
    unsteady: Mask
    columns: tuple[int, ...]

    @property
    def stretches(self) -> int:
        """How many there are."""
        return len(self.departs)


def measure_drift(acquisition: Acquisition, sample: Rows) -> Drift | None:
    """The drift of every channel with a signal over a `sample` of events in order of time.

    A channel of which half of the events share one value has no spread to hold a departure
    against, and none is called. None where there are too few events.
    """
    stretches = int(min(len(sample) / chosen("drift", "events"), chosen("drift", "most")))
    if stretches < chosen("drift", "fewest"):
        return None
    size = len(sample) // stretches
    columns = tuple(p for p, channel in enumerate(acquisition.channels) if is_signal(channel))
    values = acquisition.events[sample[: size * stretches]][:, columns]
    parted = values.reshape(stretches, size, -1)
    medians = np.median(parted, axis=1).astype(np.float64)
    usual, (_, spread) = np.median(medians, axis=0), median_and_spread(values)
    shift = medians - usual
    large = (np.abs(shift) > chosen("drift", "shift") * spread) & (spread > 0)
    departs = large & (_sign_test(parted, usual) > chosen("drift", "errors"))
    unsteady = departs.mean(axis=0) > chosen("drift", "steady")
    in_spreads = shift / np.where(spread > 0, spread, 1.0)
    return Drift(departs & ~unsteady, in_spreads, unsteady, columns)


def _sign_test(parted: NDArray[np.floating], usual: Floats) -> Floats:
    """How far the events above and below the `usual` level are from balance, in standard errors.

    The sign test holds whatever the distribution is, so also where the median falls between two
    populations and jumps from one to the other by chance.
    """
    level = usual.astype(parted.dtype)
    balance = np.count_nonzero(parted > level, axis=1) - np.count_nonzero(parted < level, axis=1)
    return np.asarray(np.abs(balance) / np.sqrt(parted.shape[1]), np.float64)
