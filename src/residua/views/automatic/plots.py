"""Which planes of a file are shown, and what in each of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.scales import Arcsinh
from residua.measures.gate_polygons.fit import PlaneGate
from residua.measures.gate_polygons.outline import frame_about
from residua.measures.gate_polygons.planes import Plane, planes_apart, usual_planes
from residua.measures.laip.aberrancies import Aberrancy
from residua.measures.preflight.display import COFACTOR
from residua.views.automatic.shown import Events, ShownCells
from residua.views.flow_axis import span_of
from residua.views.flow_sample import FlowAxis, Points
from residua.views.flow_ticks import minor_ticks, scale_ticks

LN_10 = math.log(10)
SCATTER = ("SSC-A", "FSC-A")
MOST = 12  # plots of a file
DIAGNOSIS_WITHIN = 0.975  # of the diagnosis blasts within each edge of their outline
FEWEST_OUTLINED = 10
_SCALE = Arcsinh(COFACTOR)
_BLASTS, _SIZES, _MARGIN = (0.005, 0.995), (0.002, 0.9995), 0.03  # within an axis; of its length
Values = NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Plot:
    """One plane, values in units of asinh(value / 150).

    `others` (n,) x and y are shown as a density, `blasts` as marks; `outline` is that of the
    diagnosis blasts, `gate` a polygon; both may be empty. `apart`
    says that it is shown for antigens by which these blasts are unlike normal precursors.
    """

    title: str
    axes: tuple[FlowAxis, FlowAxis]
    others: tuple[Values, Values]
    blasts: tuple[Values, Values]
    outline: Points
    gate: Points
    apart: bool


def plots_of(cells: ShownCells, aberrancies: tuple[Aberrancy, ...]) -> tuple[Plot, ...]:
    """The usual plots of B-ALL, those in which these blasts stand apart, those with gates.

    Gates come first, in their order.
    """
    usual = list(usual_planes(cells.dimensions))
    lost = ("CD19", "CD22")
    if set(lost) <= set(cells.dimensions):
        usual.insert(1, lost)
    apart = planes_apart(
        [one for one in aberrancies if one.marker in cells.dimensions],
        [*usual, *(gate.plane for gate in cells.gates)],
    )
    gated = {frozenset(gate.plane): gate for gate in cells.gates}
    wanted = [gate.plane for gate in cells.gates] + [*usual, *apart]
    planes = list({frozenset(plane): plane for plane in reversed(wanted)}.values())[::-1]
    planes.sort(key=lambda plane: _rank(plane, cells.gates))
    drawn = []
    for plane in planes[:MOST]:
        gate = gated.get(frozenset(plane))
        axis = gate.plane if gate is not None else plane
        drawn.append(_plot(cells, axis, gate, frozenset(plane) in set(map(frozenset, apart))))
    return tuple(drawn)


def diagnosis_outline(points: Events) -> Points:
    """The outline (display decades) of the bulk of the diagnosis blasts in a plane."""
    if len(points) < FEWEST_OUTLINED:
        return ()
    frame = frame_about(points)
    return frame.corners(np.quantile(frame.reach(points), DIAGNOSIS_WITHIN, axis=0))


def _rank(plane: Plane, gates: tuple[PlaneGate, ...]) -> int:
    places = [n for n, gate in enumerate(gates) if set(gate.plane) == set(plane)]
    return places[0] if places else len(gates)


def _plot(cells: ShownCells, plane: Plane, gate: PlaneGate | None, apart: bool) -> Plot:
    background = cells.others if set(plane) & set(SCATTER) else cells.lineage
    clouds = [
        tuple(_scaled(cells.values(cloud, name)) for name in plane)
        for cloud in (background, cells.blasts)
    ]
    columns = [cells.dimensions.index(name) for name in plane]
    outline = diagnosis_outline(cells.diagnosis[:, columns])
    corners = () if gate is None else gate.corners
    return Plot(
        _title(plane, gate, cells.gates),
        (_axis(cells, plane[0]), _axis(cells, plane[1])),
        (clouds[0][0], clouds[0][1]),
        (clouds[1][0], clouds[1][1]),
        _points(outline),
        _points(corners),
        apart,
    )


def _title(plane: Plane, gate: PlaneGate | None, gates: tuple[PlaneGate, ...]) -> str:
    named = " / ".join(plane)
    return named if gate is None else f"{named}: gate {gates.index(gate) + 1} of {len(gates)}"


def _axis(cells: ShownCells, name: str) -> FlowAxis:
    """The axis of a dimension, the same in every plot: nearly all cells, and every gate whole."""
    clouds = (cells.others, cells.lineage, cells.blasts, cells.diagnosis)
    values = [_scaled(cells.values(cloud, name)) for cloud in clouds]
    ends = [float(end) for own in values[2:] if len(own) for end in np.quantile(own, _BLASTS)]
    ends += [
        corner[gate.plane.index(name)] * LN_10
        for gate in cells.gates
        if name in gate.plane
        for corner in gate.corners
    ]
    both = np.concatenate(values[:2])
    if name not in SCATTER:
        ends += span_of(both, _SCALE)
    elif len(both):
        ends += [float(end) for end in np.quantile(both, _SIZES)]
    margin = _MARGIN * (max(ends) - min(ends)) or 0.5
    span = (min(ends) - margin, max(ends) + margin)
    label = cells.labels[cells.dimensions.index(name)]
    return FlowAxis(label, *span, scale_ticks(_SCALE, span), minor_ticks(_SCALE, span))


def _scaled(decades: Values) -> Values:
    return np.asarray(decades * np.float32(LN_10), np.float32)


def _points(corners: Points) -> Points:
    return tuple((x * LN_10, y * LN_10) for x, y in corners)
