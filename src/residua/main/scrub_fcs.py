"""`residua fcs scrub`: a copy of an FCS file that names no person."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np

from residua.errors import Fault, InputError, UsageError
from residua.readers.fcs import read_fcs, scrub_bytes
from residua.views.whole_file import whole_file


def scrub_fcs(file: Path | str, out: Path | str) -> tuple[str, ...]:
    """Write a copy of `file` without identifying keywords; returns the names of those removed.

    The copy is read back: its events must be those of the file, byte for byte. Raises
    `InputError` where the file's events cannot be read, `UsageError` where `out` is the file
    itself; then nothing is written. Names of channels and markers stay.
    """
    source, target = Path(file), Path(out)
    if os.path.isdir(target) or _same(source, target):
        raise UsageError("-o names a folder or the file itself: name another file")
    scrubbed = scrub_bytes(source, name=str(file))
    with whole_file(target) as partial:
        partial.write_bytes(scrubbed.content)
        for number in range(1, scrubbed.data_sets + 1):
            ours = read_fcs(source, name=str(file), data_set=number)
            copy = read_fcs(partial, name=str(out), data_set=number)
            if not np.array_equal(ours.events, copy.events, equal_nan=True):
                expected, received = "a copy with the same events", "another one"
                raise InputError(Fault(str(file), "the data", expected, received, "report it"))
    return scrubbed.removed


def _same(source: Path, target: Path) -> bool:
    try:
        return target.samefile(source)
    except OSError:  # one is not there, or its name cannot be one of a file
        return False
