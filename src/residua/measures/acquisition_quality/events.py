"""What a step looks at."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.facts.acquisition import Acquisition
from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.finding import Mask, Rows, Values
from residua.measures.acquisition_quality.scan import Scan


@dataclass(frozen=True, eq=False)
class Events:
    """The events of an acquisition that are `left` (n,) when a step begins."""

    acquisition: Acquisition
    left: Mask
    scan: Scan

    def column(self, place: int) -> Values:
        """All events of one channel (n,), those not left included."""
        return np.ascontiguousarray(self.acquisition.events[:, place])

    def sample(self) -> Rows:
        """Every k-th of the events left, so that there are about as many as chosen."""
        rows = np.flatnonzero(self.left)
        step = max(1, int(len(rows) // chosen("sample", "events")))
        return rows[::step]
