"""Where blasts may be: what must not serve as landmark in a sample full of them.

At diagnosis blasts outnumber what they resemble, and would be taken for precursors that moved.
Mature B cells, T cells and granulocytes stay. The places are Residua's choice, on a display scale
of decades whose negatives lie below 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.measures.alignment.landmark_table import Mask, Values

CD19_FROM = 1.5  # decades: above the negatives
CD20_BELOW = 2.4  # decades: below mature B cells
CD34_FROM = 1.6  # decades: progenitors and many blasts


@dataclass(frozen=True)
class BlastRegion:
    """Columns of the antigens; None where the panel has none, and no event is told by it."""

    cd19: int | None
    cd20: int | None
    cd34: int | None


def in_region(places: Values, region: BlastRegion) -> Mask:
    """Which of aligned places (n, d) may be blasts: CD19+ without mature CD20, or CD34+."""
    found = np.zeros(len(places), bool)
    if region.cd19 is not None:
        mature = np.zeros(len(places), bool)
        if region.cd20 is not None:
            mature = places[:, region.cd20] >= CD20_BELOW
        found |= (places[:, region.cd19] > CD19_FROM) & ~mature
    if region.cd34 is not None:
        found |= places[:, region.cd34] > CD34_FROM
    return found
