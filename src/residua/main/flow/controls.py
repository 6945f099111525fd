"""The single-stain controls of a strategy, read for the files that they are to compensate."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel
from residua.facts.detectors import is_scatter, light_channels
from residua.facts.mrd_result import FileDigest
from residua.main.flow.plan import Plan, PlannedFile
from residua.main.flow.read import read_planned
from residua.measures.compensation.estimate import check_each_once
from residua.measures.compensation.populations import (
    Control,
    Populations,
    brightest,
    populations_of,
)
from residua.measures.readout import locate

UNSTAINED = ("none", "unstained")
_MOST = 100_000  # events of a control, evenly spaced over the file: enough for any coefficient
_BEYOND = 1.05  # a file whose values pass its own range by more does not mean that range
Values = NDArray[np.float64]


@dataclass(frozen=True)
class Stain:
    """What a control is for: its `dye` by channel name, `stated` or found as the brightest."""

    file: str
    dye: str
    stated: bool


@dataclass(frozen=True, eq=False)
class Controls:
    """The controls of a tube: populations over `detectors`, which dye each is for, the files."""

    detectors: tuple[str, ...]
    populations: tuple[Populations, ...]
    stains: tuple[Stain, ...]
    digests: tuple[FileDigest, ...]
    flags: tuple[str, ...] = ()

    @property
    def dyes(self) -> tuple[str, ...]:
        """The channels that have a control, in their order."""
        return tuple(self.detectors[place] for place in sorted(p.own for p in self.populations))


def control_files(plan: Plan, tube: str | None) -> tuple[PlannedFile, ...]:
    """The single stains for `tube`: its own and those without a tube."""
    return tuple(
        PlannedFile(plan.folder / entry.path, entry.path, entry)
        for entry in plan.strategy.files
        if entry.role == "single stain" and entry.tube in (None, tube)
    )


def stained_files(plan: Plan, tube: str | None) -> tuple[PlannedFile, ...]:
    """Those of `control_files` that hold a dye."""
    return tuple(file for file in control_files(plan, tube) if not _unstained(file))


def read_controls(plan: Plan, tube: str | None, channels: tuple[Channel, ...]) -> Controls:
    """The controls for `tube` over the fluorescence `channels` of the file they are for.

    Raises `InputError` where there is none, or with everything that is wrong about them.
    """
    files = control_files(plan, tube)
    if not stained_files(plan, tube):
        expected, do = "single-stain controls", "add [[file]] with role = 'single stain'"
        raise InputError(Fault(plan.strategy.path, "file", expected, "none", do))
    read, faults = _read(files)
    light = [c for c in light_channels(channels) if all(c.name in a.names for a in read.values())]
    if not faults and not light:
        expected, do = "controls with the detectors of the sample", "record them with its panel"
        faults.append(Fault(plan.strategy.path, "file", expected, "none in common", do))
    if faults:
        raise InputError(faults)
    detectors = tuple(channel.name for channel in light)
    scatter = _scatter(read.values())
    made = {name: _control(name, read[name], detectors, scatter) for name in read}
    blank = next((made[file.name] for file in files if _unstained(file)), None)
    pairs = _pairs(stained_files(plan, tube), made, blank, light)
    populations = tuple(found for found, _ in pairs)
    try:
        check_each_once(populations, detectors)
    except ValueFault as fault:
        raise InputError(fault.at(plan.strategy.path, "file")) from fault
    digests = tuple(FileDigest(name, one.sha256) for name, one in read.items())
    flags = ("simulated",) if any("simulated" in one.flags for one in read.values()) else ()
    return Controls(detectors, populations, tuple(stain for _, stain in pairs), digests, flags)


def _unstained(file: PlannedFile) -> bool:
    return file.entry.stain in UNSTAINED


def _read(files: Sequence[PlannedFile]) -> tuple[dict[str, Acquisition], list[Fault]]:
    read: dict[str, Acquisition] = {}
    faults: list[Fault] = []
    for file in files:
        try:
            read[file.name] = read_planned(file)
        except InputError as error:
            faults += error.faults
    return read, faults


def _control(
    name: str, acquisition: Acquisition, detectors: Sequence[str], scatter: Sequence[str]
) -> Control:
    step = max(-(-len(acquisition.events) // _MOST), 1)

    def of(names: Sequence[str]) -> tuple[Values, Values]:
        places = [acquisition.names.index(name) for name in names]
        values = acquisition.events[::step, places].astype(np.float64)
        tops = (_top(acquisition.channels[place], values[:, n]) for n, place in enumerate(places))
        return values, np.array([*tops])

    (light, tops), (angles, ends) = of(detectors), of(scatter)
    return Control(name, light, angles, tops, ends)


def _scatter(read: Iterable[Acquisition]) -> tuple[str, ...]:
    """The scatter channels, by area or peak, that all files have."""
    files = tuple(read)
    return tuple(
        name
        for name in files[0].names
        if is_scatter(name)
        and not name.endswith(("H", "W"))
        and all(name in one.names for one in files)
    )


def _top(channel: Channel, values: Values) -> float:
    """The end of a detector's range in scale values; their largest where that lies beyond."""
    decades, first = channel.amplification
    stated = (first or 1.0) * 10**decades if decades > 0 else channel.range / channel.gain
    known = values[np.isfinite(values)]
    largest = float(known.max()) if len(known) else 0.0
    return largest if largest > _BEYOND * stated else float(stated)


def _pairs(
    files: Sequence[PlannedFile],
    made: dict[str, Control],
    blank: Control | None,
    light: Sequence[Channel],
) -> list[tuple[Populations, Stain]]:
    """The populations of every control and what it is for; raises `InputError` with all faults."""
    faults: list[Fault] = []
    pairs = []
    for file in files:
        stain, seen = file.entry.stain, ""
        try:
            bright = own = brightest(made[file.name], blank)
            if stain is not None:
                own = locate(tuple(light), stain)
                seen = f"; it is brightest in {light[bright].name}" * (own != bright)
            found = populations_of(made[file.name], own, blank)
            pairs.append((found, Stain(file.name, light[own].name, stain is not None)))
        except ValueFault as fault:
            told = ValueFault(fault.expected, fault.received + seen, fault.do)
            faults.append(told.at(file.name, "single stain"))
    if faults:
        raise InputError(faults)
    return pairs
