"""What an automatic reading says of every event of a file."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault


@dataclass(frozen=True, eq=False)
class EventLabels:
    """`blast` (n,) and its `posterior` (n,) of every event in file order.

    Events that quality took away are no blasts, with posterior 0.
    """

    blast: NDArray[np.bool_]
    posterior: NDArray[np.float32]

    def __post_init__(self) -> None:
        inside = (self.posterior >= 0) & (self.posterior <= 1)
        if self.blast.shape != self.posterior.shape or not inside.all():
            raise ValueFault("a posterior of 0 to 1 for every event", "others", "label it anew")


def label_events(
    *,
    rows: NDArray[np.intp],
    total: int,
    posterior: NDArray[np.floating],
    blast: NDArray[np.bool_],
) -> EventLabels:
    """The labels of `total` events of which those at `rows` (m,) were read, in that order."""
    every, called = np.zeros(total, np.float32), np.zeros(total, bool)
    every[rows] = posterior
    called[rows] = blast
    return EventLabels(called, every)
