"""Which channels see the size of a particle: names as the makers of cytometers write them."""

from __future__ import annotations

import re
from typing import Literal

from residua.facts.acquisition import Channel

Part = Literal["area", "height", "width"]
Side = Literal["forward", "side"]
_NAME = re.compile(
    r"(?P<side>FSC?|V?SSC?|BSC)(?:LIN|LOG)?(?:B(?=[AHW]))?\d{0,5}"
    r"(?P<part>A|AREA|INT|H|HEIGHT|PEAK|W|WIDTH|TOF)?(?:LIN|LOG)?\Z"
)
# Parameters that no light made: the columns of the MACSQuant's HDR, counters, places, labels.
_NO_SIGNAL = re.compile(r"HDR|EVENT|INDEX|FILE|SAMPLE|SORT|ROW\Z|COL\Z")
_PARTS: dict[str | None, Part] = {
    **dict.fromkeys((None, "A", "AREA", "INT"), "area"),
    **dict.fromkeys(("H", "HEIGHT", "PEAK"), "height"),
    **dict.fromkeys(("W", "WIDTH", "TOF"), "width"),
}  # a channel called plainly FSC stands for the area


def scatter_of(channel: Channel) -> tuple[Side, Part] | None:
    """Whether a channel is scatter, forward or side, and which part of the pulse it measures."""
    plain = re.sub(r"[^A-Z0-9]", "", channel.name.upper())
    if plain == "WIDTH":
        return "forward", "width"
    found = _NAME.match(plain)
    if found is None:
        return None
    return "forward" if found["side"].startswith("F") else "side", _PARTS[found["part"]]


def is_signal(channel: Channel) -> bool:
    """Whether a channel measures the particle, so that it has a usual level over a run."""
    plain = re.sub(r"[^A-Z0-9]", "", channel.name.upper())
    return not channel.is_time and _NO_SIGNAL.match(plain) is None


def find_scatter(channels: tuple[Channel, ...], side: Side, part: Part) -> int | None:
    """The first column of that scatter, or None."""
    found = (place for place, one in enumerate(channels) if scatter_of(one) == (side, part))
    return next(found, None)
