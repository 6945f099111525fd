"""What a step looks at, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition
from residua.facts.quality import QualityCheck
from residua.measures.acquisition_quality.choices import chosen

Mask = NDArray[np.bool_]
Values = NDArray[np.floating]
Rows = NDArray[np.intp]
SD_OF_MAD = 1.4826  # the standard deviation of a Gaussian per median absolute deviation


@dataclass(frozen=True, eq=False)
class Finding:
    """The answer of a step: `removed` (n,), or None where it cannot be assessed."""

    removed: Mask | None
    reason: str
    checks: tuple[QualityCheck, ...] = ()
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, eq=False)
class Events:
    """The events of an acquisition that are `left` (n,) when a step begins."""

    acquisition: Acquisition
    left: Mask

    def column(self, place: int) -> Values:
        """All events of one channel (n,), those not left included."""
        return np.ascontiguousarray(self.acquisition.events[:, place])

    def sample(self) -> Rows:
        """Every k-th of the events left, so that there are about as many as chosen."""
        rows = np.flatnonzero(self.left)
        step = max(1, int(len(rows) // chosen("sample", "events")))
        return rows[::step]


def share(part: int, whole: int) -> str:
    """A count as a percentage of another, in words."""
    return "0 %" if not part or not whole else f"{100 * part / whole:.2g} %"
