"""Doublets: two cells in one pulse have more area, and more width, for their height.

After RemoveDoublets of PeacoQC (doi:10.1002/cyto.a.24501), on the logarithm of the ratio and
with the spread of the lower half, which doublets do not widen.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel
from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.events import Events
from residua.measures.acquisition_quality.finding import Finding, Rows, limit_words, share
from residua.measures.acquisition_quality.scatter import Part, Side, find_scatter
from residua.measures.median_spread import SD_OF_MAD

_PAIRS: tuple[tuple[Side, Part, Part | None], ...] = (
    ("forward", "area", "height"),
    ("forward", "width", None),
    ("side", "area", "height"),
    ("side", "width", None),
)


def find_doublets(events: Events) -> Finding:
    """Events whose pulse is wider than that of single cells: area / height, or width."""
    pair = pulse_of_singles(events.acquisition.channels)
    if pair is None:
        return Finding(None, "the file has neither area with height nor width of a scatter")
    over, under = pair
    values = events.acquisition.events
    ratio = _ratio(values, over, under, events.sample())
    ratio = ratio[np.isfinite(ratio)]
    if len(ratio) < chosen("doublets", "fewest"):
        return Finding(None, "too few events to compare")
    usual = float(np.median(ratio))
    spread = SD_OF_MAD * float(np.median(usual - ratio[ratio <= usual]))
    limit = usual + max(
        chosen("doublets", "deviations") * spread, float(np.log(1 + chosen("doublets", "least")))
    )
    with np.errstate(over="ignore"):
        removed = _beyond(values, over, under, float(np.exp(limit))) & events.left
    part = share(int(removed.sum()), int(events.left.sum()))
    called = " / ".join(events.acquisition.channels[p].name for p in pair if p is not None)
    above = limit_words(float(np.exp(limit)))
    return Finding(removed, f"{part} of the events have {called} above {above}")


def pulse_of_singles(channels: tuple[Channel, ...]) -> tuple[int, int | None] | None:
    """The columns by which doublets are told: area over height, else a width alone."""
    for side, first, second in _PAIRS:
        over = find_scatter(channels, side, first)
        under = None if second is None else find_scatter(channels, side, second)
        if over is not None and (second is None or under is not None):
            return over, under
    return None


def _ratio(
    values: NDArray[np.floating], over: int, under: int | None, rows: Rows
) -> NDArray[np.float64]:
    """The logarithm of the ratio of `rows`; not finite where a part is not above 0."""
    above = values[rows, over].astype(np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs: NDArray[np.float64] = np.log(above)
        return logs if under is None else logs - np.log(values[rows, under])


def _beyond(
    values: NDArray[np.floating], over: int, under: int | None, limit: float
) -> NDArray[np.bool_]:
    if under is None:
        wide: NDArray[np.bool_] = values[:, over] > limit
        return wide
    height = np.ascontiguousarray(values[:, under])
    beyond: NDArray[np.bool_] = height > 0
    height *= values.dtype.type(limit)
    beyond &= values[:, over] > height
    return beyond
