"""Made-up flow cytometry with its truth: every event knows the population it came from.

A level is log-normal; a channel without a level is negative, Gaussian around autofluorescence.
Dyes spill over by the given matrix, and light adds noise that grows with its square root. The
numbers behind this are choices (assumptions.toml), not findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition, Channel
from residua.simulate.assumptions import assumed
from residua.simulate.flow_spec import FlowSpec, Level, Population, SimulatedChannel

Floats = NDArray[np.float32]
Labels = NDArray[np.uint8]
DEBRIS, DOUBLET = "debris", "doublet"
_CHUNK = 1 << 17


@dataclass(frozen=True, eq=False)
class SimulatedFlow:
    """Simulated events with their truth.

    `labels` (n,) point into `names`; `counts` are events per name, `positives` for a bimodal
    level of a population the cells that carry the antigen: ``{population: {marker: cells}}``.
    """

    acquisition: Acquisition
    labels: Labels
    names: tuple[str, ...]
    counts: Mapping[str, int]
    positives: Mapping[str, Mapping[str, int]]


def simulate_events(spec: FlowSpec) -> SimulatedFlow:
    """The events of `spec`, the same for the same seed."""
    random = np.random.default_rng(spec.seed)
    sizes = population_sizes(spec)
    names = (*(population.name for population in spec.populations), DEBRIS, DOUBLET)
    parts = [
        _cells(spec, population, size, random)
        for population, size in zip(spec.populations, sizes, strict=True)
    ]
    parts.append(_debris(spec, round(spec.debris * spec.events), random))
    parts.append(_doublets(spec, round(spec.doublets * spec.events), random))
    events = np.concatenate(parts)
    labels = np.repeat(np.arange(len(parts), dtype=np.uint8), [len(part) for part in parts])
    order = random.permutation(len(events))
    events, labels = events[order], labels[order]
    _detect(events, spec, random)
    events.setflags(write=False)
    counts = {name: len(part) for name, part in zip(names, parts, strict=True)}
    return SimulatedFlow(
        acquisition=_acquisition(events, spec),
        labels=labels,
        names=names,
        counts=MappingProxyType(counts),
        positives=MappingProxyType(_positives(spec, sizes)),
    )


def population_sizes(spec: FlowSpec) -> tuple[int, ...]:
    """Cells per population: exact counts, and fractions of what they leave by largest remainder."""
    left = spec.cells - sum(population.count or 0 for population in spec.populations)
    shares = [left * (population.fraction or 0.0) for population in spec.populations]
    sizes = [
        int(share) if population.count is None else population.count
        for population, share in zip(spec.populations, shares, strict=True)
    ]
    missing = spec.cells - sum(sizes)
    by_remainder = sorted(
        (place for place, population in enumerate(spec.populations) if population.count is None),
        key=lambda place: (int(shares[place]) - shares[place], place),
    )
    for place in by_remainder[:missing]:
        sizes[place] += 1
    return tuple(sizes)


def _cells(
    spec: FlowSpec, population: Population, size: int, random: np.random.Generator
) -> Floats:
    """(size, c) cells as they emit light, before spillover and detection."""
    events = np.zeros((size, len(spec.channels)), np.float32)
    levels = {level.channel: level for level in population.levels}
    for place, channel in enumerate(spec.channels):
        level = levels.get(channel.label, levels.get(channel.name))
        if channel.kind in ("fluorescence", "scatter"):
            events[:, place] = _values(level, size, random)
    _heights(events, spec, random)
    return events


def _values(level: Level | None, size: int, random: np.random.Generator) -> NDArray[np.float64]:
    mean, spread = assumed("flow", "negative_mean"), assumed("flow", "negative_spread")
    negative = random.normal(mean, spread, size)
    if level is None:
        return negative
    positive = level.median * 10 ** random.normal(0, level.spread, size)
    # The cells stand in no order yet, so the first ones may be the positive ones.
    return np.where(np.arange(size) < _carriers(level, size), positive, negative)


def _carriers(level: Level, size: int) -> int:
    return round(level.positive * size)


def _heights(events: Floats, spec: FlowSpec, random: np.random.Generator) -> None:
    """Fill the height channels of single cells from their areas, in place."""
    names = [channel.name for channel in spec.channels]
    spread = assumed("flow", "height_spread")
    for place, channel in enumerate(spec.channels):
        if channel.area is not None:
            area = events[:, names.index(channel.area)]
            events[:, place] = area * 10 ** random.normal(0, spread, len(events))


def _debris(spec: FlowSpec, size: int, random: np.random.Generator) -> Floats:
    share, spread = assumed("flow", "debris_scatter"), assumed("flow", "debris_spread")
    levels = tuple(
        Level(channel.label, share * channel.range, spread)
        for channel in spec.channels
        if channel.kind == "scatter"
    )
    return _cells(spec, Population(DEBRIS, levels, count=size), size, random)


def _doublets(spec: FlowSpec, size: int, random: np.random.Generator) -> Floats:
    """Pairs of cells of the populations given by fraction: areas add, the larger height counts."""
    pair = []
    for _ in range(2):
        shares = [population.fraction or 0.0 for population in spec.populations]
        sizes = random.multinomial(size, shares) if sum(shares) else np.zeros(len(shares), int)
        cells = [
            _cells(spec, population, int(count), random)
            for population, count in zip(spec.populations, sizes, strict=True)
        ]
        pair.append(np.concatenate(cells)[random.permutation(int(sizes.sum()))])
    heights = [channel.kind == "height" for channel in spec.channels]
    return np.where(heights, np.maximum(*pair), pair[0] + pair[1]).astype(np.float32)


def _detect(events: Floats, spec: FlowSpec, random: np.random.Generator) -> None:
    """Spillover, photon and electronic noise, the clock and the top of each range, in place."""
    names = [channel.name for channel in spec.channels]
    dyes = [place for place, c in enumerate(spec.channels) if c.kind == "fluorescence"]
    mixing = np.eye(len(dyes))
    if spec.spillover is not None:
        places = [dyes.index(names.index(name)) for name in spec.spillover.channels]
        mixing[np.ix_(places, places)] = spec.spillover.matrix
    photons, noise = assumed("flow", "photon_noise"), assumed("flow", "electronic_noise")
    for first in range(0, len(events), _CHUNK):
        rows = slice(first, first + _CHUNK)
        seen = events[rows, dyes].astype(np.float64) @ mixing
        width = np.sqrt(noise**2 + photons**2 * np.maximum(seen, 0))
        events[rows, dyes] = seen + width * random.standard_normal(seen.shape)
    for place, channel in enumerate(spec.channels):
        if channel.kind == "time":
            ticks = random.uniform(0, spec.duration / assumed("flow", "timestep"), len(events))
            events[:, place] = np.floor(np.sort(ticks))
        else:
            np.minimum(events[:, place], channel.range - 1, out=events[:, place])


def _acquisition(events: Floats, spec: FlowSpec) -> Acquisition:
    keywords = {
        "$CYT": "Residua simulator",
        "$TIMESTEP": str(assumed("flow", "timestep")),
        "RESIDUA_SIMULATED": str(spec.seed),
    }
    if spec.date:
        keywords["$DATE"] = spec.date
    return Acquisition(
        events=events,
        channels=tuple(_channel(channel) for channel in spec.channels),
        keywords=MappingProxyType(keywords),
        spillover=spec.spillover,
        instrument=keywords["$CYT"],
        acquired=spec.date,
        flags=("simulated",),
    )


def _channel(channel: SimulatedChannel) -> Channel:
    return Channel(channel.name, channel.marker, range=channel.range)


def _positives(spec: FlowSpec, sizes: tuple[int, ...]) -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for population, size in zip(spec.populations, sizes, strict=True):
        bimodal = [level for level in population.levels if level.positive < 1]
        if bimodal:
            found[population.name] = {level.channel: _carriers(level, size) for level in bimodal}
    return found
