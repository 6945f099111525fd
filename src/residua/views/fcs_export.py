"""FCS 3.1 out: an acquisition as float32 list-mode data.

Spidlen, Cytometry A 2010;77A:97, doi:10.1002/cyto.a.20825.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.views.whole_file import write_whole

_DELIMITERS = ("|", "/", "\\", "\f", "\x1e", "\x1f")
_HEADER_SIZE = 58
_LARGEST_IN_HEADER = 99_999_999
_DIGITS = 20  # offsets are padded, so that TEXT keeps its length while they are filled in
_STRUCTURE = re.compile(
    r"\$(P\d+[A-Z]+|PAR|TOT|MODE|DATATYPE|BYTEORD|NEXTDATA|(BEGIN|END)(DATA|STEXT|ANALYSIS))"
    r"|\$?SPILL(OVER)?|\$COMP"
)


def fcs_bytes(acquisition: Acquisition) -> bytes:
    """The whole file: keywords that describe no layout are kept, values are little-endian float32.

    Values are the scale values of `acquisition`, so the file needs no $PnE and no $PnG. Raises
    `ValueFault` for keywords or names that FCS cannot hold.
    """
    data = np.ascontiguousarray(acquisition.events, dtype="<f4").tobytes()
    keywords = _keywords(acquisition)
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


def _keywords(acquisition: Acquisition) -> dict[str, str]:
    kept = {
        key: value
        for key, value in acquisition.keywords.items()
        if value and not _STRUCTURE.fullmatch(key)
    }
    found = {
        "$BYTEORD": "1,2,3,4",
        "$DATATYPE": "F",
        "$MODE": "L",
        "$NEXTDATA": "0",
        "$PAR": str(len(acquisition.channels)),
        "$TOT": str(len(acquisition.events)),
    }
    for number, channel in enumerate(acquisition.channels, start=1):
        found |= _channel(number, channel)
    if acquisition.spillover is not None:
        found["$SPILLOVER"] = _spillover(acquisition.spillover)
    return found | kept


def _channel(number: int, channel: Channel) -> dict[str, str]:
    if not channel.name or "," in channel.name:
        raise ValueFault("a channel name without commas", "another one", "rename the channel")
    top = int(channel.range) if channel.range == int(channel.range) else channel.range
    found = {
        f"$P{number}N": channel.name,
        f"$P{number}B": "32",
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
