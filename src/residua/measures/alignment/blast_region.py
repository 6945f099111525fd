"""Where blasts may be: what must not serve as landmark in a sample full of them.

At diagnosis blasts outnumber what they resemble, and would be taken for precursors that moved.
Mature B cells, T cells and granulocytes stay. Where an antigen begins differs between
laboratories and is read off the references' own populations.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.measures.alignment.landmark_table import Mask, Values

POSITIVE = 0.5  # of the way from an antigen's negative populations to its positive ones
MATURE = 0.75  # of that way in CD20: precursors and many blasts are dim, mature B cells bright


@dataclass(frozen=True)
class BlastRegion:
    """Columns of the antigens; None where the panel has none, and no event is told by it."""

    cd19: int | None
    cd20: int | None
    cd34: int | None


def in_region(places: Values, region: BlastRegion, targets: Values) -> Mask:
    """Which of aligned places (n, d) may be blasts: CD19+ without mature CD20, or CD34+.

    `targets` (k, d) are the references' populations.
    """
    found = np.zeros(len(places), bool)
    if region.cd19 is not None:
        mature = np.zeros(len(places), bool)
        if region.cd20 is not None:
            mature = places[:, region.cd20] >= level(targets[:, region.cd20], MATURE)
        found |= (places[:, region.cd19] > level(targets[:, region.cd19], POSITIVE)) & ~mature
    if region.cd34 is not None:
        found |= places[:, region.cd34] > level(targets[:, region.cd34], POSITIVE)
    return found


def level(values: Values, part: float) -> float:
    """The place that lies `part` of the way from the low to the high of populations' means (k,).

    They are parted where the squares within both sides are least (Otsu 1979, IEEE SMC 9:62).
    """
    ordered = np.sort(values)
    cuts = range(1, len(ordered))
    within = [
        ordered[:cut].var() * cut + ordered[cut:].var() * (len(ordered) - cut) for cut in cuts
    ]
    best = int(np.argmin(within)) + 1
    low, high = ordered[:best].mean(), ordered[best:].mean()
    return float(low + part * (high - low))
