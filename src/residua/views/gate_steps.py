"""A gating strategy step by step: for each gate, what its parent holds and what it keeps."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from residua.facts.gates import BooleanGate, Gate
from residua.measures.readout import Readout
from residua.views.flow_axis import flow_axis, span_of
from residua.views.flow_sample import FlowGate, FlowSample
from residua.views.gate_outline import outline_of
from residua.views.gate_planes import dimension_words, plane_of
from residua.views.wording import count_words

Mask = NDArray[np.bool_]


def gate_steps(
    readout: Readout,
    masks: Mapping[str, Mask],
    *,
    tube: str | None = None,
    blasts: str | None = None,
    ids: tuple[str, ...] = (),
) -> tuple[FlowSample, ...]:
    """One sample per gate of `tube`, in file order.

    Each shows the events of the gate's parent in the gate's dimensions (a single dimension
    against side scatter), the gate, its count of the parent's, and the reason stated for it.
    Marked are the events of the gate named `blasts`; of a boolean gate, those that it keeps.
    """
    gates = readout.strategy.gates_of(tube)
    return tuple(_step(gate, readout, masks, blasts, ids) for gate in gates)


def _step(
    gate: Gate,
    readout: Readout,
    masks: Mapping[str, Mask],
    blasts: str | None,
    ids: tuple[str, ...],
) -> FlowSample:
    inside = masks[gate.name]
    parent = np.ones(len(inside), bool) if gate.parent is None else masks[gate.parent]
    rows = np.flatnonzero(parent)
    names = plane_of(gate, readout)
    outline = outline_of(gate, *names)
    values = [readout.scaled(name, rows) for name in names]
    spans = [
        span_of(v, readout.scale(name), [corner[n] for corner in outline or ()])
        for n, (v, name) in enumerate(zip(values, names, strict=True))
    ]
    x, y = (
        flow_axis(dimension_words(readout, name), readout.scale(name), span)
        for name, span in zip(names, spans, strict=True)
    )
    by_itself = isinstance(gate, BooleanGate)
    marked = inside if by_itself else masks[blasts] if blasts else np.zeros(len(inside), bool)
    return FlowSample(
        title=gate.name,
        x_axis=x,
        y_axis=y,
        x=values[0].astype(np.float32),
        y=values[1].astype(np.float32),
        blasts=marked[rows],
        marked_as="events in the gate" if by_itself else "blasts",
        gates=() if outline is None else (FlowGate("", outline),),
        note=_note(gate, int(np.count_nonzero(inside)), len(rows)),
        simulated="simulated" in readout.acquisition.flags,
        ids=ids,
        step=True,
    )


def _note(gate: Gate, kept: int, held: int) -> str:
    share = f", {100 * kept / held:.3g} %" if held else ""
    of = gate.parent or "all events"
    reason = f": {gate.reason}" if gate.reason else ""
    return f"{count_words(kept)} of {count_words(held)} ({of}{share}){reason}"
