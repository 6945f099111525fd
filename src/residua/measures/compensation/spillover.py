"""Compensation: from what the detectors saw to what each dye emitted (Bagwell and Adams 1993).

Events are rows, so seen = true @ spillover, and true = seen @ spillover^-1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Spillover

LARGEST_CONDITION = 1e4  # a coefficient off by 1e-4 then gives values off by all they are
_SINGULAR = 1e12


def unmixing(spillover: Spillover) -> NDArray[np.float64]:
    """The weights (c, d) that turn c detectors into d dyes: the inverse of the spillover matrix.

    With fewer dyes than detectors, least squares. Raises `ValueFault`, which names two dyes,
    where it is singular or its condition number is 10 000 or more (Residua's choice).
    """
    condition = condition_of(spillover)
    if not condition < LARGEST_CONDITION:
        raise ValueFault(
            "a spillover matrix that can be inverted",
            _ill(condition),
            f"correct it ({' and '.join(alike(spillover))}), or state compensation = 'none'",
        )
    if spillover.matrix.shape[0] < spillover.matrix.shape[1]:
        return np.linalg.pinv(spillover.matrix).astype(np.float64)
    inverse = np.linalg.solve(spillover.matrix, np.eye(len(spillover.channels)))
    return inverse.astype(np.float64)


def condition_of(spillover: Spillover) -> float:
    """The condition number: how much an error of the matrix may grow in compensated values."""
    return float(np.linalg.cond(spillover.matrix))


def alike(spillover: Spillover) -> tuple[str, ...]:
    """The two dyes whose light falls on the detectors most alike (the largest cosine).

    One dye that no detector sees stands alone.
    """
    length = np.linalg.norm(spillover.matrix, axis=1)
    dark = [name for name, norm in zip(spillover.names, length, strict=True) if norm == 0]
    if dark or len(length) < 2:
        return (dark[0] if dark else spillover.names[0],)
    cosines = np.abs(spillover.matrix @ spillover.matrix.T) / np.outer(length, length)
    np.fill_diagonal(cosines, -1)
    one, other = np.unravel_index(int(np.argmax(cosines)), cosines.shape)
    return spillover.names[one], spillover.names[other]


def _ill(condition: float) -> str:
    if condition < _SINGULAR:
        return f"an ill-conditioned one (condition number {condition:.3g})"
    return "a singular one"


def columns_of(names: tuple[str, ...], spillover: Spillover) -> list[int]:
    """The columns of the spillover's channels among `names`, or `ValueFault`."""
    for name in spillover.channels:
        if name not in names:
            raise ValueFault(
                "a spillover matrix for channels of the file",
                f"channel {name!r}",
                "take a file and a matrix of one panel, or correct the matrix",
            )
    return [names.index(name) for name in spillover.channels]
