"""`residua fcs --to`: the events of a file in another format."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from residua.errors import InputError, UsageError, ValueFault
from residua.facts.acquisition import Acquisition
from residua.views.events_export import write_csv, write_parquet
from residua.views.fcs_export import write_fcs

_WRITERS: Mapping[str, Callable[[Acquisition, Path], None]] = {
    ".parquet": write_parquet,
    ".csv": write_csv,
    ".fcs": write_fcs,
}


def export_events(acquisition: Acquisition, to: Path | str) -> Path:
    """Write the events to `to`, as its ending says, whole or not at all.

    Raises `UsageError` for another ending or for the file that they were read from, `InputError`
    where FCS cannot hold what they are called or the place cannot be written to.
    """
    path, source = Path(to), Path(acquisition.path)
    write = _WRITERS.get(path.suffix.lower())
    if write is None:
        raise UsageError(f"--to {path.name}: name a file that ends in {', '.join(_WRITERS)}")
    if _same(path, source):
        raise UsageError("--to names the file itself: name another one")
    try:
        write(acquisition, path)
    except ValueFault as fault:
        raise InputError(fault.at(acquisition.path, "TEXT")) from fault
    return path


def _same(path: Path, source: Path) -> bool:
    try:
        return path.samefile(source)
    except OSError:  # one is not there, or its name cannot be one of a file
        return False
