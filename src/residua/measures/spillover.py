"""Compensation: from what the detectors saw to what each dye emitted (Bagwell and Adams 1993).

Events are rows, so seen = true @ spillover, and true = seen @ spillover^-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Events, Spillover

_LARGEST_CONDITION = 1e12
CHUNK = 1 << 17  # events at a time, so that float64 copies stay in the processor's cache


def unmixing(spillover: Spillover) -> NDArray[np.float64]:
    """The inverse of the spillover matrix (k, k); raises `ValueFault` where it has none."""
    condition = np.linalg.cond(spillover.matrix)
    if not condition < _LARGEST_CONDITION:
        raise ValueFault(
            "a spillover matrix that can be inverted",
            "a singular one",
            "correct the matrix, or state compensation = 'none'",
        )
    inverse = np.linalg.solve(spillover.matrix, np.eye(len(spillover.channels)))
    return inverse.astype(np.float64)


def compensate(events: Events, names: tuple[str, ...], spillover: Spillover) -> Events:
    """Events (n, c) with the channels of `spillover` compensated, the others as they are.

    The type of `events` is kept; sums are made in float64. Raises `ValueFault` for a singular
    matrix or one that names a channel missing from `names`.
    """
    places = columns_of(names, spillover)
    inverse = unmixing(spillover)
    true = events.copy()
    for first in range(0, len(events), CHUNK):
        rows = slice(first, first + CHUNK)
        true[rows, places] = events[rows, places].astype(np.float64) @ inverse
    return true


def columns_of(names: tuple[str, ...], spillover: Spillover) -> list[int]:
    """The columns of the spillover's channels among `names`, or `ValueFault`."""
    for name in spillover.channels:
        if name not in names:
            raise ValueFault(
                "a spillover matrix for channels of the file",
                f"channel {name!r}",
                "correct the matrix",
            )
    return [names.index(name) for name in spillover.channels]
