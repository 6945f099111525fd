"""Where blasts of B lineage may be: what the search looks at.

Low side scatter, and at least one antigen of B cells or of their precursors. Limits lie between
the levels of the reference's own cells, so that they follow the voltages of a laboratory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.measures.laip.box import Rows

Values = NDArray[np.float64]
Events = NDArray[np.float32]
SCATTER = ("FSC-A", "SSC-A")
LINEAGE = ("CD19", "CD10", "CD34")
"""Antigens of which one suffices: blasts that lost CD19 mostly keep CD10 or CD34. CD22 and CD24
alone are left out: basophils and granulocytes bear them."""
ABOVE = 0.4
"""Of the way from the negative to the brightest cells: dim cells are in, negatives out."""
NEGATIVE, BRIGHT = 0.05, 0.995  # quantiles of the reference's cells in a channel
BELOW = 0.5  # of the way from lymphocytes to granulocytes: monocytes are out
LYMPHOID, MYELOID = 0.05, 0.75  # quantiles of side scatter
_CHUNK = 1 << 18


@dataclass(frozen=True, eq=False)
class Territory:
    """Column `side` lies below `below`, and one of `markers` above its limit in `above`."""

    side: int
    below: float
    markers: tuple[int, ...]
    above: tuple[float, ...]


def territory_of(dimensions: Sequence[str], cells: Events) -> Territory:
    """The territory among `cells` (n, d), drawn from the normals of the reference.

    Raises `ValueFault` where the panel has no SSC-A, or CD19, CD10 and CD34 none on a detector
    of its own.
    """
    names = list(dimensions)
    markers = tuple(names.index(marker) for marker in LINEAGE if marker in names)
    if "SSC-A" not in names or not markers:
        raise ValueFault(
            "SSC-A and one of CD19, CD10, CD34 on a detector of its own",
            "a panel without",
            "search by gates instead",
        )
    side = names.index("SSC-A")
    low, high = np.quantile(cells[:, side], [LYMPHOID, MYELOID])
    ends = np.quantile(cells[:, list(markers)], [NEGATIVE, BRIGHT], axis=0)
    above = ends[0] + ABOVE * (ends[1] - ends[0])
    below = float(low + BELOW * (high - low))
    return Territory(side, below, markers, tuple(float(limit) for limit in above))


def rows_of(territory: Territory, events: NDArray[np.floating]) -> Rows:
    """The rows of `events` (n, d) in the territory, in their order."""
    found = []
    for first in range(0, len(events), _CHUNK):
        part = np.asarray(events[first : first + _CHUNK])
        some = np.zeros(len(part), bool)
        for column, limit in zip(territory.markers, territory.above, strict=True):
            some |= part[:, column] > limit
        found.append(np.flatnonzero(some & (part[:, territory.side] < territory.below)) + first)
    return np.concatenate(found) if found else np.zeros(0, np.intp)


def scatter_columns(dimensions: Sequence[str]) -> NDArray[np.bool_]:
    """Which columns (d,) are scatter: they vary less than antigens do."""
    return np.array([name in SCATTER for name in dimensions])
