"""Hierarchical gates over the events of one acquisition, fast; `gates_plain` defines them.

Events go through all gates block by block. A child looks only at the events of its parent, and
a second dimension only at the events that the first has left. Limits of rectangles are turned
into linear ones, so that no event is scaled for them; polygons and ellipsoids are judged on
tabulated values, and on exact ones where an event lies too near an edge for the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Events, Spillover
from residua.facts.gate_tree import depths
from residua.facts.gates import BooleanGate, EllipsoidGate, Gate, PolygonGate, RectangleGate
from residua.facts.gating import Strategy
from residua.measures.gates_plain import combined, verdicts_of
from residua.measures.kernels.blocks import each_block, every_row, native
from residua.measures.kernels.choose import kernels_for
from residua.measures.kernels.contract import IN_DOUBT, INSIDE, Kernels, Rows
from residua.measures.readout import Readout, read_out
from residua.measures.seen_dimension import SeenDimension
from residua.progress import Progress, silent

Mask = NDArray[np.bool_]
Test = Callable[[Events, Rows], Rows]
"""Which of the rows of a block lie in a gate."""


def apply_gates(
    acquisition: Acquisition,
    strategy: Strategy,
    *,
    tube: str | None = None,
    compensation: Spillover | Literal["file"] | None = "file",
) -> dict[str, Mask]:
    """Which events (n,) lie in each gate that holds for `tube`, parents included.

    Without `tube`, the one that the strategy names for the acquisition's file. `compensation`
    is the file's own matrix, another one, or None. Raises `ValueFault` where a gate names a
    dimension that the file lacks, the matrix does not fit or cannot be read, or all gates are
    those of other files.
    """
    matrix = acquisition.to_compensate if compensation == "file" else compensation
    if compensation == "file" and acquisition.spillover_fault:
        received = "one that cannot be read"
        raise ValueFault("a compensation matrix in the file", received, "give one, or None")
    own = tube if tube is not None else _tube_of(acquisition, strategy)
    return gate_events(read_out(acquisition, strategy, compensation=matrix), tube=own)


def _tube_of(acquisition: Acquisition, strategy: Strategy) -> str | None:
    """The tube that the strategy states for a file of the acquisition's name, or None."""
    name = PurePath(acquisition.path).name
    tubes = {file.tube for file in strategy.files if name and PurePath(file.path).name == name}
    if len(tubes) == 1:
        return tubes.pop()
    if strategy.gates and all(gate.tube is not None for gate in strategy.gates):
        raise ValueFault("the name of the tube or sample", "none", "say which gates hold: tube=")
    return None


def gate_events(
    readout: Readout,
    *,
    tube: str | None = None,
    kernels: Kernels | None = None,
    progress: Progress = silent,
) -> dict[str, Mask]:
    """As `apply_gates`, for an acquisition that is already read out.

    `kernels` are the inner loops to use (default: by the number of events), of which the result
    does not depend. `progress` hears where they have to be compiled first.
    """
    gates, events = readout.strategy.gates_of(tube), readout.acquisition.events
    loops = kernels or kernels_for(len(events), saved=_saved(gates), progress=progress)
    steps = [_Step(gate, _test(gate, readout, loops)) for gate in _ordered(gates)]
    masks = {gate.name: np.zeros(len(events), bool) for gate in gates}

    def judge(first: int, last: int) -> None:
        block = native(events[first:last])
        _judge(block, steps, {name: mask[first:last] for name, mask in masks.items()})

    each_block(len(events), judge)
    return masks


def _saved(gates: Sequence[Gate]) -> float:
    """What compiled loops save, roughly, in ns for each event."""
    rectangles = sum(isinstance(gate, RectangleGate) for gate in gates)
    shapes = sum(isinstance(gate, PolygonGate | EllipsoidGate) for gate in gates)
    return 5.0 * rectangles + 100.0 * shapes


@dataclass(frozen=True)
class _Step:
    """A gate with the test of its own shape; a boolean gate has none."""

    gate: Gate
    test: Test | None


def _judge(block: Events, steps: Sequence[_Step], masks: dict[str, Mask]) -> None:
    """Fill the masks (all false) of one block."""
    held: dict[str | None, Rows] = {None: every_row(len(block))}
    for step in steps:
        gate, mask = step.gate, masks[step.gate.name]
        if step.test is not None:
            held[gate.name] = rows = step.test(block, held[gate.parent])
            mask[rows] = True
            continue
        assert isinstance(gate, BooleanGate)
        mask |= combined(gate, masks)
        if gate.parent is not None:
            mask &= masks[gate.parent]
        held[gate.name] = np.flatnonzero(mask)


def _ordered(gates: Sequence[Gate]) -> list[Gate]:
    """The gates, each behind those it builds on."""
    by_name = {gate.name: gate for gate in gates}
    return [by_name[name] for name in depths(tuple(gates))]


def _test(gate: Gate, readout: Readout, kernels: Kernels) -> Test | None:
    if isinstance(gate, BooleanGate):
        return None
    seen = [readout.seen(name) for name in gate.dimensions]
    if isinstance(gate, RectangleGate):
        return _rectangle(gate, seen, kernels)
    return _shape(gate, seen, kernels)


def _rectangle(gate: RectangleGate, seen: Sequence[SeenDimension], kernels: Kernels) -> Test:
    sides = [
        (one, one.limits(limit.low, limit.high))
        for one, limit in zip(seen, gate.limits, strict=True)
    ]

    def test(events: Events, rows: Rows) -> Rows:
        for one, limits in sides:
            if one.ratio is None:
                (source,) = one.sources
                rows = kernels.select(events, source.columns, source.weights, limits, rows)
            else:
                values = one.counted(one.linear(kernels, events, rows))
                rows = rows[(values >= limits[0]) & (values < limits[1])]
        return rows

    return test


def _shape(
    gate: PolygonGate | EllipsoidGate, seen: Sequence[SeenDimension], kernels: Kernels
) -> Test:
    errors = [one.error for one in seen]

    def test(events: Events, rows: Rows) -> Rows:
        counted = [one.counted(one.linear(kernels, events, rows)) for one in seen]
        near = [one.near(kernels, values) for one, values in zip(seen, counted, strict=True)]
        verdicts = verdicts_of(gate, kernels, near, errors)
        doubt = np.flatnonzero(verdicts == IN_DOUBT)
        if len(doubt):
            exact = [one.exact(values[doubt]) for one, values in zip(seen, counted, strict=True)]
            verdicts[doubt] = verdicts_of(gate, kernels, exact)
        held: Rows = rows[verdicts == INSIDE]
        return held

    return test
