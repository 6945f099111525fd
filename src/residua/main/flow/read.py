"""Reads a raw file as its ``[[file]]`` says."""

from __future__ import annotations

from residua.facts.acquisition import Acquisition
from residua.main.flow.plan import PlannedFile
from residua.readers.fcs import read_fcs


def read_planned(planned: PlannedFile) -> Acquisition:
    """The data set that the strategy names, salvaged where it says so; raises `InputError`."""
    entry = planned.entry
    return read_fcs(planned.path, name=planned.name, data_set=entry.data_set, salvage=entry.salvage)
