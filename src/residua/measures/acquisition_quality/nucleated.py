"""Nucleated cells by a dye of the nucleus, where the panel has one."""

from __future__ import annotations

import re

import numpy as np

from residua.facts.acquisition import Channel
from residua.measures.acquisition_quality.events import Events
from residua.measures.acquisition_quality.finding import Finding, limit_words, share
from residua.measures.acquisition_quality.valley import find_valleys

# Only dyes that enter living cells: SYTOX, DRAQ7, DAPI and Hoechst 33258 tell the dead ones.
_DYE = re.compile(r"SYTO(?!X)|DRAQ5|HOECHST33342|DYECYCLE|DCV\Z|DCO\Z")
_COFACTOR = 150.0  # where arcsinh turns from linear to logarithmic; the valley does not hang on it
UNKNOWN = "neither a gate nor a dye of the nucleus tells nucleated cells"


def find_nucleated(events: Events) -> Finding:
    """Removes the events below the valley of the nuclear dye.

    CD45 and side scatter leave erythroblasts out, so that without a dye nothing is said.
    """
    place = _dye(events.acquisition.channels)
    if place is None:
        return Finding(None, UNKNOWN)
    name = events.acquisition.channels[place].marker or events.acquisition.channels[place].name
    sample = events.acquisition.events[events.sample(), place].astype(np.float64)
    valleys = find_valleys(np.arcsinh(sample / _COFACTOR))
    if len(valleys) != 1:
        found = "no clear valley" if not valleys else "several valleys"
        return Finding(None, f"{name} has {found}: state a gate of the nucleated cells")
    limit = float(np.sinh(valleys[0].at) * _COFACTOR)
    removed = (events.column(place) < limit) & events.left
    part = share(int(removed.sum()), int(events.left.sum()))
    return Finding(
        removed, f"{part} of the events lie below the valley of {name} at {limit_words(limit)}"
    )


def _dye(channels: tuple[Channel, ...]) -> int | None:
    """The first channel that carries a dye of the nucleus."""
    for place, channel in enumerate(channels):
        called = re.sub(r"[^A-Z0-9]", "", f"{channel.marker}".upper())
        if _DYE.search(called):
            return place
    return None
