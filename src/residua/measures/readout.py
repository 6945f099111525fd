"""Single dimensions of an acquisition, compensated and scaled for the rows that are asked for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault, nearest
from residua.facts.acquisition import Acquisition, Channel, Spillover, find_column
from residua.facts.gating import Strategy
from residua.facts.scales import Scale
from residua.measures.scale import apply_scale
from residua.measures.spillover import CHUNK, columns_of, unmixing

Rows = NDArray[np.intp]
Values = NDArray[np.float64]
_TOP = 0.99  # of the range; amplifiers and exports clip slightly below it


@dataclass(frozen=True, eq=False)
class Readout:
    """An acquisition seen through a compensation and the scales of a strategy."""

    acquisition: Acquisition
    strategy: Strategy
    columns: tuple[int, ...] = ()
    inverse: NDArray[np.float64] | None = None

    def linear(self, dimension: str, rows: Rows | None = None) -> Values:
        """Compensated linear values (float64) of a marker or channel, of `rows` or of all.

        Raises `ValueFault` for a dimension that the file lacks.
        """
        column = locate(self.acquisition.channels, dimension)
        events = self.acquisition.events
        if self.inverse is None or column not in self.columns:
            chosen = events[:, column] if rows is None else events[rows, column]
            return chosen.astype(np.float64)
        weights = self.inverse[:, self.columns.index(column)]
        dyes = np.array(self.columns)
        count = len(events) if rows is None else len(rows)
        values = np.empty(count)
        for first in range(0, count, CHUNK):
            part = slice(first, first + CHUNK)
            chunk = events[part] if rows is None else events[rows[part]]
            with np.errstate(invalid="ignore"):  # what is not finite stays so, and is flagged
                values[part] = chunk.take(dyes, axis=1).astype(np.float64) @ weights
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
        return apply_scale(self.linear(dimension, rows), self.scale(dimension))

    def scale(self, dimension: str) -> Scale:
        """The scale of a dimension, named by what the strategy calls it, its marker or channel."""
        channel = self.acquisition.channels[locate(self.acquisition.channels, dimension)]
        return self.strategy.scale_of(dimension, channel.marker, channel.name)


def read_out(
    acquisition: Acquisition, strategy: Strategy, *, compensation: Spillover | None
) -> Readout:
    """The readout of an acquisition; raises `ValueFault` where the matrix does not fit."""
    if compensation is None:
        return Readout(acquisition, strategy)
    columns = tuple(columns_of(acquisition.names, compensation))
    return Readout(acquisition, strategy, columns, unmixing(compensation))


def locate(channels: tuple[Channel, ...], dimension: str) -> int:
    """The column of a dimension; raises `ValueFault` that names the nearest one."""
    column = find_column(channels, dimension)
    if column is None:
        known = [name for channel in channels for name in (channel.marker, channel.name) if name]
        raise ValueFault(
            "a marker or channel of the file", f"{dimension!r}", nearest(dimension, known)
        )
    return column
