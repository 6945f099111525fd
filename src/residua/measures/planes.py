"""All events compensated and scaled at once, one plane per dimension."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from residua.facts.scales import Linear
from residua.measures.kernels.blocks import each_block, every_row, native
from residua.measures.kernels.choose import kernels_for
from residua.measures.kernels.contract import Kernels, PlanePlan
from residua.measures.readout import Readout
from residua.measures.seen_dimension import WIDE, SeenDimension
from residua.progress import Progress, silent

Planes = NDArray[np.float32]
_SAVED = 40.0  # ns that a compiled loop saves for each value


def scale_events(
    readout: Readout,
    dimensions: Sequence[str] | None = None,
    *,
    kernels: Kernels | None = None,
    progress: Progress = silent,
) -> Planes:
    """Compensated and scaled events, (k, n) float32: one row per dimension (default: channel).

    Within 1e-6 of `Readout.scaled` in units of the scale, and float32's rounding, by a table of
    each scale; ratios, logarithms and dimensions with bounds are computed as there. `kernels` and
    `progress` are those of `gate_events`. Raises `ValueFault` for a dimension that the file lacks.
    """
    acquisition = readout.acquisition
    names = acquisition.names if dimensions is None else dimensions
    seen = [readout.seen(name) for name in names]
    events = acquisition.events
    saved = _SAVED * len(seen)
    loops = kernels or kernels_for(len(events), saved=saved, progress=progress)
    plan = _plan(seen)
    planes = np.empty((len(seen), len(events)), np.float32)

    def fill(first: int, last: int) -> None:
        block = native(events[first:last])
        beyond = loops.planes(block, plan, planes, first)
        for one, plane in zip(seen, planes[:, first:last], strict=True):
            if not _planned(one):
                rows = every_row(last - first)
            elif beyond and one.table is not None:
                rows = np.flatnonzero(np.isnan(plane))
            else:
                continue
            plane[rows] = one.plainly(one.linear(loops, block, rows))

    each_block(len(events), fill)
    return planes


def _planned(one: SeenDimension) -> bool:
    """Whether the inner loop itself can fill a plane: by a table, or with linear values."""
    straight = isinstance(one.scale, Linear) and one.scale.T is None
    return one.ratio is None and one.bounds == WIDE and (straight or one.table is not None)


def _plan(seen: Sequence[SeenDimension]) -> PlanePlan:
    sources = [one.sources[0] for one in seen]
    tables = [one.table if _planned(one) else None for one in seen]
    shapes, begins = np.zeros((len(seen), 4)), np.zeros((len(seen), 2), np.intp)
    placed: dict[int, int] = {}  # a table that several planes share stands there once
    nodes: list[NDArray[np.float64]] = []
    for place, table in enumerate(tables):
        if table is None:
            continue
        if id(table) not in placed:
            placed[id(table)] = sum(part.size for part in nodes)
            nodes.append(table.nodes.ravel())
        begin, side = placed[id(table)], table.nodes.shape[1]
        shapes[place], begins[place] = table.shape, (begin, begin + side)
    return PlanePlan(
        starts=np.cumsum([0, *(len(source.columns) for source in sources)]),
        columns=np.concatenate([np.zeros(0, np.intp), *(source.columns for source in sources)]),
        weights=np.concatenate([np.zeros(0), *(source.weights for source in sources)]),
        shapes=shapes,
        begins=begins,
        nodes=np.concatenate([np.zeros(0), *nodes]),
    )
