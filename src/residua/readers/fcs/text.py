"""The TEXT segment: keywords and their values (FCS 3.1 section 3.2)."""

from __future__ import annotations

import os
from typing import BinaryIO

from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import EXPORT, Header, Segment

_STAND_IN = "\ue000"  # private-use character, for a doubled delimiter while the text is split
_PADDING = "\0 \t\r\n"  # what some programs write behind the last delimiter
Keywords = dict[str, str]
Flags = tuple[str, ...]


def read_text(stream: BinaryIO, header: Header) -> tuple[Keywords, Flags]:
    """Keywords (upper case) of TEXT and supplemental TEXT, and what was unusual about them.

    Raises `FcsFault` for a TEXT segment that is truncated or not keyword-value pairs.
    """
    raw = _bytes(stream, header.text, "TEXT")
    keywords, flags = parse_text(raw)
    more = _supplement(keywords)
    if more.stated and more != header.text and more.size > 1:
        extra, extra_flags = parse_text(_bytes(stream, more, "supplemental TEXT"), raw[:1])
        return extra | keywords, (*flags, *extra_flags)
    return keywords, flags


def parse_text(raw: bytes, delimiter: bytes = b"") -> tuple[Keywords, Flags]:
    """Keyword-value pairs of one TEXT segment; a doubled delimiter stands for itself.

    Empty values, which the standard forbids and some instruments write, are read and flagged.
    """
    text = _decode(raw)
    mark = delimiter.decode("latin-1") or text[:1]
    body = text[1:] if text.startswith(mark) else text
    pairs, empty = _pairs(body.replace(mark * 2, _STAND_IN).split(mark), mark)
    return pairs, ("TEXT holds empty keyword values",) * empty


def _pairs(tokens: list[str], mark: str) -> tuple[Keywords, bool]:
    """Keywords and values, the first of a name counting, and whether any value was empty.

    No keyword holds the delimiter, so one that seems to is a keyword with an empty value,
    followed by the next keyword.
    """
    if tokens and not tokens[-1].strip(_PADDING):
        tokens = tokens[:-1]
    found: Keywords = {}
    empty = False
    for place in range(0, len(tokens), 2):
        *alone, key = tokens[place].split(_STAND_IN)
        for name in alone:
            found.setdefault(name.strip().upper(), "")
        empty |= bool(alone)
        if place + 1 < len(tokens):
            found.setdefault(
                key.strip().upper(), tokens[place + 1].replace(_STAND_IN, mark).strip()
            )
        elif key.strip():
            raise FcsFault(
                "TEXT", "pairs of keyword and value", "a keyword without a value", EXPORT
            )
    return found, empty


def _decode(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _bytes(stream: BinaryIO, segment: Segment, name: str) -> bytes:
    if segment.size < 2:
        raise FcsFault("HEADER", f"where {name} lies", "no place", EXPORT)
    held = stream.seek(0, os.SEEK_END) - segment.first
    if held < segment.size:
        received = f"{max(0, held)} (truncated)"
        raise FcsFault(name, f"{segment.size} bytes", received, "copy or re-export the file")
    stream.seek(segment.first)
    return stream.read(segment.size)


def _supplement(keywords: Keywords) -> Segment:
    first, last = keywords.get("$BEGINSTEXT", "0"), keywords.get("$ENDSTEXT", "0")
    if not all(text.isascii() and text.isdigit() for text in (first, last)):
        return Segment(0, 0)
    return Segment(int(first), int(last))
