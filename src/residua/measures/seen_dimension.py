"""One dimension of gates as it is computed from the columns of an event matrix."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass

import numpy as np

from residua.facts.acquisition import Events
from residua.facts.scale_curves import exact_scale
from residua.facts.scales import Hyperlog, Linear, Log, Logicle, Scale
from residua.measures.kernels.contract import Kernels, Rows, Values
from residua.measures.linear_limit import Bounds, linear_limit
from residua.measures.scale import apply_scale
from residua.measures.scale_table import ScaleTable, table_of

WIDE = (-math.inf, math.inf)
_MOST, _LEAST = sys.float_info.max, sys.float_info.min
_NEWTON = 1e-8  # of the scale, for curves without a table
_CLOSED = 1e-12  # for closed forms, which two libraries round differently


@dataclass(frozen=True, eq=False)
class Source:
    """The columns of the events whose weighted sum is one (compensated) channel."""

    columns: Rows
    weights: Values


@dataclass(frozen=True, eq=False)
class SeenDimension:
    """What a gate looks at: one channel, or the `ratio` of two, on a scale, within bounds."""

    sources: tuple[Source, ...]
    scale: Scale
    ratio: tuple[float, float, float] | None = None
    bounds: Bounds = WIDE

    def linear(self, kernels: Kernels, events: Events, rows: Rows) -> Values:
        """Compensated linear values of `rows`; no ratio where one of its values is not finite."""
        parts = [
            kernels.unmix(events, source.columns, source.weights, rows) for source in self.sources
        ]
        if self.ratio is None:
            return parts[0]
        a, b, c = self.ratio
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            share = a * (parts[0] - b) / (parts[1] - c)
        return np.where(np.isfinite(parts[0]) & np.isfinite(parts[1]), share, np.nan)

    def counted(self, linear: Values) -> Values:
        """Linear values as gates count them: nan, in no gate, where one is not finite.

        A ratio beyond all numbers lies beyond its bounds, and what has no logarithm below
        them, where bounds are stated.
        """
        if self.ratio is not None and self.bounds != WIDE:
            linear = np.clip(linear, -_MOST, _MOST)
        known = np.where(np.isfinite(linear), linear, np.nan)
        if isinstance(self.scale, Log) and self.bounds[0] > -math.inf:
            known = np.maximum(known, _LEAST)
        return known

    def limits(self, low: float, high: float) -> tuple[float, float]:
        """The linear values at which the scaled ones reach two limits."""
        return (
            linear_limit(self.scale, low, self.bounds),
            linear_limit(self.scale, high, self.bounds),
        )

    def exact(self, counted: Values) -> Values:
        """Scaled values (n,) as gates mean them, exact to rounding; nan stays."""
        some, places = np.unique(counted, return_inverse=True)
        known = np.isfinite(some)
        some[known] = exact_scale(some[known], self.scale)
        return np.asarray(np.clip(some[places], *self.bounds))

    def plainly(self, linear: Values) -> Values:
        """As `near`, without a table of straight pieces; a channel's ``inf`` stays ``inf``."""
        if self.ratio is None and self.bounds == WIDE:
            return apply_scale(linear, self.scale)
        return np.asarray(np.clip(apply_scale(self.counted(linear), self.scale), *self.bounds))

    def near(self, kernels: Kernels, counted: Values) -> Values:
        """As `exact`, off by at most `error`, and fast."""
        table = self.table
        if table is None:
            scaled = apply_scale(counted, self.scale)
        else:
            scaled = kernels.look_up(counted, table.shape, table.nodes)
            beyond = np.flatnonzero(np.isnan(scaled) & np.isfinite(counted))
            scaled[beyond] = apply_scale(counted[beyond], self.scale)
        return scaled if self.bounds == WIDE else np.clip(scaled, *self.bounds)

    @property
    def error(self) -> float:
        """How far `near` may lie from `exact`, in units of the scale."""
        if self.table is not None:
            return self.table.error
        if isinstance(self.scale, Linear):
            return 0.0
        return _NEWTON if isinstance(self.scale, Logicle | Hyperlog) else _CLOSED

    @property
    def table(self) -> ScaleTable | None:
        """The table of the scale, where it has one."""
        return table_of(self.scale)
