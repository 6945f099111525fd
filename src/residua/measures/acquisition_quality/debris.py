"""Debris: particles smaller than cells, left of a clear valley of forward scatter."""

from __future__ import annotations

import numpy as np

from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.events import Events
from residua.measures.acquisition_quality.finding import Finding, limit_words, share
from residua.measures.acquisition_quality.scatter import find_scatter
from residua.measures.acquisition_quality.valley import find_valleys


def find_debris(events: Events) -> Finding:
    """Events below the valley between debris and cells, and those without forward scatter.

    The valley is that of the logarithm of forward scatter; it must lie clearly below the cells
    and its lower peak far below them, or it may part lymphocytes from granulocytes. Without
    such a valley nothing is called debris.
    """
    channels = events.acquisition.channels
    place = find_scatter(channels, "forward", "area")
    place = find_scatter(channels, "forward", "height") if place is None else place
    if place is None:
        return Finding(None, "the file has no forward scatter")
    sample = events.acquisition.events[events.sample(), place]
    limit = _limit(np.log10(sample[sample > 0].astype(np.float64)))
    removed = (events.column(place) <= (0.0 if limit is None else limit)) & events.left
    part = share(int(removed.sum()), int(events.left.sum()))
    name = channels[place].name
    if limit is None:
        reason = "no valley between debris and cells: nothing is called debris"
        without = f" but the {part} of the events without {name} (0 or less)"
        return Finding(removed, reason + without * bool(removed.any()))
    return Finding(
        removed, f"{part} of the events lie below the valley of {name} at {limit_words(limit)}"
    )


def _limit(scatter: np.ndarray[tuple[int], np.dtype[np.float64]]) -> float | None:
    """The forward scatter at the valley, from its logarithms; None where there is none."""
    for valley in find_valleys(scatter):
        small = valley.low <= valley.high + np.log10(chosen("debris", "peak"))
        below = valley.at <= valley.high + np.log10(chosen("debris", "position"))
        if small and below:
            return float(10**valley.at)
    return None
