"""The DATA segment as events: scale values, one row per event.

Whole-byte layouts are worked on piece by piece while the file is read, each piece while it is
in the cache; floats of the machine's own byte order stay where they were read to.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.facts.acquisition import Channel, Events
from residua.readers.fcs.ascii_data import read_delimited
from residua.readers.fcs.pieces import native_floats, packed_events, piece_work
from residua.readers.fcs.place import Place
from residua.readers.fcs.scaling import events_type
from residua.readers.fcs.source import PIECE, Bytes, Source, room_for

_FEWEST = 256  # events worked on at once, however wide they are


@dataclass(frozen=True, eq=False)
class Loaded:
    """The events, the whole file that they were read from, and what reading them has shown.

    `stated` is how many events the file claims where it is not how many were read.
    """

    events: Events
    content: Bytes
    finite: bool
    stated: int | None
    flags: tuple[str, ...] = ()


def load_events(
    source: Source, base: int, place: Place, channels: tuple[Channel, ...], *, salvage: bool
) -> Loaded:
    """Read the whole file and the events of the data set at `base`; both are read-only.

    Raises `FcsFault` where numbers in ASCII are none or too few.
    """
    begin = base + place.first
    content = room_for(source.size, begin)
    with np.errstate(all="ignore"):  # what overflows is not finite, which is flagged
        if place.layout.free or place.layout.event_bits % 8:
            loaded = _at_the_end(source, content, begin, place, channels, salvage=salvage)
        else:
            loaded = _on_the_way(source, content, begin, place, channels)
    content.setflags(write=False)
    loaded.events.setflags(write=False)
    return loaded


def _on_the_way(
    source: Source, content: Bytes, begin: int, place: Place, channels: tuple[Channel, ...]
) -> Loaded:
    width = place.layout.event_bits // 8
    count = place.count
    rows = content[begin : begin + count * width].reshape(count, width)
    events = native_floats(rows, place.layout, channels)
    if events is None:
        events = np.empty((count, len(channels)), events_type(channels))
    work = piece_work(place.layout, channels)
    done, finite = 0, True
    for there in source.load(content, max(PIECE, _FEWEST * width)):
        upto = min(count, max(0, there - begin) // width)
        if upto > done:
            finite &= work(rows[done:upto], events[done:upto])
            done = upto
    return Loaded(events, content, finite, place.stated)


def _at_the_end(
    source: Source,
    content: Bytes,
    begin: int,
    place: Place,
    channels: tuple[Channel, ...],
    *,
    salvage: bool,
) -> Loaded:
    for _ in source.load(content, PIECE):
        pass
    data = content[begin : begin + place.held]
    if place.layout.free:
        read = read_delimited(data.tobytes(), place, channels, salvage=salvage)
        events, stated, flags = read.events, read.stated, read.flags
    else:
        events, stated, flags = packed_events(data, place, channels), place.stated, ()
    return Loaded(events, content, all_finite(events), stated, flags)


def all_finite(events: Events) -> bool:
    """Whether no value is infinite or missing; the largest and smallest carry both on."""
    return not events.size or bool(np.isfinite(events.max()) and np.isfinite(events.min()))
