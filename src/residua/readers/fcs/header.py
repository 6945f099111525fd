"""The HEADER segment: the version and where the other segments lie (FCS 3.1 section 3.1)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

from residua.readers.fcs.fault import FcsFault

READABLE = ("FCS3.0", "FCS3.1")
_SIZE = 58
EXPORT = "re-export the file as FCS 3.1"


@dataclass(frozen=True)
class Segment:
    """First and last byte of a segment, both inclusive; 0, 0 where HEADER leaves it to TEXT."""

    first: int
    last: int

    @property
    def stated(self) -> bool:
        """Whether the segment is given at all."""
        return (self.first, self.last) != (0, 0)

    @property
    def size(self) -> int:
        """Bytes of the segment."""
        return max(0, self.last - self.first + 1)


@dataclass(frozen=True)
class Header:
    """What HEADER says."""

    version: str
    text: Segment
    data: Segment


def read_header(stream: BinaryIO) -> Header:
    """HEADER of an open FCS file; raises `FcsFault` where it is not FCS 3.0 or 3.1."""
    stream.seek(0)
    raw = stream.read(_SIZE)
    version = raw[:6].decode("latin-1")
    if not version.startswith("FCS"):
        raise FcsFault("HEADER", "an FCS file", _kind(raw), "give the cytometer's FCS file")
    if version not in READABLE:
        raise FcsFault("HEADER", "FCS 3.0 or 3.1", f"{_spoken(version)}, not read yet", EXPORT)
    if len(raw) < _SIZE:
        raise FcsFault("HEADER", f"{_SIZE} bytes", f"{len(raw)} (truncated)", "copy it again")
    return Header(version, _segment(raw, 10, "TEXT"), _segment(raw, 26, "DATA"))


def _segment(raw: bytes, start: int, name: str) -> Segment:
    return Segment(
        _offset(raw[start : start + 8], name), _offset(raw[start + 8 : start + 16], name)
    )


def _offset(field: bytes, name: str) -> int:
    text = field.strip(b" \0").decode("latin-1")
    if not text:
        return 0
    if not (text.isascii() and text.isdigit()):
        raise FcsFault("HEADER", f"a number as offset of {name}", "another text", EXPORT)
    return int(text)


def _spoken(version: str) -> str:
    digits = version[3:]
    known = digits.replace(".", "").isdigit()
    return f"FCS {digits}" if known else "an unknown version of FCS"


def _kind(raw: bytes) -> str:
    if not raw:
        return "an empty file"
    kinds = {b"PK": "a zip archive", b"%PDF": "a PDF", b"\x1f\x8b": "a gzip file"}
    for start, kind in kinds.items():
        if raw.startswith(start):
            return kind
    return "a file that does not begin with FCS"
