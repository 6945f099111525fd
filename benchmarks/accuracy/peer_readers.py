"""Each FCS reader called as its own manual says, its answer brought into one form.

Nothing here imports a reader before it is asked for: every one runs in its own environment.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
from verdict import Reading


@dataclass(frozen=True)
class Reader:
    """One reader: how it is called here, its distribution, whose `raise` counts as its own."""

    name: str
    distribution: str
    modules: tuple[str, ...]
    read: Callable[[Path], Reading]

    @property
    def version(self) -> str:
        """The installed version; of a checkout that is not installed, "this checkout"."""
        try:
            return metadata.version(self.distribution)
        except metadata.PackageNotFoundError:
            return "this checkout"


def residua(path: Path) -> Reading:
    """`residua.read_fcs`."""
    from residua.readers.fcs import read_fcs

    found = read_fcs(path)
    return Reading(
        scale=np.asarray(found.events),
        names=found.names,
        markers=tuple(channel.marker for channel in found.channels),
        keywords=plain(found.keywords),
        flags=found.flags,
    )


def flowcal(path: Path) -> Reading:
    """`FlowCal.io.FCSData`, then `FlowCal.transform.to_rfi`, as its tutorial does."""
    import FlowCal

    found = FlowCal.io.FCSData(str(path))
    names = tuple(found.channels)
    return Reading(
        scale=np.asarray(FlowCal.transform.to_rfi(found)), names=names, keywords=plain(found.text)
    )


def flowio(path: Path) -> Reading:
    """`flowio.FlowData(path).as_array()`; several data sets by `read_multiple_data_sets`."""
    import flowio
    from flowio.exceptions import MultipleDataSetsError

    try:
        found = flowio.FlowData(str(path))
    except MultipleDataSetsError:
        found = flowio.read_multiple_data_sets(str(path))[0]
    return Reading(
        scale=found.as_array(),
        names=tuple(found.pnn_labels),
        markers=tuple(found.pns_labels),
        keywords=plain(found.text),
    )


def flowkit(path: Path) -> Reading:
    """`flowkit.Sample(path)`, its raw events (gain, log and time step applied)."""
    import flowkit
    from flowio.exceptions import MultipleDataSetsError

    try:
        found = flowkit.Sample(str(path))
    except MultipleDataSetsError:
        found = flowkit.read_multi_dataset_fcs(str(path))[0]
    return Reading(
        scale=found.get_events(source="raw"),
        names=tuple(found.pnn_labels),
        markers=tuple(found.pns_labels),
        keywords=plain(found.get_metadata()),
    )


def fcsparser(path: Path) -> Reading:
    """`fcsparser.parse`, names from $PnN, in float64: stored values."""
    import fcsparser

    text, table = fcsparser.parse(str(path), channel_naming="$PnN", dtype="float64")
    return Reading(
        stored=table.to_numpy(), names=tuple(map(str, table.columns)), keywords=plain(text)
    )


def fcsy(path: Path) -> Reading:
    """`fcsy.DataFrame.from_fcs(path)`: stored values."""
    import fcsy

    table = fcsy.DataFrame.from_fcs(str(path), channel_type="short")
    return Reading(stored=table.to_numpy(), names=tuple(map(str, table.columns)))


def readfcs(path: Path) -> Reading:
    """`readfcs.ReadFCS(path)`: stored values. Its `read` wants $PnS in every file besides."""
    import readfcs

    found = readfcs.ReadFCS(str(path))
    names = tuple(found.channels["PnN"])
    return Reading(stored=found.data.to_numpy(), names=names, keywords=plain(found.meta))


def plain(text: Mapping[str, Any]) -> dict[str, str]:
    """Keywords in upper case and without their $, as readers differ in both."""
    found = {str(key).lstrip("$").upper(): value for key, value in text.items()}
    return {key: value for key, value in found.items() if isinstance(value, str)}


READERS = {
    one.name: one
    for one in (
        Reader("Residua", "residua", ("residua",), residua),
        Reader("FlowCal", "FlowCal", ("FlowCal",), flowcal),
        Reader("FlowIO", "FlowIO", ("flowio",), flowio),
        Reader("FlowKit", "FlowKit", ("flowkit", "flowio"), flowkit),
        Reader("fcsparser", "fcsparser", ("fcsparser",), fcsparser),
        Reader("fcsy", "fcsy", ("fcsy",), fcsy),
        Reader("readfcs", "readfcs", ("readfcs", "flowio"), readfcs),
    )
}


def answer(reader: Reader, path: Path) -> Reading:
    """What the reader makes of a file, an exception included."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return reader.read(path)
    except Exception as error:
        return Reading(error=type(error).__name__, meant=_meant(error, reader))


def _meant(error: BaseException, reader: Reader) -> bool:
    """Whether the reader itself raised the error, by a `raise` or `assert` of its source.

    What a library below it raised, or the interpreter (a missing key, an index), is a slip.
    """
    trace = error.__traceback__
    if trace is None:
        return False
    while trace.tb_next is not None:
        trace = trace.tb_next
    file = Path(trace.tb_frame.f_code.co_filename)
    if not set(file.parts) & set(reader.modules):
        return False
    lines = file.read_text().splitlines()
    return lines[trace.tb_lineno - 1].lstrip().startswith(("raise", "assert"))
