"""One acquisition of a flow cytometer, as its file holds it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault, nearest

Events = NDArray[np.floating]
Stored = Literal["I", "F", "D", "A"]


@dataclass(frozen=True)
class Channel:
    """One parameter of an FCS file.

    `name` is ``$PnN``, `marker` ``$PnS`` (or the antibody that the strategy names), `range`
    ``$PnR``, `amplification` ``$PnE`` (decades, value at channel 0) and `gain` ``$PnG``.
    `stored` is the type in the file: integer, float, double or ASCII, whose `bits` are
    characters (0: any number, delimited).
    """

    name: str
    marker: str = ""
    bits: int = 32
    range: float = 262144.0
    amplification: tuple[float, float] = (0.0, 0.0)
    gain: float = 1.0
    stored: Stored = "F"

    @property
    def is_time(self) -> bool:
        """Whether this is the clock, which is never scaled."""
        return self.name.strip().lower() == "time"


@dataclass(frozen=True, eq=False)
class Spillover:
    """How much of each dye (row) each named detector (column) sees; the own detector sees 1.

    `dyes` name the rows where they are not the detectors themselves; then there may be fewer
    dyes than detectors.
    """

    channels: tuple[str, ...]
    matrix: NDArray[np.float64]
    dyes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        size = (len(self.names), len(self.channels))
        if self.matrix.shape != size or not 1 <= size[0] <= size[1]:
            raise ValueFault(
                f"a spillover matrix of {size[0]} x {size[1]} for {size[1]} channels",
                f"one of {' x '.join(str(side) for side in self.matrix.shape)}",
                "correct the matrix",
            )
        if not np.isfinite(self.matrix).all():
            raise ValueFault(
                "a spillover matrix of numbers", "one that is not finite", "correct it"
            )

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the rows: those of the dyes, else of their own detectors."""
        return self.dyes or self.channels


@dataclass(frozen=True, eq=False)
class FileContent:
    """The very bytes (n,) that a file was read from."""

    raw: NDArray[np.uint8]

    @cached_property
    def sha256(self) -> str:
        """Their hash, computed when it is first asked for."""
        return hashlib.sha256(self.raw.data).hexdigest()


@dataclass(frozen=True, eq=False)
class Acquisition:
    """The events of one FCS file with what the file says about them.

    `events` is (n, c), on the scale of the file: ``$PnE`` and ``$PnG`` applied, Time as stored,
    not compensated; float32, or float64 where the file needs it, and read-only. `keywords`
    are those of TEXT, in upper case. `compensated` says that the cytometer has applied
    `spillover` to the values already. `flags` name only what is unusual in this file.
    """

    events: Events
    channels: tuple[Channel, ...]
    keywords: Mapping[str, str]
    spillover: Spillover | None = None
    spillover_fault: str = ""
    instrument: str = ""
    acquired: str = ""
    path: str = ""
    content: FileContent | None = None
    flags: tuple[str, ...] = ()
    compensated: bool = False
    version: str = ""
    data_set: int = 1

    def __post_init__(self) -> None:
        if self.events.ndim != 2 or self.events.shape[1] != len(self.channels):
            raise ValueFault(
                f"events of {len(self.channels)} channels",
                f"an array of shape {self.events.shape}",
                "give one column per channel",
            )

    @property
    def sha256(self) -> str:
        """The hash of the file's bytes, "" where there is no file."""
        return self.content.sha256 if self.content else ""

    @property
    def to_compensate(self) -> Spillover | None:
        """The file's matrix, where the values still need it."""
        return None if self.compensated else self.spillover

    @property
    def names(self) -> tuple[str, ...]:
        """The channel names, in column order."""
        return tuple(channel.name for channel in self.channels)

    def column(self, dimension: str) -> int | None:
        """The column that a marker or a channel name stands for, or None; see `find_column`."""
        return find_column(self.channels, dimension)


def find_column(channels: tuple[Channel, ...], dimension: str) -> int | None:
    """The column that a marker or a channel name stands for, or None.

    A marker is compared without spaces, its case as it is. A channel name wins over a marker
    of the same spelling; a marker that two channels carry is ambiguous and raises `ValueFault`.
    """
    for place, channel in enumerate(channels):
        if channel.name == dimension:
            return place
    wanted = plain_name(dimension)
    found = [
        place
        for place, channel in enumerate(channels)
        if wanted and plain_name(channel.marker) == wanted
    ]
    if len(found) > 1:
        names = ", ".join(channels[place].name for place in found)
        raise ValueFault(
            f"one channel for {dimension!r}", f"{len(found)} ({names})", "name the channel itself"
        )
    return found[0] if found else None


def names_of(channels: tuple[Channel, ...], dimension: str) -> frozenset[str]:
    """Every plain name of what `dimension` stands for: itself, its marker and its channel."""
    place = find_column(channels, dimension)
    also = () if place is None else (channels[place].marker, channels[place].name)
    return frozenset(plain_name(name) for name in (dimension, *also) if name)


def with_markers(channels: tuple[Channel, ...], markers: Mapping[str, str]) -> tuple[Channel, ...]:
    """The channels with the markers that `markers` (channel to marker) gives for them.

    Raises `ValueFault` for a channel that the file lacks.
    """
    names = [channel.name for channel in channels]
    for name in markers:
        if name not in names:
            raise ValueFault("a channel of the file", f"{name!r}", nearest(name, names))
    return tuple(
        replace(channel, marker=markers.get(channel.name, channel.marker)) for channel in channels
    )


def plain_name(name: str) -> str:
    """A marker or channel name without its spaces, by which dimensions are compared."""
    return "".join(name.split())
