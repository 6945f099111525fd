"""Opens a raw flow file as its strategy says: markers named, matrix chosen, gates checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel, with_markers
from residua.facts.gating import Strategy
from residua.facts.mrd_result import FileDigest
from residua.main.flow.compensation import (
    UNCHANGED,
    Compensation,
    choose_compensation,
    own_compensation,
)
from residua.main.flow.places import gate_place
from residua.main.flow.plan import Plan, PlannedFile
from residua.main.flow.read import read_planned
from residua.measures.compensation.spillover import columns_of
from residua.measures.readout import Readout, locate, read_out
from residua.readers.fcs import read_fcs_header


@dataclass(frozen=True, eq=False)
class OpenFile:
    """A file that was read, the files read with it, and what was unusual about opening it."""

    planned: PlannedFile
    readout: Readout
    flags: tuple[str, ...]
    beside: tuple[FileDigest, ...] = ()
    notes: tuple[str, ...] = ()
    compensation: Compensation = UNCHANGED


def open_file(plan: Plan, planned: PlannedFile, *, tube: str | None) -> OpenFile:
    """The file read out for the gates of `tube`.

    Raises `InputError` with everything that is wrong: the data, the markers it is said to
    hold, the matrix, and every gate dimension it lacks, also where its data are truncated.
    """
    faults = [*channel_faults(plan, planned, tube=tube)]
    try:
        acquisition = read_planned(planned)
    except InputError as error:
        known = set(faults)
        raise InputError([*faults, *(f for f in error.faults if f not in known)]) from error
    if faults:
        raise InputError(faults)
    named = replace(acquisition, channels=_named(acquisition.channels, planned))
    chosen = choose_compensation(plan, planned, named)
    try:
        readout = read_out(named, plan.strategy, compensation=chosen.matrix)
    except ValueFault as fault:
        raise InputError(fault.at(planned.name, "compensation")) from fault
    own = _flags_of_own(plan, planned, named, tube)
    flags = tuple(dict.fromkeys([*acquisition.flags, *chosen.flags, *own]))
    return OpenFile(planned, readout, flags, chosen.beside, compensation=chosen)


def channel_faults(plan: Plan, planned: PlannedFile, *, tube: str | None) -> list[Fault]:
    """Every gate dimension and named marker that the file's header lacks."""
    try:
        header = read_fcs_header(planned.path, name=planned.name, data_set=planned.entry.data_set)
        channels = _named(header.channels, planned)
    except InputError as error:
        return list(error.faults)
    except ValueFault as fault:
        return [fault.at(planned.name, "markers")]
    if planned.entry.role == "single stain":  # a control is never gated
        return []
    return list(_missing(plan, planned, channels, tube))


def _missing(
    plan: Plan, planned: PlannedFile, channels: tuple[Channel, ...], tube: str | None
) -> Iterator[Fault]:
    strategy = plan.strategy
    said: set[tuple[str, ...]] = set()
    for gate in strategy.gates_of(tube):
        for dimension in dict.fromkeys(gate.dimensions):
            try:
                _locate(strategy, channels, dimension)
            except ValueFault as fault:
                expected = f"{fault.expected} {planned.name}"
                where, line = gate_place(plan, gate, dimension)
                told = (fault.expected, fault.received, fault.do)
                if line is None and told in said:  # one cause behind many gates of another program
                    continue
                said.add(told)
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


def _flags_of_own(
    plan: Plan, planned: PlannedFile, acquisition: Acquisition, tube: str | None
) -> tuple[str, ...]:
    """Flags about the file's own matrix where gates look through it, however the file is read."""
    names = {name for gate in plan.strategy.gates_of(tube) for name in gate.dimensions}
    stated = (plan.strategy.dimension(name) for name in names)
    if any(one is not None and one.compensation == "file" for one in stated):
        return own_compensation(planned, acquisition).flags
    return ()
