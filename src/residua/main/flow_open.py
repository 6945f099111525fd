"""Opens a raw flow file as its strategy says: markers named, matrix chosen, gates checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Channel, with_markers
from residua.facts.gates import RectangleGate
from residua.facts.gating import Strategy
from residua.facts.mrd_result import FileDigest
from residua.main.flow_compensation import UNCHANGED, Compensation, choose_compensation
from residua.main.flow_plan import Plan, PlannedFile
from residua.main.flow_read import read_planned
from residua.measures.readout import Readout, locate, read_out
from residua.readers.fcs import read_fcs_header
from residua.readers.toml_places import PathOf, read_toml


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
    flags = (*acquisition.flags, *chosen.flags)
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
    for path, dimension in _dimensions(strategy, tube):
        try:
            _locate(strategy, channels, dimension)
        except ValueFault as fault:
            expected = f"{fault.expected} {planned.name}"
            where = f"gate {int(path[1]) + 1}, {dimension}"
            line = _line(plan, path)
            yield Fault(strategy.path, where, expected, fault.received, fault.do, line)


def _locate(strategy: Strategy, channels: tuple[Channel, ...], dimension: str) -> None:
    """Raise `ValueFault` where the file lacks a channel of the dimension; dyes are no channels."""
    stated = strategy.dimension(dimension)
    matrix = dict(strategy.matrices).get(stated.compensation) if stated else None
    dyes = () if matrix is None else matrix.names
    for name in (dimension,) if stated is None else stated.of:
        if name not in dyes:
            locate(channels, name)


def _line(plan: Plan, path: PathOf) -> int | None:
    """The line of flow.toml; gates of other programs are named, not placed."""
    if plan.gates.suffix.lower() != ".toml":
        return None
    _, places = read_toml(plan.gates, name=plan.strategy.path)
    return places.line(path)


def _named(channels: tuple[Channel, ...], planned: PlannedFile) -> tuple[Channel, ...]:
    return with_markers(channels, dict(planned.entry.markers))


def _dimensions(strategy: Strategy, tube: str | None) -> list[tuple[PathOf, str]]:
    """(place in flow.toml, dimension) of every gate of the tube, each dimension of a gate once."""
    found: list[tuple[PathOf, str]] = []
    for place, gate in enumerate(strategy.gates):
        if gate.tube not in (None, tube):
            continue
        if isinstance(gate, RectangleGate):
            found += [(("gate", place, "limits", name), name) for name in gate.dimensions]
        else:
            keys = ("x", "y")
            found += [
                (("gate", place, key), name)
                for key, name in zip(keys, gate.dimensions, strict=False)
            ]
    return found
