"""An FCS file as an `Acquisition`.

List mode of FCS 2.0 (Dean 1990, doi:10.1002/cyto.990110303), 3.0 (Seamer 1997,
doi:10.1002/(SICI)1097-0320(19970601)28:2<118::AID-CYTO3>3.0.CO;2-B), 3.1 (Spidlen 2010,
doi:10.1002/cyto.a.20825) and 3.2 (Spidlen 2021, doi:10.1002/cyto.a.24225).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

import numpy as np

from residua.errors import Fault, InputError, system_words
from residua.facts.acquisition import Acquisition, Channel, Events, FileContent
from residua.readers.fcs.acquired import read_acquired
from residua.readers.fcs.carried import SALVAGED, carried_flags, salvaged
from residua.readers.fcs.data_sets import DataSet, read_data_set, walk
from residua.readers.fcs.events import Loaded, load_events
from residua.readers.fcs.fault import FcsFault
from residua.readers.fcs.keywords import whole_or_none
from residua.readers.fcs.layout import read_layout
from residua.readers.fcs.parameters import channel_flags, read_channels
from residua.readers.fcs.place import count_events, find_data
from residua.readers.fcs.source import Source, open_source
from residua.readers.fcs.spill import FoundSpillover, read_spillover

_APPLIED = "the file says that its values are compensated already; its matrix is not applied again"


_EXACT_BITS = 53  # of whole numbers in float64
_LISTED = 12


@dataclass(frozen=True)
class FcsHeader:
    """What HEADER and TEXT of a data set say, which a file with truncated data still tells.

    `events` is $TOT, None where the file does not say.
    """

    version: str
    channels: tuple[Channel, ...]
    keywords: Mapping[str, str]
    data_set: int = 1
    events: int | None = None


def read_fcs(
    path: Path | str, *, name: str | None = None, data_set: int = 1, salvage: bool = False
) -> Acquisition:
    """The events and keywords of one data set of an FCS 2.0 to 3.2 list-mode file.

    Events are (n, c) scale values ($PnE and $PnG applied, Time as stored), float32, or float64
    where the file needs it. `name` is how faults call the file (default: `path`). `data_set`
    counts from 1. `salvage` reads the complete events of a file that states more than it holds
    and flags the result. Raises `InputError` for a file that is not FCS, is truncated, or uses
    a feature that is not read.
    """
    called = name or str(path)
    with named_faults(called), open_source(path) as source:
        found = read_data_set(source, data_set, salvage=salvage)
        return _acquisition(source, found, called, salvage=salvage)


def read_fcs_header(path: Path | str, *, name: str | None = None, data_set: int = 1) -> FcsHeader:
    """Channels and keywords only; works where the data are truncated. Raises `InputError`."""
    with named_faults(name or str(path)), open_source(path) as source:
        return _header(read_data_set(source, data_set, salvage=True))


def list_data_sets(path: Path | str, *, name: str | None = None) -> tuple[FcsHeader, ...]:
    """Channels and keywords of every data set, in file order. Raises `InputError`."""
    with named_faults(name or str(path)), open_source(path) as source:
        return tuple(_header(found) for found in walk(source, salvage=True))


def _header(found: DataSet) -> FcsHeader:
    return FcsHeader(
        found.header.version,
        read_channels(found.keywords),
        MappingProxyType(dict(found.keywords)),
        found.number,
        whole_or_none(found.keywords, "$TOT"),
    )


@contextmanager
def named_faults(called: str) -> Iterator[None]:
    """Faults with the name of the file; a file too large for the memory is one, too."""
    try:
        yield
    except OSError as error:
        raise InputError(_unreadable(error, called)) from error
    except FcsFault as fault:
        raise InputError(fault.at(called, fault.where)) from fault
    except MemoryError as error:
        expected, received = "a file that fits into memory", "a larger one"
        raise InputError(Fault(called, "the file", expected, received, "split it")) from error


def _acquisition(source: Source, found: DataSet, called: str, *, salvage: bool) -> Acquisition:
    keywords, version = dict(found.keywords), found.header.version
    channels = read_channels(keywords)
    layout = read_layout(keywords, channels)
    size = source.size - found.base
    segment, flags = find_data(found.header, keywords, layout, size=size, salvage=salvage)
    place = count_events(segment, layout, keywords, size=size, salvage=salvage)
    loaded = load_events(source, found.base, place, channels, salvage=salvage)
    if loaded.stated is not None:
        keywords[SALVAGED] = salvaged(len(loaded.events), loaded.stated)
    matrix = read_spillover(keywords, tuple(channel.name for channel in channels))
    own = (
        *found.flags,
        *flags,
        *place.flags,
        *loaded.flags,
        *_event_flags(loaded, channels),
        *channel_flags(channels, keywords, version=version),
        *_file_flags(found, matrix),
    )
    return Acquisition(
        events=loaded.events,
        channels=channels,
        keywords=MappingProxyType(keywords),
        spillover=matrix.spillover,
        spillover_fault=matrix.fault,
        compensated=matrix.applied,
        instrument=keywords.get("$CYT", ""),
        acquired=read_acquired(keywords),
        path=called,
        content=FileContent(loaded.content),
        version=version.removeprefix("FCS"),
        data_set=found.number,
        flags=(*own, *carried_flags(keywords, own)),
    )


def _event_flags(loaded: Loaded, channels: tuple[Channel, ...]) -> tuple[str, ...]:
    if not len(loaded.events):
        return ("no events",)
    flags = () if loaded.finite else _finite_flags(loaded.events)
    wide = [n for n, one in enumerate(channels) if one.stored == "I" and one.bits > _EXACT_BITS]
    rounded = [channels[n].name for n in wide if loaded.events[:, n].max() >= 1 << _EXACT_BITS]
    return (*flags, *(f"{name}: values above 2^53 are rounded" for name in rounded[:_LISTED]))


def _finite_flags(events: Events) -> tuple[str, ...]:
    number = int(np.count_nonzero(~np.isfinite(events).all(axis=1)))
    return (
        f"{number} events hold values that are not finite; gates leave them out, `not` keeps them",
    )


def _file_flags(found: DataSet, matrix: FoundSpillover) -> tuple[str, ...]:
    flags = []
    if found.number > 1:
        flags.append(f"data set {found.number} of the file is read")
    elif found.following is not None:
        flags.append("the file holds more data sets; only the first is read")
    if matrix.applied:
        flags.append(_APPLIED)
    flags += matrix.flags
    return tuple(flags)


def _unreadable(error: OSError, called: str) -> Fault:
    reason = system_words(error)
    return Fault(called, "the file", "a readable FCS file", reason, "check the path")
