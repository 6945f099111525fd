"""Opens a raw flow file for the automatic reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Acquisition, with_markers
from residua.facts.quality import FileQuality
from residua.measures.preflight.prepare import prepare
from residua.measures.preflight.prepared import PreparedSample
from residua.readers.fcs import read_fcs


@dataclass(frozen=True, eq=False)
class PreparedFile:
    """A file as it was read, what the automatic reader takes of it, and its quality."""

    name: str
    acquisition: Acquisition
    sample: PreparedSample
    quality: FileQuality


def prepare_file(
    path: Path | str, *, markers: Mapping[str, str] | None = None, name: str | None = None
) -> PreparedSample:
    """The single cells of an FCS file without debris, in display decades.

    `markers` names the antigens of channels whose file does not, `name` is how faults call the
    file. Raises `InputError` for a file that cannot be read, a matrix that cannot be applied, a
    channel of `markers` that it lacks, or two detectors of one marker. What else is wrong stands
    in `refusals` and `unfit`.
    """
    return open_prepared(path, markers=markers, name=name).sample


def open_prepared(
    path: Path | str, *, markers: Mapping[str, str] | None = None, name: str | None = None
) -> PreparedFile:
    """As `prepare_file`, with the acquisition and its quality beside."""
    called = name or str(path)
    acquisition = read_fcs(path, name=called)
    if acquisition.spillover_fault:
        received = f"one that cannot be read ({acquisition.spillover_fault.split(':')[0]})"
        expected, do = "a compensation matrix", "re-export the file"
        raise InputError(Fault(called, "compensation", expected, received, do))
    if not len(acquisition.events):
        do = "name a file that was recorded"
        raise InputError(Fault(called, "the data", "events", "none", do))
    try:
        named = with_markers(acquisition.channels, markers or {})
        checked = prepare(replace(acquisition, channels=named))
    except ValueFault as fault:
        raise InputError(fault.at(called, "channels")) from fault
    quality = replace(checked.quality, file=called)
    return PreparedFile(called, acquisition, checked.sample, quality)
