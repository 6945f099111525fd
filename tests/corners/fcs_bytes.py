"""FCS files written byte by byte for the tests, by nothing of Residua: struct and int.to_bytes.

A `Sketch` says what HEADER, TEXT and DATA hold, faults included; `lay_out` places it. DATA lies
at a fixed place behind TEXT, with blanks between, so that no offset depends on another.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

LITTLE = "1,2,3,4"
BIG = "4,3,2,1"
TEXT_AT = 256
DATA_AT = 4096
Pairs = tuple[tuple[str, str], ...]
Rows = Sequence[Sequence[float]]
Parts = tuple[tuple[int, bytes], ...]


@dataclass(frozen=True)
class Parameter:
    """$PnN, $PnB, $PnR, $PnE and what else is to be written of one parameter."""

    name: str
    bits: str = "32"
    top: str = "262144"
    amplification: str = "0,0"
    more: Pairs = ()  # such as ("G", "2.0") for $PnG


def pairs_of(
    parameters: Sequence[Parameter],
    *,
    events: int,
    datatype: str = "F",
    byteord: str = LITTLE,
    version: str = "FCS3.1",
    more: Pairs = (),
) -> Pairs:
    """The keywords that the standard requires, in its spelling, but for the places of DATA."""
    pairs: list[tuple[str, str]] = []
    if version != "FCS2.0":
        pairs += [(key, "0") for key in ("$BEGINANALYSIS", "$ENDANALYSIS")]
        pairs += [(key, "0") for key in ("$BEGINSTEXT", "$ENDSTEXT")]
    pairs += [("$BYTEORD", byteord), ("$DATATYPE", datatype), ("$MODE", "L"), ("$NEXTDATA", "0")]
    pairs += [("$PAR", str(len(parameters))), ("$TOT", str(events))]
    if version == "FCS3.2":
        pairs.append(("$CYT", "made by hand"))
    for number, one in enumerate(parameters, start=1):
        pairs += [(f"$P{number}N", one.name), (f"$P{number}B", one.bits)]
        pairs += [(f"$P{number}R", one.top), (f"$P{number}E", one.amplification)]
        pairs += [(f"$P{number}{key}", value) for key, value in one.more]
    return (*pairs, *more)


def replaced(pairs: Pairs, **values: str | None) -> Pairs:
    """The pairs with the values of ``$KEY`` given as ``KEY=...`` changed, or None: left out."""
    wanted = {f"${key}": value for key, value in values.items()}
    changed = [(key, wanted.get(key, value)) for key, value in pairs]
    return tuple((key, value) for key, value in changed if value is not None)


@dataclass(frozen=True)
class Sketch:
    """One data set before its bytes are placed.

    `header` and `places` are the first and last byte of DATA as HEADER and TEXT state them:
    None the true ones; `places = ()` leaves $BEGINDATA and $ENDDATA out.
    """

    pairs: Pairs
    data: bytes
    version: str = "FCS3.1"
    delimiter: str = "/"
    encoding: str = "utf-8"
    ending: str | None = None  # what closes TEXT, the delimiter where None
    header: tuple[str, str] | None = None
    places: tuple[str, ...] | None = None
    text_end: int = 0  # added to the end of TEXT that HEADER states
    data_at: int = DATA_AT
    text_at: int = TEXT_AT
    analysis: tuple[str, str] = ("0", "0")
    supplement: Pairs = ()
    supplement_at: int = 3072
    tail: bytes = b""
    base: int = 0  # where the data set begins in the file


def lay_out(sketch: Sketch) -> Parts:
    """(offset, bytes) of HEADER, TEXT, supplemental TEXT and DATA, in this order."""
    first, last = str(sketch.data_at), str(sketch.data_at + max(len(sketch.data), 1) - 1)
    true = (first, last) if sketch.data else ("0", "0")
    places = true if sketch.places is None else sketch.places
    pairs = sketch.pairs
    if places:
        pairs = (("$BEGINDATA", places[0]), ("$ENDDATA", places[1]), *pairs)
    extra = _joined(sketch.supplement, sketch) if sketch.supplement else b""
    if extra:
        end = sketch.supplement_at + len(extra) - 1
        pairs = replaced(pairs, BEGINSTEXT=str(sketch.supplement_at), ENDSTEXT=str(end))
    text = _joined(pairs, sketch)
    room = sketch.supplement_at if extra else sketch.data_at
    fits = sketch.text_at > room or sketch.text_at + len(text) <= room
    assert fits, "TEXT is too long for its place"
    text_last = sketch.text_at + len(text) - 1 + sketch.text_end
    header = _header(sketch, (str(sketch.text_at), str(text_last)), sketch.header or true)
    parts = [(0, header), (sketch.text_at, text)]
    if extra:
        parts.append((sketch.supplement_at, extra))
    parts.append((sketch.data_at, sketch.data + sketch.tail))
    return tuple((sketch.base + place, content) for place, content in sorted(parts))


def _joined(pairs: Pairs, sketch: Sketch) -> bytes:
    """Keywords and values behind the delimiter each, as they are: doubling is the caller's."""
    mark = sketch.delimiter
    body = mark + mark.join(f"{key}{mark}{value}" for key, value in pairs)
    body += mark if sketch.ending is None else sketch.ending
    return body.encode(sketch.encoding)


def _header(sketch: Sketch, text: tuple[str, str], data: tuple[str, str]) -> bytes:
    fields = "".join(f"{field:>8}" for field in (*text, *data, *sketch.analysis))
    return f"{sketch.version}    {fields}".encode("ascii")


def contiguous(parts: Parts) -> bytes:
    """The parts as one run of bytes, blanks between them."""
    size = max(place + len(content) for place, content in parts)
    whole = bytearray(b" " * size)
    for place, content in parts:
        whole[place : place + len(content)] = content
    return bytes(whole)


def integers(rows: Iterable[Sequence[int]], bits: Sequence[int], byteord: str = LITTLE) -> bytes:
    """Unsigned integers of whole bytes; byte k of the word is written where $BYTEORD has k."""
    return b"".join(
        _ordered(value.to_bytes(width // 8, "little"), byteord)
        for row in rows
        for value, width in zip(row, bits, strict=True)
    )


def floats(rows: Rows, *, code: str = "f", byteord: str = LITTLE) -> bytes:
    """IEEE floats of 32 (code f) or 64 bit (d)."""
    return b"".join(
        _ordered(struct.pack(f"<{code}", value), byteord) for row in rows for value in row
    )


def _ordered(little: bytes, byteord: str) -> bytes:
    """The bytes of a value, least significant first, in the order of $BYTEORD.

    Places beyond the value's width are left out; a wider value follows the sense of the order.
    """
    places = [int(place) for place in byteord.split(",")]
    if len(little) > len(places):
        return little if places == sorted(places) else little[::-1]
    return bytes(little[place - 1] for place in places if place <= len(little))


def packed(rows: Iterable[Sequence[int]], bits: Sequence[int], byteord: str = LITTLE) -> bytes:
    """Integers as one stream of bits without gaps between values or events.

    Little-endian files fill each byte from its lowest bit, big-endian ones from its highest.
    """
    values = [(value, width) for row in rows for value, width in zip(row, bits, strict=True)]
    length = sum(width for _, width in values)
    size = -(-length // 8)
    if byteord == LITTLE:
        stream = place = 0
        for value, width in values:
            stream |= value << place
            place += width
        return stream.to_bytes(size, "little")
    stream = 0
    for value, width in values:
        stream = stream << width | value
    return (stream << (8 * size - length)).to_bytes(size, "big")
