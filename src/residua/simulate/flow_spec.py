"""What a simulated tube is made of, and its TOML file; see docs/reference/simulate-flow.md."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Spillover
from residua.readers.toml_table import Table, as_number
from residua.simulate.assumptions import assumed
from residua.simulate.spec_file import read_spec

KIND = "residua.simulate.flow"
_MOST_POPULATIONS = 250  # a label is one byte
ChannelKind = Literal["fluorescence", "scatter", "height", "time"]
_KINDS: tuple[ChannelKind, ...] = ("fluorescence", "scatter", "height", "time")


@dataclass(frozen=True)
class SimulatedChannel:
    """One channel; a height channel follows the area channel `area`."""

    name: str
    marker: str = ""
    kind: ChannelKind = "fluorescence"
    area: str | None = None
    range: float = 262144.0

    @property
    def label(self) -> str:
        """How levels name it: by its marker, or by its name where it has none."""
        return self.marker or self.name


@dataclass(frozen=True)
class Level:
    """A log-normal level: linear `median`, `spread` in log10; `positive` share, rest negative."""

    channel: str
    median: float
    spread: float
    positive: float = 1.0

    def __post_init__(self) -> None:
        if not self.median > 0:
            raise ValueFault("a median above 0", "0 or less", "correct it, or leave it negative")
        if not 0 <= self.spread <= 2:
            raise ValueFault("a spread of 0 to 2 decades", "another number", "correct it")
        if not 0 <= self.positive <= 1:
            raise ValueFault("a positive share of 0 to 1", "another number", "correct it")


@dataclass(frozen=True)
class Population:
    """Cells of one kind: an exact `count`, or a `fraction` of the cells that counts leave."""

    name: str
    levels: tuple[Level, ...]
    count: int | None = None
    fraction: float | None = None

    def __post_init__(self) -> None:
        if (self.count is None) == (self.fraction is None):
            raise ValueFault("a count or a fraction", "both or none", "state exactly one")
        if (self.count or 0) < 0 or not 0 <= (self.fraction or 0) <= 1:
            raise ValueFault("a count of 0 or more, a fraction of 0 to 1", "another", "correct it")


@dataclass(frozen=True)
class FlowSpec:
    """A whole simulated tube of `events`, of which shares are debris and doublets."""

    events: int
    seed: int
    channels: tuple[SimulatedChannel, ...]
    populations: tuple[Population, ...]
    debris: float = 0.0
    doublets: float = 0.0
    duration: float = 300.0
    date: str = ""
    spillover: Spillover | None = None

    def __post_init__(self) -> None:
        if self.events < 0 or self.seed < 0:
            raise ValueFault("events and seed of 0 or more", "a negative one", "correct it")
        if not (self.debris >= 0 and self.doublets >= 0 and self.debris + self.doublets < 1):
            raise ValueFault("debris and doublets of 0 to below 1", "others", "correct them")
        shares = [p.fraction for p in self.populations if p.fraction is not None]
        if shares and abs(sum(shares) - 1) > 1e-6:
            raise ValueFault("fractions that add up to 1", "another sum", "correct the fractions")
        if sum(p.count or 0 for p in self.populations) > self.cells:
            raise ValueFault("counts that fit into the cells", "more", "raise events")
        if not shares and sum(p.count or 0 for p in self.populations) != self.cells:
            raise ValueFault("counts that fill the cells", "fewer", "add a fraction")
        _check_names(self.channels, self.populations)

    @property
    def cells(self) -> int:
        """Single cells: events less debris and doublets."""
        return self.events - round(self.debris * self.events) - round(self.doublets * self.events)


def _check_names(channels: Sequence[SimulatedChannel], populations: Sequence[Population]) -> None:
    names = [channel.name for channel in channels]
    if len(set(names)) < len(names) or not names:
        raise ValueFault("channels with names of their own", "one twice, or none", "rename it")
    if any(channel.area is not None and channel.area not in names for channel in channels):
        raise ValueFault("the name of an area channel", "an unknown one", "correct area")
    kinds = [population.name for population in populations]
    if len({*kinds, "debris", "doublet"}) < len(kinds) + 2 or len(kinds) > _MOST_POPULATIONS:
        raise ValueFault("populations with names of their own", "one twice", "rename it")


def read_flow_spec(path: Path | str, *, name: str | None = None) -> FlowSpec:
    """The spec of a TOML file; raises `InputError` with every fault, by line."""
    return read_spec(path, _spec, name=name)


def _spec(top: Table) -> FlowSpec | None:
    top.only(
        "kind", "version", "events", "seed", "debris", "doublets", "duration", "date",
        "channel", "population", "spillover",
    )  # fmt: skip
    top.word("kind", (KIND,), required=True)
    top.text("version")
    numbers = {"debris": top.number("debris"), "doublets": top.number("doublets")}
    numbers["duration"] = top.number("duration") or assumed("flow", "duration")
    events, seed = top.whole("events", required=True), top.whole("seed", required=True)
    channels = tuple(c for table in top.tables("channel") if (c := _channel(table)))
    labels = [label for c in channels for label in (c.label, c.name)]
    populations = [_population(table, labels, channels) for table in top.tables("population")]
    spillover = _spillover(top, channels)
    if events is None or seed is None or None in populations or not top.faults.none():
        return None
    return top.made(
        lambda: FlowSpec(
            events=events,
            seed=seed,
            channels=channels,
            populations=tuple(p for p in populations if p is not None),
            date=top.text("date") or "",
            spillover=spillover,
            **{key: value or 0.0 for key, value in numbers.items()},
        )
    )


def _channel(table: Table) -> SimulatedChannel | None:
    table.only("name", "marker", "kind", "area", "range")
    name = table.text("name", required=True)
    rest: dict[str, Any] = {
        "marker": table.text("marker") or "",
        "kind": table.word("kind", _KINDS) or "fluorescence",
        "area": table.text("area"),
        "range": table.number("range") or 262144.0,
    }
    if (rest["kind"] == "height") != (rest["area"] is not None):
        table.wrong(ValueFault("an area channel for a height", "one of the two", "state both"))
    return SimulatedChannel(name, **rest) if name else None


def _population(
    table: Table, labels: Sequence[str], channels: Sequence[SimulatedChannel]
) -> Population | None:
    table.only("name", "count", "fraction", "levels")
    name = table.text("name", required=True)
    count, fraction = table.whole("count"), table.number("fraction")
    levels = table.table("levels")
    read = [] if levels is None else [_level(levels, label, labels) for label in levels.data]
    if name is None or None in read:
        return None
    kept = tuple(level for level in read if level is not None)
    missing = [c.label for c in channels if c.kind == "scatter"]
    missing = [label for label in missing if label not in {level.channel for level in kept}]
    if missing:
        table.wrong(ValueFault(f"a level for {missing[0]}", "none", "add it"), "levels")
    return table.made(lambda: Population(name, kept, count, fraction))


def _level(levels: Table, label: str, labels: Sequence[str]) -> Level | None:
    if label not in labels:
        levels.wrong(ValueFault("a marker or channel", f"{label!r}", nearest(label, labels)), label)
        return None
    value = levels.data[label]
    if not isinstance(value, dict):
        median = as_number(levels, value, label)
        if median is None:
            return None
        return levels.made(partial(Level, label, median, assumed("flow", "positive_spread")), label)
    table = Table(value, (*levels.path, label), levels.faults)
    table.only("median", "spread", "positive")
    median = table.number("median", required=True)
    given, share = table.number("spread"), table.number("positive")
    if median is None:
        return None
    spread = assumed("flow", "positive_spread") if given is None else given
    return table.made(partial(Level, label, median, spread, 1.0 if share is None else share))


def _spillover(top: Table, channels: Sequence[SimulatedChannel]) -> Spillover | None:
    table = top.table("spillover")
    if table is None:
        return None
    names = [channel.name for channel in channels]
    chosen = [name for name in names if any(name in (row, *_row(table, row)) for row in table.data)]
    matrix = np.eye(len(chosen))
    for row in table.data:
        for column, value in _row(table, row).items():
            number = as_number(table, value, row, column)
            if row not in names or column not in names or row == column:
                fault = ValueFault("two different channels of the file", "others", "correct it")
                table.wrong(fault, row, column)
            elif number is not None:
                matrix[chosen.index(row), chosen.index(column)] = number
    return Spillover(tuple(chosen), matrix) if chosen else None


def _row(table: Table, row: str) -> dict[str, Any]:
    value = table.table(row)
    return {} if value is None else value.data
