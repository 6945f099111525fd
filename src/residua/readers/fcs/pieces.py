"""What is done with each piece of the data: (n, b) bytes of whole events in, (n, c) events out."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel, Events
from residua.readers.fcs.ascii_data import fixed_numbers
from residua.readers.fcs.columns import stored_columns
from residua.readers.fcs.layout import Layout
from residua.readers.fcs.place import Place
from residua.readers.fcs.scaling import events_type, is_plain, scaled, used_bits
from residua.readers.fcs.source import Bytes

Work = Callable[[Bytes, Events], bool]  # fills the events, tells whether they are all finite
_ROWS = 1 << 14


def native_floats(rows: Bytes, layout: Layout, channels: tuple[Channel, ...]) -> Events | None:
    """The bytes themselves as events, where they need no change; else None."""
    if _machine_type(layout) in ("<f4", "<f8") and all(is_plain(one) for one in channels):
        return rows.reshape(-1).view(_machine_type(layout)).reshape(len(rows), len(channels))
    return None


def piece_work(layout: Layout, channels: tuple[Channel, ...]) -> Work:
    """What makes events of a piece; the fastest way that the layout allows."""
    machine = _machine_type(layout)
    if machine in ("<f4", "<f8") and all(is_plain(one) for one in channels):
        return lambda _, events: _finite(events)
    if machine and "u" in machine:
        return _uniform_integers(machine, channels)
    if machine:
        return _uniform_floats(machine, channels)

    def work(rows: Bytes, events: Events) -> bool:
        if layout.fields[0].kind == "A":
            columns = list(fixed_numbers(rows, layout).T)
        else:
            columns = stored_columns(rows, layout)
        for place, (column, channel) in enumerate(zip(columns, channels, strict=True)):
            events[:, place] = scaled(column, channel)
        return _finite(events)

    return work


def packed_events(data: Bytes, place: Place, channels: tuple[Channel, ...]) -> Events:
    """Events (n, c) that do not all begin at a whole byte.

    They do so again after `period` events, which make one row; within a row the events differ
    only in how many bits they lie behind its beginning.
    """
    layout, count = place.layout, place.count
    period = 8 // math.gcd(layout.event_bits, 8)
    width = period * layout.event_bits // 8
    events = np.empty((count, len(channels)), events_type(channels))
    for first in range(0, -(-count // period), _ROWS):
        block = data[first * width : (first + _ROWS) * width]
        if len(block) % width:
            block = np.concatenate([block, np.zeros(-len(block) % width, np.uint8)])
        rows = block.reshape(-1, width)
        for phase in range(period):
            out = events[first * period + phase : (first + _ROWS) * period : period]
            columns = stored_columns(rows, layout, skip=phase * layout.event_bits)
            for at, (column, channel) in enumerate(zip(columns, channels, strict=True)):
                out[:, at] = scaled(column[: len(out)], channel)
    return events


def _machine_type(layout: Layout) -> str:
    """The type of the machine that all values have, such as <f4, or "" where they differ."""
    first = layout.fields[0]
    same = all(field == first for field in layout.fields)
    if not same or first.kind == "A" or first.bits not in (8, 16, 32, 64) or layout.halves:
        return ""
    return f"{layout.order}{'u' if first.kind == 'I' else 'f'}{first.bits // 8}"


def _uniform_floats(machine: str, channels: tuple[Channel, ...]) -> Work:
    divided = [place for place, channel in enumerate(channels) if not is_plain(channel)]

    def work(rows: Bytes, events: Events) -> bool:
        events[...] = rows.view(machine)
        for place in divided:
            events[:, place] = scaled(events[:, place], channels[place])
        return _finite(events)

    return work


def _uniform_integers(machine: str, channels: tuple[Channel, ...]) -> Work:
    """Masked all at once by a mask as long as the piece; then the few that need scaling."""
    native = np.dtype(f"=u{machine[-1]}")
    width = 8 * native.itemsize
    used = [used_bits(channel, width) for channel in channels]
    masks = np.array([(1 << bits) - 1 for bits in used], native)
    others = [place for place, channel in enumerate(channels) if not is_plain(channel)]
    as_stored = all(bits == width for bits in used) and np.dtype(machine) == native
    tile = room = np.empty(0, native)  # used again for every piece, so that they stay cached

    def work(rows: Bytes, events: Events) -> bool:
        nonlocal tile, room
        stored: NDArray[np.unsignedinteger] = rows.reshape(-1).view(machine)
        if not as_stored:
            if len(tile) < len(stored):
                tile, room = np.tile(masks, len(rows)), np.empty(len(stored), native)
            stored = np.bitwise_and(stored, tile[: len(stored)], out=room[: len(stored)])
        events.reshape(-1)[...] = stored
        table = stored.reshape(events.shape)
        for place in others:
            events[:, place] = scaled(table[:, place], channels[place])
        return not others or _finite(events)

    return work


def _finite(events: Events) -> bool:
    flat = events.reshape(-1)
    return bool(np.isfinite(np.maximum.reduce(flat)) and np.isfinite(np.minimum.reduce(flat)))
