"""Scales whose name fits no channel of any file: they would be left unused without a word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from residua.errors import Fault, InputError, ValueFault, nearest
from residua.facts.acquisition import Channel, plain_name, with_markers
from residua.main.flow.places import line_of
from residua.main.flow.plan import Plan, PlannedFile
from residua.readers.fcs import read_fcs_header


def scale_faults(plan: Plan, files: Iterable[PlannedFile]) -> Iterator[Fault]:
    """A fault for every scale that fits no channel of `files`; none where a header is unread."""
    channels = _channels(files)
    names = _unfit(plan, channels or ())
    if not names or not channels:
        return
    known = {name for channel in channels for name in (channel.marker, channel.name) if name}
    for name in names:
        expected = "a marker or channel of a file of the strategy"
        problem = ValueFault(expected, f"{name!r}", nearest(name, known))
        yield problem.at(plan.strategy.path, f"scales, {name}", line_of(plan, ("scales", name)))


def scale_flags(plan: Plan) -> list[str]:
    """A flag for every scale that fits no channel, neither of the measured nor of the named files.

    A strategy serves several tubes, so the other files that it names count where they are there.
    """
    others = {entry.path for entry in plan.strategy.files}
    there = [plan.at(path) for path in sorted(others) if (plan.folder / path).is_file()]
    channels = _channels(plan.files)
    unfit = _unfit(plan, channels or ())
    if not channels or not unfit:
        return []
    elsewhere = _unfit(plan, _channels(there) or ())
    return [f"scale for {name} fits no channel" for name in unfit if name in elsewhere]


def _unfit(plan: Plan, channels: Iterable[Channel]) -> list[str]:
    fitting = {plain_name(name) for channel in channels for name in (channel.marker, channel.name)}
    fitting |= {plain_name(antigen.marker) for antigen in plan.strategy.antigens}
    return [name for name, _ in plan.strategy.scales if plain_name(name) not in fitting]


def _channels(files: Iterable[PlannedFile]) -> tuple[Channel, ...] | None:
    """The channels of all files by their headers; None where one cannot be read."""
    found: list[Channel] = []
    for file in files:
        try:
            header = read_fcs_header(file.path, name=file.name, data_set=file.entry.data_set)
            found += with_markers(header.channels, dict(file.entry.markers))
        except (InputError, ValueFault):
            return None
    return tuple(found)
