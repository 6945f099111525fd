"""The DATA segment: from bytes to one number per event and parameter, still unscaled.

Everything works on whole columns; there is no Python loop over events.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT, Segment
from residua.readers.fcs.parameters import whole

Column = NDArray[np.unsignedinteger]


@dataclass(frozen=True)
class Layout:
    """How one event lies in the data: `kind` I, F or D, `order` < or >, width of each value."""

    kind: str
    order: str
    widths: tuple[int, ...]

    @property
    def event_size(self) -> int:
        """Bytes of one event."""
        return sum(self.widths)

    @property
    def spoken(self) -> str:
        """The layout as a person says it, ``12 parameters x 32 bit``."""
        bits = sorted({8 * width for width in self.widths})
        return f"{len(self.widths)} parameters x {'/'.join(str(bit) for bit in bits)} bit"


def read_layout(keywords: Mapping[str, str], channels: tuple[Channel, ...]) -> Layout:
    """The layout of list-mode data; raises `FcsFault` naming a feature that is not read."""
    mode = keywords.get("$MODE", "L").upper()
    if mode != "L":
        raise FcsFault("$MODE", "list mode (L)", f"mode {mode[:1]} (histogram)", EXPORT)
    kind = keywords.get("$DATATYPE", "").upper()
    if kind == "A":
        raise FcsFault("$DATATYPE", "I, F or D", "A (ASCII data), not read yet", EXPORT)
    if kind not in ("I", "F", "D"):
        raise FcsFault("$DATATYPE", "I, F or D", "another text" if kind else "none", EXPORT)
    for number, channel in enumerate(channels, start=1):
        _check_width(number, channel.bits, kind)
    return Layout(kind, _order(keywords), tuple(channel.bits // 8 for channel in channels))


def _check_width(number: int, bits: int, kind: str) -> None:
    allowed = {"F": "32", "D": "64"}.get(kind)
    if allowed and str(bits) != allowed:
        raise FcsFault(f"$P{number}B", f"{allowed} bit for $DATATYPE {kind}", f"{bits} bit", EXPORT)
    if bits % 8 or not 8 <= bits <= 64:
        received = f"{bits} bit (packed integers), not read yet"
        raise FcsFault(f"$P{number}B", "whole bytes, 8 to 64 bit", received, EXPORT)


def _order(keywords: Mapping[str, str]) -> str:
    places = keywords.get("$BYTEORD", "").replace(" ", "").split(",")
    rising = [str(number + 1) for number in range(len(places))]
    if places == rising:
        return "<"
    if places == rising[::-1]:
        return ">"
    raise FcsFault("$BYTEORD", "1,2,3,4 or 4,3,2,1", "another byte order, not read yet", EXPORT)


def find_data(
    header: Segment, keywords: Mapping[str, str], *, wanted: int | None, size: int
) -> tuple[Segment, tuple[str, ...]]:
    """The DATA segment and flags. TEXT counts where HEADER is 0.

    Where both are given and differ, the one that holds exactly the `wanted` bytes ($TOT
    events) and lies in the file of `size` bytes is taken, HEADER first.
    """
    text = Segment(_optional(keywords, "$BEGINDATA"), _optional(keywords, "$ENDDATA"))
    stated = [segment for segment in (header, text) if segment.stated and segment.first]
    if not stated:
        if wanted == 0:
            return Segment(size, size - 1), ()
        raise FcsFault("$BEGINDATA", "where the data lie", "no place", EXPORT)
    if len(stated) == 1 or header == text:
        return stated[0], ()
    fitting = [part for part in stated if part.size == wanted and part.last < size]
    chosen = (fitting or stated)[0]
    taken = "HEADER" if chosen is header else "TEXT"
    return chosen, (f"HEADER and TEXT disagree where the data lie; {taken} is used",)


def count_events(
    segment: Segment, layout: Layout, *, stated: int | None, size: int
) -> tuple[int, tuple[str, ...]]:
    """The number of events to read and flags; raises `FcsFault` where $TOT exceeds the data."""
    held = max(0, min(segment.size, size - segment.first)) // layout.event_size
    if stated is None:
        return held, ("no $TOT: events counted from the data segment",)
    short = stated * layout.event_size - segment.size
    off_by_one = short == 1 and segment.last + 1 < size
    if stated > held and not off_by_one:
        received = f"a data segment that holds {held} ({layout.spoken})"
        raise FcsFault("$TOT", f"{stated} events, as it says", received, "re-export the file")
    if short in (1, -1):
        return stated, ("the end of the data is off by one byte",)
    return stated, (f"the data segment holds more than the {stated} events of $TOT",) * (short < 0)


def stated_events(keywords: Mapping[str, str]) -> int | None:
    """$TOT, or None where the file has none."""
    return whole(keywords, "$TOT") if keywords.get("$TOT") else None


def _optional(keywords: Mapping[str, str], key: str) -> int:
    return whole(keywords, key) if keywords.get(key) else 0


def read_floats(raw: bytes, first: int, count: int, layout: Layout) -> NDArray[np.floating]:
    """(count, c) floats in the machine's byte order; a view of `raw` where it can be one."""
    stored = np.dtype(f"{layout.order}f{layout.widths[0]}")
    columns = len(layout.widths)
    values = np.frombuffer(raw, dtype=stored, count=count * columns, offset=first)
    native = values.astype(stored.newbyteorder("="), copy=False)
    return native.reshape(count, columns)


def read_integers(raw: bytes, first: int, count: int, layout: Layout) -> list[Column]:
    """One column of unsigned integers per parameter, not yet masked."""
    width = layout.widths[0]
    if len(set(layout.widths)) == 1 and width in (1, 2, 4, 8):
        stored = np.dtype(f"{layout.order}u{width}")
        table = np.frombuffer(raw, stored, count * len(layout.widths), first)
        return list(table.reshape(count, len(layout.widths)).T)
    table = np.frombuffer(raw, np.uint8, count * layout.event_size, first)
    table = table.reshape(count, layout.event_size)
    starts = np.cumsum((0, *layout.widths[:-1]))
    return [
        _from_bytes(table[:, start : start + width], layout.order)
        for start, width in zip(starts, layout.widths, strict=True)
    ]


def _from_bytes(block: NDArray[np.uint8], order: str) -> Column:
    """(n, w) bytes as n integers: padded to the next machine width, then viewed as one."""
    count, width = block.shape
    full = 1 << (width - 1).bit_length()
    padded = np.zeros((count, full), np.uint8)
    if order == "<":
        padded[:, :width] = block
    else:
        padded[:, full - width :] = block
    return padded.view(np.dtype(f"{order}u{full}")).reshape(count)
