"""The gates of single and of nucleated cells, as the automatic reader has found them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition
from residua.facts.gates import Gate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Dimension
from residua.measures.acquisition_quality import measure_quality
from residua.measures.acquisition_quality.doublets import pulse_of_singles
from residua.measures.acquisition_quality.steps import StatedGate
from residua.measures.preflight.display import displayed
from residua.measures.preflight.panel import Panel
from residua.measures.preflight.prepared import PreparedSample

Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]
SINGLES, NUCLEATED = "single cells", "nucleated cells"
WIDE = 3.0  # units of the scale beyond the last event: a gate that is open to that side
_GRID = 96  # places tried for each edge


@dataclass(frozen=True)
class CellGates:
    """The gates, the dimensions they need, and the name of the innermost; "" without any."""

    gates: tuple[Gate, ...]
    dimensions: tuple[Dimension, ...]
    innermost: str


def cell_gates(
    acquisition: Acquisition, sample: PreparedSample, panel: Panel, names: Mapping[str, str]
) -> CellGates:
    """Gates that keep the cells of `sample`, which was prepared from `acquisition`.

    `panel` holds the columns of its dimensions, `names` how gates call them. Doublets are cut as
    they were. Debris, which was told by all channels at once, is cut in the plane of forward
    scatter and CD45, where a corner is taken off so that the fewest events change sides.
    """
    everything = StatedGate("all", np.ones(len(acquisition.events), bool))
    measured = measure_quality(acquisition, stated={"debris": everything})
    rows = np.flatnonzero(measured.left)
    found: list[Gate] = []
    dimensions: tuple[Dimension, ...] = ()
    singles = _singles(acquisition, rows)
    if singles is not None:
        gate, dimensions = singles
        found.append(gate)
    parent = found[-1].name if found else None
    nucleated = _nucleated((acquisition, panel), sample, rows, names, parent)
    if nucleated is not None:
        found.append(nucleated)
    return CellGates(tuple(found), dimensions, found[-1].name if found else "")


def _singles(
    acquisition: Acquisition, rows: NDArray[np.intp]
) -> tuple[Gate, tuple[Dimension, ...]] | None:
    """The gate whose limit is the widest pulse that was kept."""
    pair = pulse_of_singles(acquisition.channels)
    if pair is None or not len(rows):
        return None
    over, under = pair
    made: tuple[Dimension, ...] = ()
    values = acquisition.events[rows, over].astype(np.float64)
    if under is None:
        name = acquisition.channels[over].name
    else:
        height = acquisition.events[rows, under].astype(np.float64)
        values = values[height > 0] / height[height > 0]
        name = f"{acquisition.channels[over].name} / {acquisition.channels[under].name}"
        of = (acquisition.channels[over].name, acquisition.channels[under].name)
        made = (Dimension(name, of, ratio=(1.0, 0.0, 0.0)),)
    if not len(values):
        return None
    limit = float(f"{np.nextafter(values.max(), np.inf) * (1 + 1e-5):.6g}")
    limits = (Limit(name, -math.inf, limit),)
    reason = "pulses no wider than those of single cells, as the quality step found"
    return RectangleGate(name=SINGLES, limits=limits, reason=reason), made


def _nucleated(
    file: tuple[Acquisition, Panel],
    sample: PreparedSample,
    rows: NDArray[np.intp],
    names: Mapping[str, str],
    parent: str | None,
) -> Gate | None:
    needed = ("FSC-A", "CD45")
    if not set(needed) <= set(sample.dimensions) or len(rows) <= len(sample):
        return None
    places = [sample.dimensions.index(name) for name in needed]
    kept = sample.events[:, places].astype(np.float64) * math.log(10)
    debris = np.setdiff1d(rows, sample.rows, assume_unique=True)
    columns = tuple(file[1].columns[file[1].dimensions.index(name)] for name in needed)
    lost = displayed(file[0], columns, debris).astype(np.float64) * math.log(10)
    size, white = corner_between(kept, lost)
    both = np.concatenate([kept, lost])
    (left, bottom), (right, top) = both.min(axis=0) - WIDE, both.max(axis=0) + WIDE
    corners = [
        *((left, white), (size, white), (size, bottom)),
        *((right, bottom), (right, top), (left, top)),
    ]
    return PolygonGate(
        name=NUCLEATED,
        parent=parent,
        x=names[needed[0]],
        y=names[needed[1]],
        points=tuple((round(float(x), 3), round(float(y), 3)) for x, y in corners),
        reason="without dark and small particles; these were told by all channels at once",
    )


def corner_between(kept: Floats, lost: Floats) -> tuple[float, float]:
    """The corner (x, y) below and left of which most of `lost` (m, 2) and fewest of `kept` lie."""
    both = np.concatenate([kept, lost])
    edges = [np.unique(np.quantile(both[:, n], np.linspace(0, 1, _GRID))) for n in (0, 1)]
    edges = [np.concatenate([own, np.linspace(own[0], own[-1], _GRID)]) for own in edges]
    edges = [np.unique(np.append(own, own[-1] + 1e-3)) for own in edges]
    counts = []
    for cloud in (kept, lost):
        table, _, _ = np.histogram2d(cloud[:, 0], cloud[:, 1], bins=edges)
        counts.append(np.pad(table, ((1, 0), (1, 0))).cumsum(axis=0).cumsum(axis=1))
    gain = counts[1] - counts[0]
    best = np.argwhere(gain == gain.max())  # the one in the middle of those as good
    x, y = best[np.abs(best - best.mean(axis=0)).sum(axis=1).argmin()]
    return float(edges[0][x]), float(edges[1][y])
