"""Compensation: from what the detectors saw to what each dye emitted (Bagwell and Adams 1993).

Events are rows, so seen = true @ spillover, and true = seen @ spillover^-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover

_LARGEST_CONDITION = 1e12
CHUNK = 1 << 15  # events at a time, so that float64 copies stay in the processor's cache


def unmixing(spillover: Spillover) -> NDArray[np.float64]:
    """The weights (c, d) that turn c detectors into d dyes: the inverse of the spillover matrix.

    With fewer dyes than detectors, least squares. Raises `ValueFault` where it has no inverse.
    """
    condition = np.linalg.cond(spillover.matrix)
    if not condition < _LARGEST_CONDITION:
        raise ValueFault(
            "a spillover matrix that can be inverted",
            "a singular one",
            "correct the matrix, or state compensation = 'none'",
        )
    if spillover.matrix.shape[0] < spillover.matrix.shape[1]:
        return np.linalg.pinv(spillover.matrix).astype(np.float64)
    inverse = np.linalg.solve(spillover.matrix, np.eye(len(spillover.channels)))
    return inverse.astype(np.float64)


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
