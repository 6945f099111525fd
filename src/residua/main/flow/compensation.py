"""Which matrix compensates a file: its own, one from a table, or that of its single stains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from residua.errors import Fault, InputError, ValueFault
from residua.facts.acquisition import Acquisition, Channel, Spillover, plain_name
from residua.facts.detectors import light_channels, pulse_of
from residua.facts.mrd_result import FileDigest
from residua.main.flow.controls import Controls, read_controls
from residua.main.flow.plan import Plan, PlannedFile
from residua.measures.compensation.estimate import SpilloverEstimate, estimate_spillover
from residua.measures.compensation.residuals import compensated
from residua.readers.digest import digest_of
from residua.readers.spillover_table import read_spillover_table

SINGLE_STAINS = "single stains"
UNCOMPENSATED = "the file holds no compensation matrix; its values are used as they are"
_BRIGHT = 0.995  # quantile of the sample's events (Residua's choice)
_REACH = 0.95  # quantile of a control's positives that they may not exceed (Residua's choice)


@dataclass(frozen=True, eq=False)
class Compensation:
    """The matrix of a file, what was unusual about it, and the files it came from."""

    matrix: Spillover | None
    flags: tuple[str, ...] = ()
    beside: tuple[FileDigest, ...] = ()
    controls: Controls | None = None


UNCHANGED = Compensation(None)


def choose_compensation(plan: Plan, planned: PlannedFile, acquisition: Acquisition) -> Compensation:
    """The compensation that the strategy states for a file whose markers are named.

    Raises `InputError` where the matrix or the controls cannot be read or do not fit the file.
    """
    choice = planned.entry.compensation
    if choice == "none":
        return UNCHANGED
    if choice == SINGLE_STAINS:
        return _from_controls(plan, planned, acquisition)
    if choice != "file":
        return _from_table(plan, choice, acquisition.channels)
    return own_compensation(planned, acquisition)


def own_compensation(planned: PlannedFile, acquisition: Acquisition) -> Compensation:
    """The matrix that a file holds; raises `InputError` where it cannot be read."""
    if acquisition.spillover_fault:
        expected, do = "a compensation matrix", "re-export it, or state compensation"
        received = f"one that cannot be read ({acquisition.spillover_fault.split(':')[0]})"
        raise InputError(Fault(planned.name, "compensation", expected, received, do))
    done = acquisition.compensated or acquisition.spillover
    return Compensation(acquisition.to_compensate, () if done else (UNCOMPENSATED,))


def _from_table(plan: Plan, choice: str, channels: tuple[Channel, ...]) -> Compensation:
    matrix = read_spillover_table(plan.folder / choice, name=choice, channels=channels)
    flags = tuple(
        f"{channel.name} ({channel.marker}) is not in {choice}; its values are used as they are"
        for channel in light_channels(channels)
        if plain_name(channel.marker) and channel.name not in matrix.channels
    )
    return Compensation(matrix, flags, (digest_of(plan.folder, choice),))


def _from_controls(plan: Plan, planned: PlannedFile, acquisition: Acquisition) -> Compensation:
    if planned.entry.role == "single stain":
        expected, do = "a control as it was recorded", "leave compensation out"
        received = f"compensation {SINGLE_STAINS!r}"
        raise InputError(Fault(planned.name, "compensation", expected, received, do))
    controls = read_controls(plan, planned.entry.tube, acquisition.channels)
    absent = missing_dyes(controls, acquisition.channels)
    if absent:
        where, do = "compensation", "add a [[file]] with role = 'single stain' for each"
        expected = f"a single stain for each dye of {planned.name}"
        raise InputError(
            Fault(plan.strategy.path, where, expected, f"none for {', '.join(absent)}", do)
        )
    made = made_from(plan, controls)
    flags = (*controls.flags, *made.flags, *dim_controls(controls, made.spillover, acquisition))
    return Compensation(made.spillover, flags, controls.digests, controls)


def made_from(plan: Plan, controls: Controls) -> SpilloverEstimate:
    """The matrix that controls give; raises `InputError` where it has no inverse."""
    try:
        return estimate_spillover(controls.populations, controls.detectors)
    except ValueFault as fault:
        raise InputError(fault.at(plan.strategy.path, "single stains")) from fault


def missing_dyes(controls: Controls, channels: Sequence[Channel]) -> tuple[str, ...]:
    """The fluorescence channels with a marker that no control is for, by marker and channel."""
    known = {pulse_of(dye) for dye in controls.dyes}
    return tuple(
        f"{channel.marker} ({channel.name})"
        for channel in light_channels(channels)
        if plain_name(channel.marker) and pulse_of(channel.name) not in known
    )


def dim_controls(
    controls: Controls, matrix: Spillover, acquisition: Acquisition
) -> tuple[str, ...]:
    """A flag for every control that the sample outshines: its slope is carried on beyond it."""
    places = [acquisition.names.index(name) for name in matrix.channels]
    light = acquisition.events[:: max(len(acquisition.events) // 100_000, 1), places]
    light = light[np.isfinite(light).all(axis=1)]
    if not len(light):
        return ()
    values, names = compensated(light.astype(np.float64), matrix.channels, matrix)
    flags = []
    for control in controls.populations:
        dye = controls.detectors[control.own]
        bright = np.quantile(values[:, names.index(dye)], _BRIGHT)
        reach = np.quantile(control.positive[:, control.own], _REACH)
        if bright > reach:
            times = f"{bright / reach:.2g} times" if reach > 0 else "far"
            flags.append(f"{dye}: the sample is {times} brighter than {control.name}")
    return tuple(flags)
