"""Single dimensions of an acquisition, compensated and scaled for the rows that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Acquisition, Channel, Spillover, find_column
from residua.facts.gating import Strategy
from residua.facts.scales import Scale
from residua.measures.compensation.spillover import columns_of, unmixing
from residua.measures.kernels.blocks import block_of, each_block
from residua.measures.kernels.choose import kernels_for
from residua.measures.kernels.contract import Rows, Values
from residua.measures.seen_dimension import SeenDimension, Source

_SAVED = 20.0  # ns that a compiled loop saves for each value
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
        seen, events = self.seen(dimension), self.acquisition.events
        count = len(events) if rows is None else len(rows)
        kernels, values = kernels_for(count, saved=_SAVED), np.empty(count)

        def read(first: int, last: int) -> None:
            matrix, inside = block_of(events, rows, first, last)
            values[first:last] = seen.linear(kernels, matrix, inside)

        each_block(count, read)
        return values

    def seen(self, dimension: str) -> SeenDimension:
        """How a dimension is computed; raises `ValueFault` for one that the file lacks."""
        stated = self.strategy.dimension(dimension)
        if stated is None:
            source = self._source(dimension, self.unmixing)
            return SeenDimension((source,), self.scale(dimension))
        unmixing = self._unmixing(stated.compensation)
        sources = tuple(self._source(name, unmixing) for name in stated.of)
        return SeenDimension(sources, stated.scale, stated.ratio, stated.bounds)

    def _unmixing(self, choice: str) -> Unmixing | None:
        if choice in ("sample", "none"):
            return self.unmixing if choice == "sample" else None
        matrix = dict(self.strategy.matrices).get(choice)
        if choice == "file":
            if self.acquisition.spillover_fault:
                received = "one that cannot be read"
                raise ValueFault("a compensation matrix in the file", received, "re-export it")
            matrix = self.acquisition.to_compensate
        return None if matrix is None else _unmix(self.acquisition, matrix)

    def _source(self, name: str, unmixing: Unmixing | None) -> Source:
        """A dye by its own name, else the channel, compensated where a dye has its name."""
        dyes = unmixing.dyes if unmixing is not None else ()
        called = name
        if name not in dyes:
            column = locate(self.acquisition.channels, name)
            called = self.acquisition.channels[column].name
        if unmixing is None or called not in dyes:
            return Source(np.array([column]), np.ones(1))
        weights = np.ascontiguousarray(unmixing.weights[:, dyes.index(called)])
        return Source(np.array(unmixing.columns), weights)

    def at_top(self, dimension: str, rows: Rows) -> int:
        """How many of `rows` share the file's highest value where that lies at the end of $PnR."""
        column = locate(self.acquisition.channels, dimension)
        channel, seen = self.acquisition.channels[column], self.acquisition.events[:, column]
        if not len(seen) or not seen.max() >= _TOP * channel.range / channel.gain:
            return 0
        return int(np.count_nonzero(seen[rows] == seen.max()))

    def scaled(self, dimension: str, rows: Rows | None = None) -> Values:
        """As `linear`, in the units of the dimension's scale."""
        return self.seen(dimension).plainly(self.linear(dimension, rows))

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
