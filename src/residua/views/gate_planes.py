"""In which plane each gate is drawn: gates of one parent share a plot where they can."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass

from residua.facts.acquisition import find_column
from residua.facts.gates import Gate
from residua.measures.readout import Readout

_MOST = 8  # gates in one plot; beyond, another plot of the same plane follows


@dataclass(frozen=True)
class GatePlane:
    """Two dimensions, and the gates drawn over them, each with its own names for the two."""

    x: str
    y: str
    gates: tuple[tuple[Gate, str, str], ...]


def identity(readout: Readout, dimension: str) -> Hashable:
    """What a dimension shows: two names of one channel on one scale have the same identity."""
    stated = readout.strategy.dimension(dimension)
    of = (dimension,) if stated is None else stated.of
    columns = tuple(_column(readout, name) for name in of)
    if stated is None:
        return (columns, "sample", None, readout.scale(dimension), None)
    bounds = None if stated.bounds == (float("-inf"), float("inf")) else stated.bounds
    return (columns, stated.compensation, stated.ratio, stated.scale, bounds)


def dimension_words(readout: Readout, dimension: str) -> str:
    """Marker and channel of a dimension; what the strategy calls it where it says so."""
    stated = readout.strategy.dimension(dimension)
    if stated is None:
        return _channel_words(readout, dimension)
    return stated.label or " / ".join(_channel_words(readout, name) for name in stated.of)


def plane_of(
    gate: Gate, readout: Readout, known: Iterable[tuple[str, str]] = ()
) -> tuple[str, str]:
    """The two dimensions of a gate's plot.

    A gate of one dimension goes where that is drawn already (`known`), else against side
    scatter.
    """
    named = list(dict.fromkeys(gate.dimensions))[:2]
    seen = {identity(readout, name) for name in named}
    if len(named) == 1:
        for pair in known:
            if seen & {identity(readout, name) for name in pair}:
                return pair
    places = [place for name in named for place in _places(readout, name)]
    for place in _partners(readout):
        if len(named) < 2 and place not in places:
            named.append(readout.acquisition.channels[place].name)
            places.append(place)
    return (named[0], named[1]) if len(named) == 2 else (named[0], named[0])


def gate_planes(gates: Sequence[Gate], readout: Readout) -> tuple[GatePlane, ...]:
    """The plots of gates of one parent (boolean gates have none), in file order."""
    flat = [gate for gate in gates if len(set(gate.dimensions)) > 1]
    known = [plane_of(gate, readout) for gate in flat]
    groups: dict[frozenset[Hashable], list[tuple[Gate, str, str]]] = {}
    planes: dict[frozenset[Hashable], tuple[str, str]] = {}
    for gate in gates:
        if not gate.dimensions:
            continue
        pair = plane_of(gate, readout, known)
        key = frozenset(identity(readout, name) for name in pair)
        plane = planes.setdefault(key, pair)
        x, y = (_own_name(gate, readout, name) for name in plane)
        groups.setdefault(key, []).append((gate, x, y))
    return tuple(
        GatePlane(*planes[key], tuple(group[n : n + _MOST]))
        for key, group in groups.items()
        for n in range(0, len(group), _MOST)
    )


def _own_name(gate: Gate, readout: Readout, dimension: str) -> str:
    """What the gate calls a dimension of the plane."""
    wanted = identity(readout, dimension)
    return next((n for n in gate.dimensions if identity(readout, n) == wanted), dimension)


def _column(readout: Readout, name: str) -> Hashable:
    """The column; a dye that no channel is named after stands for itself."""
    place = find_column(readout.acquisition.channels, name)
    return name if place is None else place


def _places(readout: Readout, dimension: str) -> tuple[Hashable, ...]:
    stated = readout.strategy.dimension(dimension)
    return tuple(_column(readout, name) for name in (stated.of if stated else (dimension,)))


def _partners(readout: Readout) -> list[int]:
    """Columns to draw a single dimension against: side scatter, forward scatter, any other."""
    channels = readout.acquisition.channels
    scatter = [n for n, c in enumerate(channels) if c.name.upper().startswith(("SSC", "FSC"))]
    scatter.sort(
        key=lambda n: (not channels[n].name.upper().startswith("SSC"), channels[n].name[-1:] != "A")
    )
    return [*scatter, *(n for n, c in enumerate(channels) if not c.is_time)]


def _channel_words(readout: Readout, name: str) -> str:
    place = find_column(readout.acquisition.channels, name)
    if place is None:
        return name
    channel = readout.acquisition.channels[place]
    words = f"{channel.marker} {channel.name}".strip()
    return words if channel.marker != channel.name else channel.name
