"""The map of a sample to the references: rising curves, residual spillover, uncertainty."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import ValueFault
from residua.measures.alignment.landmark_table import LandmarkTable, Values
from residua.measures.alignment.monotone import (
    STEP,
    Events,
    MonotoneCurves,
    follow,
    grid,
    risen,
)
from residua.measures.alignment.process_map import (
    CENTRE,
    ChannelMap,
    Warp,
    added,
    fit_channel,
    posterior_sd,
    spillover,
)

SPREAD_TIMES = 1.6
"""Landmarks are not independent and the prior is no truth: what a Gaussian process states is
too narrow. A prototype measured true deviations of 1.5 to 1.8 of its standard deviations."""


@dataclass(frozen=True, eq=False)
class SampleMap:
    """Sample to references: x_j -> `curves`_j(x_j) + sum over l of `spill`[l, j] (x_l - CENTRE).

    `channels` are the posteriors behind it, `clipped` (d, g) is what making the curves rise has
    changed of them.
    """

    curves: MonotoneCurves
    clipped: Values
    spill: Values
    channels: tuple[ChannelMap, ...]


def map_of(table: LandmarkTable, warps: Sequence[Warp]) -> SampleMap:
    """The map that a table of landmarks says, each channel by its warp."""
    channels = tuple(fit_channel(table, place, warp) for place, warp in enumerate(warps))
    places = grid()
    wanted = np.stack([places + added(own, places) for own in channels])
    middles = np.median(table.means, axis=0)
    curves = np.stack([risen(*pair) for pair in zip(wanted, middles, strict=True)])
    spill = np.stack([spillover(own) for own in channels], axis=1)
    return SampleMap(MonotoneCurves(curves), curves - wanted, spill, channels)


def apply_map(events: Events, found: SampleMap) -> Events:
    """Events (n, d) on the scale of the references, float32, in their order.

    Raises `ValueFault` where events have other channels or values that are not finite.
    """
    given = np.asarray(events, np.float32)
    if given.ndim != 2 or given.shape[1] != len(found.channels):
        received = f"an array of {given.ndim} dimensions" if given.ndim != 2 else "others"
        raise ValueFault(f"the {len(found.channels)} channels of the map", received, "use them")
    if not np.isfinite(given).all():
        raise ValueFault("events with finite values", "one that is no number", "leave them out")
    return follow(found.curves, found.spill, given, CENTRE)


def map_sd(events: Events, found: SampleMap) -> Values:
    """The standard deviation (n, d) of `apply_map` at events (n, d) of the sample's own scale.

    That of the Gaussian process `SPREAD_TIMES`, and what making the curve rise has changed.
    """
    at = np.asarray(events, np.float64)
    columns = [
        np.hypot(SPREAD_TIMES * posterior_sd(own, at), np.interp(at[:, place], grid(), bent))
        for place, (own, bent) in enumerate(zip(found.channels, found.clipped, strict=True))
    ]
    return np.stack(columns, axis=1)


def steepness(found: SampleMap) -> Values:
    """The slopes (d, g - 1) of the curves; 1 where a map only shifts."""
    return np.asarray(np.diff(found.curves.values, axis=1) / STEP)
