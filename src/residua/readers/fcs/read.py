"""An FCS file as an `Acquisition`.

FCS 3.0 (Seamer 1997, doi:10.1002/(SICI)1097-0320(19970601)28:2<118::AID-CYTO3>3.0.CO;2-B) and
3.1 (Spidlen 2010, doi:10.1002/cyto.a.20825), list mode. Another dialect adds its layout in
`data` and its version in `header`.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

import numpy as np

from residua.errors import Fault, InputError
from residua.facts.acquisition import Acquisition, Channel, Events
from residua.readers.fcs.acquired import read_acquired
from residua.readers.fcs.data import (
    Layout,
    count_events,
    find_data,
    read_floats,
    read_integers,
    read_layout,
    stated_events,
)
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.header import Header, read_header
from residua.readers.fcs.parameters import channel_flags, read_channels
from residua.readers.fcs.scaling import scale_floats, scale_integers
from residua.readers.fcs.spill import read_spillover
from residua.readers.fcs.text import read_text

SIMULATED = "RESIDUA_SIMULATED"


@dataclass(frozen=True)
class FcsHeader:
    """What HEADER and TEXT of a file say, which a file with truncated data still tells."""

    version: str
    channels: tuple[Channel, ...]
    keywords: Mapping[str, str]


def read_fcs(path: Path | str, *, name: str | None = None) -> Acquisition:
    """The events and keywords of an FCS 3.0 or 3.1 list-mode file.

    Events are (n, c) scale values ($PnE and $PnG applied, Time as stored), float32, or float64
    where the file needs it. `name` is how faults call the file (default: `path`). Raises
    `InputError` for a file that is not FCS, is truncated, or uses a feature that is not read.
    """
    called = name or str(path)
    try:
        raw = Path(path).read_bytes()
        return _acquisition(raw, called)
    except OSError as error:
        raise InputError(_unreadable(error, called)) from error
    except FcsFault as fault:
        raise InputError(fault.at(called, fault.where)) from fault


def read_fcs_header(path: Path | str, *, name: str | None = None) -> FcsHeader:
    """Channels and keywords only; works where the data are truncated. Raises `InputError`."""
    called = name or str(path)
    try:
        with Path(path).open("rb") as stream:
            header, keywords, _ = _open(stream)
            return FcsHeader(header.version, read_channels(keywords), MappingProxyType(keywords))
    except OSError as error:
        raise InputError(_unreadable(error, called)) from error
    except FcsFault as fault:
        raise InputError(fault.at(called, fault.where)) from fault


def _open(stream: BinaryIO) -> tuple[Header, dict[str, str], tuple[str, ...]]:
    header = read_header(stream)
    keywords, flags = read_text(stream, header)
    return header, keywords, flags


def _acquisition(raw: bytes, called: str) -> Acquisition:
    header, keywords, text_flags = _open(io.BytesIO(raw))
    channels = read_channels(keywords)
    layout = read_layout(keywords, channels)
    events, data_flags = _events(raw, header, keywords, channels, layout)
    events.setflags(write=False)
    spillover, spillover_fault = read_spillover(keywords, tuple(c.name for c in channels))
    return Acquisition(
        events=events,
        channels=channels,
        keywords=MappingProxyType(keywords),
        spillover=spillover,
        spillover_fault=spillover_fault,
        instrument=keywords.get("$CYT", ""),
        acquired=read_acquired(keywords),
        path=called,
        sha256=hashlib.sha256(raw).hexdigest(),
        flags=(
            *text_flags,
            *data_flags,
            *channel_flags(channels, floats=layout.kind != "I"),
            *_file_flags(keywords),
        ),
    )


def _events(
    raw: bytes,
    header: Header,
    keywords: Mapping[str, str],
    channels: tuple[Channel, ...],
    layout: Layout,
) -> tuple[Events, tuple[str, ...]]:
    stated = stated_events(keywords)
    wanted = None if stated is None else stated * layout.event_size
    segment, place_flags = find_data(header.data, keywords, wanted=wanted, size=len(raw))
    count, count_flags = count_events(segment, layout, stated=stated, size=len(raw))
    flags = (*place_flags, *count_flags)
    if count == 0:
        return np.empty((0, len(channels)), np.float32), (*flags, "no events")
    if layout.kind == "I":
        columns = read_integers(raw, segment.first, count, layout)
        return scale_integers(columns, channels), flags
    events = scale_floats(read_floats(raw, segment.first, count, layout), channels)
    return events, (*flags, *_finite_flags(events))


def _finite_flags(events: Events) -> tuple[str, ...]:
    if np.isfinite(events.min()) and np.isfinite(events.max()):  # both carry a NaN on
        return ()
    number = int(np.count_nonzero(~np.isfinite(events).all(axis=1)))
    return (f"{number} events hold values that are not finite; gates leave them out",)


def _file_flags(keywords: Mapping[str, str]) -> tuple[str, ...]:
    flags = []
    if keywords.get("$NEXTDATA", "0").strip("0 "):
        flags.append("the file holds more data sets; only the first is read")
    if SIMULATED in keywords:
        flags.append("simulated")
    return tuple(flags)


def _unreadable(error: OSError, called: str) -> Fault:
    reason = (error.strerror or "an error of the file system").lower()
    return Fault(called, "the file", "a readable FCS file", reason, "check the path")
