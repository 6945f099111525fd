"""The flow samples that the course figure shows: before and after the therapy of interest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from residua.course.course import Course
from residua.errors import InputError, ValueFault
from residua.facts.antigen import AntigenReading
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.main.case_flow import FLOW, STRATEGY, FlowMeasurement
from residua.main.evaluate import Evaluation
from residua.main.flow.opened import open_file
from residua.main.flow.plan import counted, plan_files
from residua.main.flow.quality import masks_alike
from residua.measures.gates import gate_events
from residua.measures.readout import Readout, locate
from residua.views.flow_axis import Span, flow_axis, span_of
from residua.views.flow_sample import FlowGate, FlowSample
from residua.views.flow_words import flow_note, flow_title
from residua.views.gate_outline import outline_of
from residua.views.gate_planes import plane_of
from residua.views.gate_steps import gate_steps
from residua.views.mrd_points import mrd_points
from residua.views.timeline_items import timeline_items

Mask = NDArray[np.bool_]
Plane = tuple[str, str]
_PREFERRED = ("CD19", "CD22")


@dataclass(frozen=True, eq=False)
class _Opened:
    """A measured sample read again: its events, gated, and the plane in which it is shown."""

    measured: FlowMeasurement
    readout: Readout
    masks: Mapping[str, Mask]
    blasts: str
    plane: Plane

    @property
    def tube(self) -> str | None:
        """The tube that is shown, the first of the specimen."""
        return self.measured.entries[0].tube


def flow_samples(evaluation: Evaluation, *, every: bool = False) -> tuple[FlowSample, ...]:
    """Two gated samples: the last before and the first after a therapy, else the latest.

    With `every`, the others follow in the order of the course. All are drawn on the same axes
    where their planes agree. Where one sample is all that there is to draw, the steps of its
    gating follow.
    """
    course = evaluation.course
    flow = [one for one in evaluation.flow if one.result.approach == "gates"]
    chosen = _chosen(flow, course)
    if every:
        others = (one for one in flow if one not in chosen)
        chosen = (*chosen, *sorted(others, key=lambda m: _position(m, course)))
    opened = [_open(evaluation, measured) for measured in chosen]
    spans = [_spans(one) for one in opened]
    if len({one.plane for one in opened}) == 1:
        spans = [_joined(spans)] * len(opened)
    samples = [_sample(course, one, both) for one, both in zip(opened, spans, strict=True)]
    if len(opened) == 1 and not mrd_points(course) and not timeline_items(course, ()):
        samples += _steps(opened[0])
    return tuple(samples)


def _chosen(flow: Sequence[FlowMeasurement], course: Course) -> tuple[FlowMeasurement, ...]:
    """The last two specimens with a treatment between them; else the last one or two."""
    order = sorted(flow, key=lambda m: _position(m, course))
    given = [course.position[p.id] for p, _ in course.of(Treatment, Transplant, CellInfusion)]
    for before, after in reversed(list(pairwise(order))):
        first, last = (_position(m, course) for m in (before, after))
        if any(first < place < last for place in given):
            return (before, after)
    return tuple(order[-2:])


def _position(measured: FlowMeasurement, course: Course) -> int:
    return course.position.get(measured.specimen or "", -1)


def _open(evaluation: Evaluation, measured: FlowMeasurement) -> _Opened:
    gates = evaluation.folder / FLOW / STRATEGY
    entry = measured.entries[0]
    plan = plan_files(measured.strategy, gates, [gates.parent / entry.path])
    spec = counted(measured.strategy, entry.tube)
    if spec is None:  # pragma: no cover - measuring it has seen to this
        raise InputError(())
    readout = open_file(plan, plan.files[0], tube=entry.tube).readout
    gated = gate_events(readout, tube=entry.tube)
    masks, _ = masks_alike(readout, gated, spec, file=entry.path)
    plane = _plane(readout, measured, spec.numerator)
    return _Opened(measured, readout, masks, spec.numerator, plane)


def _plane(readout: Readout, measured: FlowMeasurement, numerator: str) -> Plane:
    """CD19 and CD22 where both were measured; else that of the last gate of the blasts with two
    dimensions; else their own gate's, against side scatter or what the file has."""
    if all(_has(readout, name) for name in _PREFERRED):
        return _PREFERRED
    gates = {gate.name: gate for gate in measured.strategy.gates_of(measured.entries[0].tube)}
    chain = [gates[numerator]]
    while chain[-1].parent is not None:
        chain.append(gates[chain[-1].parent])
    drawn = [gate for gate in chain if gate.dimensions]
    flat = [gate for gate in drawn if len(set(gate.dimensions)) > 1]
    return plane_of(next(iter([*flat, *drawn, *chain])), readout)


