"""Single dimensions of an acquisition, compensated and scaled for the rows that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Acquisition, Channel, Spillover, find_column
from residua.facts.gating import Strategy
from residua.facts.scales import Log, Scale
from residua.measures.scale import apply_scale
from residua.measures.spillover import CHUNK, columns_of, unmixing

Rows = NDArray[np.intp]
Values = NDArray[np.float64]
_LEAST = np.finfo(np.float64).tiny
_TOP = 0.99  # of the range; amplifiers and exports clip slightly below it


@dataclass(frozen=True, eq=False)
class Unmixing:
    """A compensation ready for use: `weights` (c, d) turn the events' `columns` into `dyes`."""

    columns: tuple[int, ...]
    dyes: tuple[str, ...]
    weights: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Readout:
    """An acquisition seen through a compensation and the scales of a strategy."""

    acquisition: Acquisition
    strategy: Strategy
    unmixing: Unmixing | None = None

    def linear(self, dimension: str, rows: Rows | None = None) -> Values:
        """Compensated linear values (float64) of a dimension, of `rows` or of all.

        A dimension is a marker, a channel or a name of the strategy's dimensions. Raises
        `ValueFault` for one that the file lacks.
        """
        stated = self.strategy.dimension(dimension)
        if stated is None:
            return self._channel(dimension, self.unmixing, rows)
        unmixing = self._unmixing(stated.compensation)
        parts = [self._channel(name, unmixing, rows) for name in stated.of]
        if stated.ratio is None:
            return parts[0]
        a, b, c = stated.ratio
        with np.errstate(divide="ignore", invalid="ignore"):
            return a * (parts[0] - b) / (parts[1] - c)

    def _unmixing(self, choice: str) -> Unmixing | None:
        if choice in ("sample", "none"):
            return self.unmixing if choice == "sample" else None
        matrix = dict(self.strategy.matrices).get(choice)
        if choice == "file":
            matrix = self.acquisition.spillover
        return None if matrix is None else _unmix(self.acquisition, matrix)

    def _channel(self, name: str, unmixing: Unmixing | None, rows: Rows | None) -> Values:
        events = self.acquisition.events
        if unmixing is not None and name in unmixing.dyes:
            return self._unmixed(unmixing, unmixing.dyes.index(name), rows)
        column = locate(self.acquisition.channels, name)
        called = self.acquisition.channels[column].name
        if unmixing is None or called not in unmixing.dyes:
            chosen = events[:, column] if rows is None else events[rows, column]
            return chosen.astype(np.float64)
        return self._unmixed(unmixing, unmixing.dyes.index(called), rows)

    def _unmixed(self, unmixing: Unmixing, dye: int, rows: Rows | None) -> Values:
        events, seen = self.acquisition.events, np.array(unmixing.columns)
        count = len(events) if rows is None else len(rows)
        values = np.empty(count)
        for first in range(0, count, CHUNK):
            part = slice(first, first + CHUNK)
            chunk = events[part] if rows is None else events[rows[part]]
            with np.errstate(invalid="ignore"):  # what is not finite stays so, and is flagged
                values[part] = (
                    chunk.take(seen, axis=1).astype(np.float64) @ unmixing.weights[:, dye]
                )
        return values

    def at_top(self, dimension: str, rows: Rows) -> int:
        """How many of `rows` share the file's highest value where that lies at the end of $PnR."""
        column = locate(self.acquisition.channels, dimension)
        channel, seen = self.acquisition.channels[column], self.acquisition.events[:, column]
        if not len(seen) or not seen.max() >= _TOP * channel.range / channel.gain:
            return 0
        return int(np.count_nonzero(seen[rows] == seen.max()))

    def scaled(self, dimension: str, rows: Rows | None = None) -> Values:
        """As `linear`, in the units of the dimension's scale."""
        linear, scale = self.linear(dimension, rows), self.scale(dimension)
        stated = self.strategy.dimension(dimension)
        if stated is None:
            return apply_scale(linear, scale)
        if isinstance(scale, Log) and stated.bounds[0] > -np.inf:
            linear = np.maximum(linear, _LEAST)  # no logarithm: as little as can be, so the bound
        return np.clip(apply_scale(linear, scale), *stated.bounds)

    def scale(self, dimension: str) -> Scale:
        """The scale of a dimension, named by what the strategy calls it, its marker or channel."""
        stated = self.strategy.dimension(dimension)
        if stated is not None:
            return stated.scale
        channel = self.acquisition.channels[locate(self.acquisition.channels, dimension)]
        return self.strategy.scale_of(dimension, channel.marker, channel.name)


def read_out(
    acquisition: Acquisition, strategy: Strategy, *, compensation: Spillover | None
) -> Readout:
    """The readout of an acquisition; raises `ValueFault` where the matrix does not fit."""
    if compensation is None:
        return Readout(acquisition, strategy)
    return Readout(acquisition, strategy, _unmix(acquisition, compensation))


def _unmix(acquisition: Acquisition, matrix: Spillover) -> Unmixing:
    columns = tuple(columns_of(acquisition.names, matrix))
    return Unmixing(columns, matrix.names, unmixing(matrix))


def locate(channels: tuple[Channel, ...], dimension: str) -> int:
    """The column of a dimension; raises `ValueFault` that names the nearest one."""
    column = find_column(channels, dimension)
    if column is None:
        known = [name for channel in channels for name in (channel.marker, channel.name) if name]
        raise ValueFault(
            "a marker or channel of the file", f"{dimension!r}", nearest(dimension, known)
        )
    return column
