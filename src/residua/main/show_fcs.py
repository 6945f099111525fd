"""`residua fcs`: what an FCS file holds."""

from __future__ import annotations

from pathlib import Path

from residua.errors import Fault, InputError
from residua.readers.fcs import FcsHeader, list_data_sets, read_fcs, read_fcs_header
from residua.views.fcs_words import FcsWords, SetWords


def show_fcs(file: Path | str, *, data_set: int = 1, salvage: bool = False) -> FcsWords:
    """HEADER, TEXT, parameters, spillover, data sets and flags of a file, or its faults.

    Never raises for bad input: a file whose data cannot be read still says what its TEXT holds,
    with the faults beside it.
    """
    name = str(file)
    sets, faults = _sets(file, data_set)
    acquisition = None
    try:
        acquisition = read_fcs(file, name=name, data_set=data_set, salvage=salvage)
    except InputError as error:
        faults = list(dict.fromkeys((*error.faults, *faults)))
    return FcsWords(name, sets, data_set, acquisition, tuple(faults))


def _sets(file: Path | str, data_set: int) -> tuple[tuple[SetWords, ...], list[Fault]]:
    """Every data set, or the one asked for where another one is broken."""
    try:
        return tuple(map(_words, list_data_sets(file))), []
    except InputError as error:
        try:
            return (_words(read_fcs_header(file, data_set=data_set)),), list(error.faults)
        except InputError:
            return (), list(error.faults)


def _words(header: FcsHeader) -> SetWords:
    version = header.version.removeprefix("FCS")
    return SetWords(header.data_set, version, header.channels, header.keywords, header.events)