def _has(readout: Readout, name: str) -> bool:
    try:
        return locate(readout.acquisition.channels, name) >= 0
    except ValueFault:
        return False


def _spans(one: _Opened) -> tuple[Span, Span]:
    x, y = (span_of(one.readout.scaled(name), one.readout.scale(name)) for name in one.plane)
    return x, y


def _joined(spans: Sequence[tuple[Span, Span]]) -> tuple[Span, Span]:
    x, y = ((min(both[n][0] for both in spans), max(both[n][1] for both in spans)) for n in (0, 1))
    return x, y


def _sample(course: Course, one: _Opened, spans: tuple[Span, Span]) -> FlowSample:
    readout, plane, result = one.readout, one.plane, one.measured.result
    item = course.by_id[one.measured.fact]
    axes = [
        flow_axis(name, readout.scale(name), span) for name, span in zip(plane, spans, strict=True)
    ]
    return FlowSample(
        title=flow_title(course, item, one.measured.key),
        x_axis=axes[0],
        y_axis=axes[1],
        x=readout.scaled(plane[0]),
        y=readout.scaled(plane[1]),
        blasts=one.masks[one.blasts],
        gates=(*_outlines(one), *_thresholds(one)),
        note=flow_note(item, result.level, _shown(course, one), result.flags),
        simulated=item.fact.simulated,
        ids=(one.measured.fact, *(reading.id for reading in _shown(course, one))),
    )


def _shown(course: Course, one: _Opened) -> list[AntigenReading]:
    """The readings of CD22, also where it was not measured, and of the antigens on the axes."""
    own = [
        fact for _, fact in course.of(AntigenReading) if fact.id.startswith(f"{one.measured.fact}-")
    ]
    measured = {antigen.marker for antigen in one.measured.result.antigens}
    wanted = dict.fromkeys(marker for marker in ("CD22", *one.plane) if marker in measured)
    return [fact for marker in wanted for fact in own if fact.marker == marker]


def _outlines(one: _Opened) -> list[FlowGate]:
    """The gates that lie wholly in the plane shown."""
    found = []
    for gate in one.measured.strategy.gates_of(one.tube):
        outline = outline_of(gate, *one.plane) if set(gate.dimensions) <= set(one.plane) else None
        if outline is not None:
            found.append(FlowGate(gate.name, outline))
    return found


def _thresholds(one: _Opened) -> list[FlowGate]:
    """The half-planes above the thresholds of the antigens on the axes."""
    found = []
    for antigen in one.measured.result.antigens:
        if antigen.threshold is None or antigen.marker not in one.plane:
            continue
        low = [antigen.threshold if name == antigen.marker else -np.inf for name in one.plane]
        corners = ((low[0], low[1]), (np.inf, low[1]), (np.inf, np.inf), (low[0], np.inf))
        found.append(FlowGate(f"{antigen.marker}+", corners))
    return found


def _steps(one: _Opened) -> tuple[FlowSample, ...]:
    return gate_steps(
        one.readout, one.masks, tube=one.tube, blasts=one.blasts, ids=(one.measured.fact,)
    )
