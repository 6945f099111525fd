"""The flow samples that the course figure shows: before and after the therapy of interest."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from residua.course.course import Course
from residua.course.placing import Placed
from residua.errors import InputError, ValueFault
from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gates import Gate, PolygonGate, RectangleGate
from residua.facts.treatment import CellInfusion, Transplant, Treatment
from residua.main.case_flow import FLOW, STRATEGY, FlowMeasurement
from residua.main.evaluate import Evaluation
from residua.main.flow_open import open_file
from residua.main.flow_plan import counted, plan_files
from residua.measures.gates import gate_events
from residua.measures.readout import Readout
from residua.measures.scale import apply_scale
from residua.views.flow_sample import FlowAxis, FlowGate, FlowSample, decade_ticks

Values = NDArray[np.float64]
_PREFERRED = ("CD19", "CD22")
_EDGE = 0.02


def flow_samples(evaluation: Evaluation) -> tuple[FlowSample, ...]:
    """At most two samples: the last before and the first after a therapy, else the latest."""
    chosen = _chosen(evaluation.flow, evaluation.course)
    return tuple(_sample(evaluation, measured) for measured in chosen)


def _chosen(flow: Sequence[FlowMeasurement], course: Course) -> tuple[FlowMeasurement, ...]:
    """The last two specimens with a treatment between them; else the last one or two."""
    order = sorted(flow, key=lambda m: course.position.get(m.specimen or "", -1))
    given = [course.position[p.id] for p, _ in course.of(Treatment, Transplant, CellInfusion)]
    for before, after in reversed(list(pairwise(order))):
        first, last = (course.position.get(m.specimen or "", -1) for m in (before, after))
        if any(first < place < last for place in given):
            return (before, after)
    return tuple(order[-2:])


def _sample(evaluation: Evaluation, measured: FlowMeasurement) -> FlowSample:
    gates = evaluation.folder / FLOW / STRATEGY
    entry = measured.entries[0]
    plan = plan_files(measured.strategy, gates, [gates.parent / entry.path])
    spec = counted(measured.strategy, entry.tube)
    if spec is None:  # pragma: no cover - measuring it has seen to this
        raise InputError(())
    readout = open_file(plan, plan.files[0], tube=entry.tube).readout
    masks = gate_events(readout, tube=entry.tube)
    names = _dimensions(readout, measured, spec.numerator)
    x, y = (readout.scaled(name) for name in names)
    placed = evaluation.course.by_id.get(measured.specimen or "")
    return FlowSample(
        title=_title(measured, placed),
        x_axis=_axis(readout, names[0], x),
        y_axis=_axis(readout, names[1], y),
        x=x,
        y=y,
        blasts=masks[spec.numerator],
        gates=(
            *_outlines(measured.strategy.gates_of(entry.tube), names),
            *_thresholds(measured, names),
        ),
        note=_note(measured, names),
        simulated="simulated" in measured.result.flags,
        ids=(f"flow-{measured.key}",),
    )


def _dimensions(readout: Readout, measured: FlowMeasurement, numerator: str) -> tuple[str, str]:
    """CD19 and CD22 where both were measured; else the plane of the last gate of the blasts."""
    if all(_has(readout, name) for name in _PREFERRED):
        return _PREFERRED
    gates = {gate.name: gate for gate in measured.strategy.gates}
    name: str | None = numerator
    while name is not None:
        if len(gates[name].dimensions) >= 2:
            x, y = gates[name].dimensions[:2]
            return (x, y)
        name = gates[name].parent
    dimension = next(iter(gates[numerator].dimensions), _PREFERRED[0])
    return (dimension, "SSC-A")


def _has(readout: Readout, name: str) -> bool:
    try:
        return readout.acquisition.column(name) is not None
    except ValueFault:
        return False


def _axis(readout: Readout, name: str, values: Values) -> FlowAxis:
    scale = readout.scale(name)
    low, high = (float(v) for v in np.quantile(values, (0.0005, 0.9995))) if len(values) else (0, 1)
    margin = max(high - low, 1e-9) * 0.06
    low, high = low - margin, high + margin

    def to_scale(
        linear: Values,
    ) -> Values:
        return apply_scale(linear, scale)

    words = "" if scale.kind == "linear" else f" ({scale.kind})"
    return FlowAxis(f"{name}{words}", low, high, decade_ticks(to_scale, low, high))


def _title(measured: FlowMeasurement, placed: Placed | None) -> str:
    name = measured.key.replace("-", " ")
    day = placed.fact.date if placed is not None else None
    return f"{name}, {day}" if day is not None else name


def _outlines(gates: Sequence[Gate], names: tuple[str, str]) -> tuple[FlowGate, ...]:
    """The gates that lie in the plane shown, as outlines."""
    found = (_outline(gate, names) for gate in gates)
    return tuple(outline for outline in found if outline is not None)


def _outline(gate: Gate, names: tuple[str, str]) -> FlowGate | None:
    if isinstance(gate, PolygonGate) and {gate.x, gate.y} == set(names):
        turned = gate.x != names[0]
        points = tuple((b, a) if turned else (a, b) for a, b in gate.points)
        return FlowGate(gate.name, points)
    if isinstance(gate, RectangleGate) and set(gate.dimensions) <= set(names):
        limits = {limit.dimension: (limit.low, limit.high) for limit in gate.limits}
        (x0, x1), (y0, y1) = (limits.get(name, (-np.inf, np.inf)) for name in names)
        return FlowGate(gate.name, ((x0, y0), (x1, y0), (x1, y1), (x0, y1)))
    return None


def _thresholds(measured: FlowMeasurement, names: tuple[str, str]) -> tuple[FlowGate, ...]:
    """The half-planes above the thresholds of the antigens on the axes."""
    found = []
    for antigen in measured.result.antigens:
        if antigen.threshold is None or antigen.marker not in names:
            continue
        low = [antigen.threshold if name == antigen.marker else -np.inf for name in names]
        corners = ((low[0], low[1]), (np.inf, low[1]), (np.inf, np.inf), (low[0], np.inf))
        found.append(FlowGate(f"{antigen.marker}+", corners))
    return tuple(found)


def _note(measured: FlowMeasurement, names: tuple[str, str]) -> str:
    level = measured.result.level
    kind = level.denominator.kind
    of = "cells" if kind == "not stated" else f"{kind} cells"
    words = [f"{level.numerator:,} blasts of {level.denominator.count:,} {of}".replace(",", " ")]
    shown = [a for a in measured.result.antigens if a.marker in names or a.marker == "CD22"]
    words += [_antigen_words(antigen) for antigen in shown]
    return "; ".join(words)


def _antigen_words(antigen: AntigenExpression) -> str:
    if antigen.percent is None or antigen.interval is None:
        return f"{antigen.marker} not in panel"
    low, high = antigen.interval.low, antigen.interval.high
    return f"{antigen.marker}+ {antigen.percent:.1f} % ({low:.1f}-{high:.1f}) of blasts"
