"""FCS 3.1 out: an acquisition as list-mode floats, double where single would round them.

Spidlen, Cytometry A 2010;77A:97, doi:10.1002/cyto.a.20825.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Events, Spillover
from residua.views.whole_file import write_whole

_DELIMITERS = ("|", "/", "\\", "\f", "\x1e", "\x1f")
_HEADER_SIZE = 58
_LARGEST_IN_HEADER = 99_999_999
_ROWS = 1 << 16
_DIGITS = 20  # offsets are padded, so that TEXT keeps its length while they are filled in
_STRUCTURE = re.compile(
    r"\$(P\d+[A-Z]+|PAR|TOT|MODE|DATATYPE|BYTEORD|NEXTDATA|(BEGIN|END)(DATA|STEXT|ANALYSIS))"
    r"|RESIDUA_FLAGS"
)
_MATRIX = re.compile(r"\$?SPILL(OVER)?|\$COMP|\$DFC\d+TO\d+")
_OWN_KEYWORD = ("simulated", "salvaged: ")
_EARLIER = "before export: "
_MOST_FLAGS = 2000


def fcs_bytes(acquisition: Acquisition) -> bytes:
    """The whole file: keywords that describe no layout are kept, values are little-endian floats.

    Values are the scale values of `acquisition`, so the file needs no $PnE and no $PnG; they are
    32 bit wide, or 64 where a value would otherwise change. Raises `ValueFault` for keywords or
    names that FCS cannot hold.
    """
    bits = 32 if _exact(acquisition.events) else 64
    data = np.ascontiguousarray(acquisition.events, dtype=f"<f{bits // 8}").tobytes()
    keywords = _keywords(acquisition, bits)
    first = _HEADER_SIZE + len(_text(keywords, 0, 0))
    last = first + len(data) - 1 if data else 0
    text = _text(keywords, first if data else 0, last)
    small = last <= _LARGEST_IN_HEADER
    in_header = (first, last) if small and data else (0, 0)
    offsets = (_HEADER_SIZE, _HEADER_SIZE + len(text) - 1, *in_header, 0, 0)
    header = "FCS3.1    " + "".join(f"{offset:>8d}" for offset in offsets)
    return header.encode("ascii") + text + data


def write_fcs(acquisition: Acquisition, path: Path) -> None:
    """Write `acquisition` to `path`, whole or not at all."""
    write_whole(path, fcs_bytes(acquisition))


def _exact(events: Events) -> bool:
    """Whether float32 holds every value."""
    if events.dtype == np.float32:
        return True
    with np.errstate(over="ignore"):
        return all(
            np.array_equal(part, part.astype(np.float32), equal_nan=True)
            for part in (events[first : first + _ROWS] for first in range(0, len(events), _ROWS))
        )


def _keywords(acquisition: Acquisition, bits: int) -> dict[str, str]:
    as_found = acquisition.compensated or bool(acquisition.spillover_fault)
    kept = {
        key: value
        for key, value in acquisition.keywords.items()
        if key and value and not _STRUCTURE.fullmatch(key)
        if as_found or not _MATRIX.fullmatch(key)
    }
    found = {
        "$BYTEORD": "1,2,3,4",
        "$DATATYPE": "F" if bits == 32 else "D",
        "$MODE": "L",
        "$NEXTDATA": "0",
        "$PAR": str(len(acquisition.channels)),
        "$TOT": str(len(acquisition.events)),
    }
    for number, channel in enumerate(acquisition.channels, start=1):
        found |= _channel(number, channel, bits)
    if acquisition.to_compensate is not None:
        found["$SPILLOVER"] = _spillover(acquisition.to_compensate)
    flags = _flags(acquisition.flags)
    return found | ({"RESIDUA_FLAGS": flags} if flags else {}) | kept


def _flags(flags: Iterable[str]) -> str:
    """What a reader of the copy must know of the file it comes from."""
    own = (flag.removeprefix(_EARLIER) for flag in flags if not flag.startswith(_OWN_KEYWORD))
    return "; ".join(dict.fromkeys(own))[:_MOST_FLAGS]


def _channel(number: int, channel: Channel, bits: int) -> dict[str, str]:
    if not channel.name or "," in channel.name:
        raise ValueFault("a channel name without commas", "another one", "rename the channel")
    top = int(channel.range) if channel.range == int(channel.range) else channel.range
    found = {
        f"$P{number}N": channel.name,
        f"$P{number}B": str(bits),
        f"$P{number}E": "0,0",
        f"$P{number}R": str(top),
    }
    return found | ({f"$P{number}S": channel.marker} if channel.marker else {})


def _spillover(spillover: Spillover) -> str:
    cells = (repr(float(value)) for value in spillover.matrix.ravel())
    return ",".join([str(len(spillover.channels)), *spillover.channels, *cells])


def _text(keywords: Mapping[str, str], first: int, last: int) -> bytes:
    places = {
        "$BEGINANALYSIS": 0,
        "$ENDANALYSIS": 0,
        "$BEGINSTEXT": 0,
        "$ENDSTEXT": 0,
        "$BEGINDATA": first,
        "$ENDDATA": last,
    }
    pairs = {key: f"{value:0{_DIGITS}d}" for key, value in places.items()} | dict(keywords)
    parts = [part for pair in pairs.items() for part in pair]
    mark = _delimiter(parts)
    return (mark + mark.join(part.replace(mark, mark * 2) for part in parts) + mark).encode()


def _delimiter(parts: Iterable[str]) -> str:
    """The first that no part holds: one at the start of a value could not be told from an end."""
    written = "".join(parts)
    return next((mark for mark in _DELIMITERS if mark not in written), _DELIMITERS[0])
