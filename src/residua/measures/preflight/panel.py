"""The dimensions of a tube: forward and side scatter, and each antigen in one spelling."""

from __future__ import annotations

import re
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.facts.acquisition import Channel, plain_name
from residua.facts.detectors import light_channels
from residua.facts.marker_names import stain_name
from residua.measures.acquisition_quality.scatter import Side, find_scatter
from residua.standards.automatic_preflight import preflight

FORWARD, SIDE = "FSC-A", "SSC-A"
_NO_ANTIGEN = re.compile(r"via|live|dead|zombie|7.?aad|dapi|draq|syto|fvs|aqua|yellow|dump", re.I)


@dataclass(frozen=True)
class Panel:
    """The `columns` of an acquisition behind `dimensions`, scatter first where it is there."""

    dimensions: tuple[str, ...]
    columns: tuple[int, ...]
    flags: tuple[str, ...] = ()

    @property
    def markers(self) -> frozenset[str]:
        """Every single antigen; "CD66c+CD123" holds two."""
        return frozenset(one for name in self.dimensions for one in name.split("+"))

    def column(self, dimension: str) -> int | None:
        """The column of the acquisition behind a dimension, None where the tube lacks it."""
        places = dict(zip(self.dimensions, self.columns, strict=True))
        return places.get(dimension)


def panel_of(channels: tuple[Channel, ...]) -> Panel:
    """The panel of a file's channels; a detector without a marker is none of its dimensions.

    Raises `ValueFault` where two detectors are said to see the same antigens.
    """
    found: dict[str, int] = {}
    flags: list[str] = []
    scatter: tuple[tuple[str, Side], ...] = ((FORWARD, "forward"), (SIDE, "side"))
    for name, side in scatter:
        place, instead = _scatter(channels, side)
        if place is not None:
            found[name] = place
            flags += [f"{channels[place].name} stands for {name}"] * instead
    for channel in light_channels(channels):
        name = dimension_of(channel)
        if not name:
            continue
        if name in found:
            pair = f"{channels[found[name]].name} and {channel.name}"
            raise ValueFault(f"one detector for {name}", pair, "name the markers of the channels")
        found[name] = channels.index(channel)
    return Panel(tuple(found), tuple(found.values()), tuple(flags))


def dimension_of(channel: Channel) -> str:
    """The antigens of a detector in one spelling; its own words where they name none that is

    known; "" for an unstained detector and a dye of dead or of nucleated cells.
    """
    said = " ".join(channel.marker.split())
    known = stain_name(said)
    if known or not said:
        return known
    other = plain_name(said) == plain_name(channel.name) or _NO_ANTIGEN.search(said)
    return "" if other else said


def panel_gaps(panel: Panel) -> tuple[str, ...]:
    """Why the automatic reader cannot do with this panel; empty where it can."""
    gaps = [
        f"no {words} ({name})"
        for name, words in ((FORWARD, "forward scatter"), (SIDE, "side scatter"))
        if name not in panel.dimensions
    ]
    rules = preflight().panel
    gaps += [f"panel without {rule.said}" for rule in rules if not rule.holds(panel.markers)]
    return tuple(gaps)


def _scatter(channels: tuple[Channel, ...], side: Side) -> tuple[int | None, bool]:
    """The area, else the height of a scatter and whether it had to stand for the area."""
    area = find_scatter(channels, side, "area")
    if area is not None:
        return area, False
    return find_scatter(channels, side, "height"), True
