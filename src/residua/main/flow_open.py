"""Opens a raw flow file as its strategy says: markers named, matrix chosen, gates checked."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover, with_markers
from residua.facts.gating import Strategy
from residua.facts.mrd_result import FileDigest
from residua.main.flow_places import gate_place
from residua.main.flow_plan import Plan, PlannedFile
from residua.measures.readout import Readout, locate, read_out
from residua.measures.spillover import columns_of
from residua.readers.fcs import read_fcs, read_fcs_header
from residua.readers.spillover_table import read_spillover_table

UNCOMPENSATED = "the file holds no compensation matrix; its values are used as they are"


@dataclass(frozen=True, eq=False)
class OpenFile:
    """A file that was read, the files read with it, and what was unusual about opening it."""

    planned: PlannedFile
    readout: Readout
    flags: tuple[str, ...]
    beside: tuple[FileDigest, ...] = ()


def open_file(plan: Plan, planned: PlannedFile, *, tube: str | None) -> OpenFile:
    """The file read out for the gates of `tube`.

    Raises `InputError` with everything that is wrong: the data, the markers it is said to
    hold, the matrix, and every gate dimension it lacks, also where its data are truncated.
    """
    faults = [*channel_faults(plan, planned, tube=tube)]
    try:
        acquisition = read_fcs(planned.path, name=planned.name)
    except InputError as error:
        known = set(faults)
        raise InputError([*faults, *(f for f in error.faults if f not in known)]) from error
    if faults:
        raise InputError(faults)
    named = replace(acquisition, channels=_named(acquisition.channels, planned))
    matrix, flags = _matrix(plan, planned, named)
    flags = tuple(dict.fromkeys([*flags, *_of_the_file(plan, planned, named, tube)]))
    try:
        readout = read_out(named, plan.strategy, compensation=matrix)
    except ValueFault as fault:
        raise InputError(fault.at(planned.name, "compensation")) from fault
    return OpenFile(planned, readout, (*acquisition.flags, *flags), _beside(plan, planned))


def channel_faults(plan: Plan, planned: PlannedFile, *, tube: str | None) -> list[Fault]:
    """Every gate dimension and named marker that the file's header lacks."""
    try:
        channels = _named(read_fcs_header(planned.path, name=planned.name).channels, planned)
    except InputError as error:
        return list(error.faults)
    except ValueFault as fault:
        return [fault.at(planned.name, "markers")]
    return list(_missing(plan, planned, channels, tube))


def _missing(
    plan: Plan, planned: PlannedFile, channels: tuple[Channel, ...], tube: str | None
) -> Iterator[Fault]:
    strategy = plan.strategy
    for gate in strategy.gates_of(tube):
        for dimension in dict.fromkeys(gate.dimensions):
            try:
                _locate(strategy, channels, dimension)
            except ValueFault as fault:
                expected = f"{fault.expected} {planned.name}"
                where, line = gate_place(plan, gate, dimension)
                yield Fault(strategy.path, where, expected, fault.received, fault.do, line)


def _locate(strategy: Strategy, channels: tuple[Channel, ...], dimension: str) -> None:
    """Raise `ValueFault` where the file lacks a channel of the dimension; dyes are no channels."""
    stated = strategy.dimension(dimension)
    if stated is None:
        locate(channels, dimension)
        return
    matrix = dict(strategy.matrices).get(stated.compensation)
    dyes = () if matrix is None else matrix.names
    if matrix is not None and set(stated.of) & set(dyes):
        columns_of(tuple(channel.name for channel in channels), matrix)
    for name in stated.of:
        if name not in dyes:
            locate(channels, name)


def _named(channels: tuple[Channel, ...], planned: PlannedFile) -> tuple[Channel, ...]:
    return with_markers(channels, dict(planned.entry.markers))


def _beside(plan: Plan, planned: PlannedFile) -> tuple[FileDigest, ...]:
    """The table that the matrix came from, where it is not the file itself."""
    choice = planned.entry.compensation
    if choice in ("file", "none"):
        return ()
    content = (plan.folder / choice).read_bytes()
    return (FileDigest(choice, hashlib.sha256(content).hexdigest()),)


def _matrix(
    plan: Plan, planned: PlannedFile, acquisition: Acquisition
) -> tuple[Spillover | None, tuple[str, ...]]:
    choice = planned.entry.compensation
    if choice == "none":
        return None, ()
    if choice != "file":
        return read_spillover_table(plan.folder / choice, name=choice), ()
    return acquisition.spillover, _own(planned, acquisition)


def _own(planned: PlannedFile, acquisition: Acquisition) -> tuple[str, ...]:
    """Flags about the file's own matrix; raises `InputError` where it cannot be read."""
    if acquisition.spillover_fault:
        expected, do = "a compensation matrix", "re-export it, or state compensation"
        received = f"one that cannot be read ({acquisition.spillover_fault.split(':')[0]})"
        raise InputError(Fault(planned.name, "compensation", expected, received, do))
    return () if acquisition.spillover else (UNCOMPENSATED,)


def _of_the_file(
    plan: Plan, planned: PlannedFile, acquisition: Acquisition, tube: str | None
) -> tuple[str, ...]:
    """The same where gates look through the file's own matrix, however the file is read."""
    names = {name for gate in plan.strategy.gates_of(tube) for name in gate.dimensions}
    stated = (plan.strategy.dimension(name) for name in names)
    if any(one is not None and one.compensation == "file" for one in stated):
        return _own(planned, acquisition)
    return ()
