"""The HEADER segment: the version and where the other segments lie (FCS 3.1 section 3.1)."""

from __future__ import annotations

from dataclasses import dataclass

from residua.readers.fcs.fault import FcsFault

READABLE = ("FCS2.0", "FCS3.0", "FCS3.1", "FCS3.2")
SIZE = 58
EXPORT = "re-export the file as FCS 3.1"
_GARBLED = "HEADER's place of the data is no number; TEXT counts"


@dataclass(frozen=True)
class Segment:
    """First and last byte of a segment, both inclusive; 0, 0 where HEADER leaves it to TEXT."""

    first: int
    last: int

    @property
    def stated(self) -> bool:
        """Whether the segment is given at all."""
        return self.first > 0

    @property
    def size(self) -> int:
        """Bytes of the segment."""
        return max(0, self.last - self.first + 1)

    def overlaps(self, other: Segment) -> bool:
        """Whether the two share a byte."""
        return max(self.first, other.first) <= min(self.last, other.last)


@dataclass(frozen=True)
class Header:
    """What HEADER says, and what is unusual about it."""

    version: str
    text: Segment
    data: Segment
    flags: tuple[str, ...] = ()


def read_header(raw: bytes) -> Header:
    """HEADER from the first bytes of a data set; `FcsFault` where it is not FCS 2.0 to 3.2."""
    version = raw[:6].decode("latin-1")
    if not version.startswith("FCS"):
        raise FcsFault("HEADER", "an FCS file", _kind(raw), "give the cytometer's FCS file")
    if version not in READABLE:
        raise FcsFault("HEADER", "FCS 2.0 to 3.2", f"{_spoken(version)}, which is not read", EXPORT)
    if len(raw) < SIZE:
        raise FcsFault("HEADER", f"{SIZE} bytes", f"{len(raw)} (truncated)", "copy it again")
    first, last, *data = (_offset(raw[place : place + 8]) for place in (10, 18, 26, 34))
    if first is None or last is None:
        raise FcsFault("HEADER", "a number as offset of TEXT", "another text", EXPORT)
    if data[0] is None or data[1] is None:
        return Header(version, Segment(first, last), Segment(0, 0), (_GARBLED,))
    return Header(version, Segment(first, last), Segment(data[0], data[1]))


def _offset(field: bytes) -> int | None:
    """A number, 0 where the field is blank, None where it holds something else."""
    text = field.strip(b" \0\t").decode("latin-1")
    if not text:
        return 0
    return int(text) if text.isascii() and text.isdigit() else None


def _spoken(version: str) -> str:
    digits = version[3:]
    known = digits.isascii() and digits.replace(".", "").isdigit()
    return f"FCS {digits}" if known else "an unknown version of FCS"


def _kind(raw: bytes) -> str:
    if not raw:
        return "an empty file"
    kinds = {b"PK": "a zip archive", b"%PDF": "a PDF", b"\x1f\x8b": "a gzip file"}
    for start, kind in kinds.items():
        if raw.startswith(start):
            return kind
    return "a file that does not begin with FCS"
