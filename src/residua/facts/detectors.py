"""What the detector behind a channel sees, by the names that makers of cytometers give it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from residua.facts.acquisition import Channel

_NOT_LIGHT = re.compile(r"\s*(fsc|ssc|fs|ss|time|width|event)([^a-z]|$)", re.IGNORECASE)
_SCATTER = re.compile(r"\s*(fsc|ssc|fs|ss)([^a-z]|$)", re.IGNORECASE)
_PULSE = re.compile(r"[-_ ]([AHW])$")


def is_scatter(name: str) -> bool:
    """Whether a channel of that name sees scatter, forward or side."""
    return _SCATTER.match(name) is not None


def light_channels(channels: Sequence[Channel]) -> tuple[Channel, ...]:
    """The fluorescence channels; the area stands for height and width where all are there."""
    light = [channel for channel in channels if not _NOT_LIGHT.match(channel.name)]
    areas = {pulse_of(c.name) for c in light if c.name.endswith("A") and _PULSE.search(c.name)}
    return tuple(
        channel
        for channel in light
        if not (_PULSE.search(channel.name) and pulse_of(channel.name) in areas)
        or channel.name.endswith("A")
    )


def pulse_of(name: str) -> str:
    """``PE`` of ``PE-A``, ``PE-H`` and ``PE-W``."""
    return _PULSE.sub("", name)
