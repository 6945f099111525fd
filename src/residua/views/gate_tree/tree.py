"""A gating strategy with its events as a tree: populations, the plots that divide them, counts."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from residua.facts.gates import BooleanGate, Gate
from residua.measures.density import Density, count_density
from residua.measures.kernels.contract import Rows
from residua.measures.readout import Readout
from residua.views.density_axes import Axes
from residua.views.flow_axis import Span, flow_axis, span_of
from residua.views.flow_sample import Points
from residua.views.gate_outline import outline_of
from residua.views.gate_planes import GatePlane, dimension_words, gate_planes, identity
from residua.views.wording import short_fraction

Mask = NDArray[np.bool_]
BINS = 320  # one pixel each on 40.64 mm at 200 dots per inch
FEW_MARKED = 200
_ENOUGH = 100_000  # events from which the ends of an axis are known


@dataclass(frozen=True)
class DrawnGate:
    """A gate in a plot: its outline in scale units and what it keeps of its parent.

    `whole` is False where the gate has further dimensions; `onward` says that others build on it.
    """

    name: str
    kept: int
    outline: Points
    whole: bool
    onward: bool


@dataclass(frozen=True, eq=False)
class TreePlot:
    """The events of a population in one plane, and the gates drawn there.

    `crosses` (k, 2) are the marked events in scale units where they are few.
    """

    axes: Axes
    density: Density
    marked: Density | None
    crosses: NDArray[np.float64]
    gates: tuple[DrawnGate, ...]


@dataclass(frozen=True)
class Combination:
    """A boolean gate: what it is made of, and what it keeps of its parent."""

    name: str
    kept: int
    words: str
    onward: bool


@dataclass(frozen=True, eq=False)
class Population:
    """The events of a gate (or all: `name` is None), of how many, and how they are divided."""

    name: str | None
    count: int
    of: int
    total: int
    plots: tuple[TreePlot, ...] = ()
    combinations: tuple[Combination, ...] = ()
    children: tuple[Population, ...] = field(default=())


@dataclass(frozen=True, eq=False)
class _Source:
    """What the tree is made from."""

    readout: Readout
    masks: Mapping[str, Mask]
    gates: tuple[Gate, ...]
    marked: Mask | None
    spans: Mapping[Hashable, Span]

    def of_parent(self, parent: str | None) -> list[Gate]:
        return [gate for gate in self.gates if gate.parent == parent]

    def kept(self, name: str) -> int:
        return int(np.count_nonzero(self.masks[name]))


def gate_tree(
    readout: Readout,
    masks: Mapping[str, Mask],
    *,
    tube: str | None = None,
    mark: str | None = None,
) -> Population:
    """The tree of the gates of `tube`, with the events of the gate `mark` marked in every plot.

    A dimension has the same axis in every plot.
    """
    gates = readout.strategy.gates_of(tube)
    marked = None if mark is None else masks[mark]
    total = len(readout.acquisition.events)
    source = _Source(readout, masks, gates, marked, _spans(readout, gates))
    return _population(source, None, total, total)


def share_words(kept: int, of: int) -> str:
    """``12.3 %``, with more digits where it would read 100 % but is not; none of no events."""
    if not of:
        return "–"
    percent = 100 * kept / of
    if percent and percent < 1e-3:
        return short_fraction(kept / of)
    digits = next(d for d in range(3, 17) if kept == of or float(f"{percent:.{d}g}") < 100)
    exact = "0" if not percent else f"{percent:#.{digits}g}".rstrip(".")
    return f"{exact} %"


def _population(source: _Source, name: str | None, of: int, total: int) -> Population:
    gates = source.of_parent(name)
    count = total if name is None else source.kept(name)
    onward = [gate.name for gate in gates if source.of_parent(gate.name)]
    rows = None if name is None else np.flatnonzero(source.masks[name])
    return Population(
        name=name,
        count=count,
        of=of,
        total=total,
        plots=tuple(_plot(source, plane, rows) for plane in gate_planes(gates, source.readout)),
        combinations=tuple(
            Combination(g.name, source.kept(g.name), _boolean_words(g), g.name in onward)
            for g in gates
            if isinstance(g, BooleanGate)
        ),
        children=tuple(_population(source, child, count, total) for child in onward),
    )


def _plot(source: _Source, plane: GatePlane, rows: Rows | None) -> TreePlot:
    readout, names = source.readout, (plane.x, plane.y)
    x, y = (readout.scaled(name, rows) for name in names)
    spans = [source.spans[identity(readout, name)] for name in names]
    density = count_density(x, y, x_span=spans[0], y_span=spans[1], bins=BINS)
    marked, crosses = None, np.empty((0, 2))
    if source.marked is not None:
        held = source.marked if rows is None else source.marked[rows]
        if np.count_nonzero(held) <= FEW_MARKED:
            crosses = np.column_stack([x[held], y[held]])
        else:
            marked = count_density(x, y, x_span=spans[0], y_span=spans[1], held=held, bins=BINS)
    across, up = (
        flow_axis(dimension_words(readout, name), readout.scale(name), span)
        for name, span in zip(names, spans, strict=True)
    )
    gates = tuple(_drawn(source, gate, own) for gate, *own in plane.gates)
    return TreePlot((across, up), density, marked, crosses, gates)


def _drawn(source: _Source, gate: Gate, names: list[str]) -> DrawnGate:
    outline = outline_of(gate, names[0], names[1])
    return DrawnGate(
        name=gate.name,
        kept=source.kept(gate.name),
        outline=outline or (),
        whole=set(gate.dimensions) <= set(names),
        onward=bool(source.of_parent(gate.name)),
    )


def _spans(readout: Readout, gates: tuple[Gate, ...]) -> dict[Hashable, Span]:
    """The axis of every dimension that is drawn, from all events and all gates."""
    parents = dict.fromkeys(gate.parent for gate in gates)
    planes = [
        plane
        for parent in parents
        for plane in gate_planes([gate for gate in gates if gate.parent == parent], readout)
    ]
    wanted: dict[Hashable, list[float]] = {}
    names: dict[Hashable, str] = {}
    for plane in planes:
        for n, name in enumerate((plane.x, plane.y)):
            key = identity(readout, name)
            names.setdefault(key, name)
            ends = wanted.setdefault(key, [])
            for gate, *own in plane.gates:
                ends += [corner[n] for corner in outline_of(gate, own[0], own[1]) or ()]
    count = len(readout.acquisition.events)
    rows = np.arange(0, count, max(1, count // _ENOUGH))
    return {
        key: span_of(readout.scaled(name, rows), readout.scale(name), wanted[key])
        for key, name in names.items()
    }


_JOINED = {"all": "in all of", "any": "in any of", "not": "in none of"}


def _boolean_words(gate: BooleanGate) -> str:
    members = [f"not {name}" if outside else name for name, outside in gate.members]
    return f"{_JOINED[gate.operation]}: {', '.join(members)}"
