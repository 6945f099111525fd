"""The polygons about labelled blasts as a whole gating strategy that counts them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.facts.acquisition import Acquisition, Channel, find_column, with_markers
from residua.facts.gates import Gate, PolygonGate
from residua.facts.gating import EventPolicy, FileEntry, MrdSpec, Strategy
from residua.facts.quality import QualitySpec
from residua.facts.scales import Arcsinh
from residua.measures.gate_polygons.cells import cell_gates
from residua.measures.gate_polygons.fit import PlaneGate
from residua.measures.preflight.display import COFACTOR
from residua.measures.preflight.panel import Panel, panel_of
from residua.measures.preflight.prepared import PreparedSample
from residua.standards.mrd_counting import CountingPolicy, counting_policies

BLASTS = "blasts"
_DIGITS = 3  # of asinh(value / 150): a thousandth of the value
Markers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, eq=False)
class GatedFile:
    """A follow-up as it was read and prepared; `markers` (channel, marker) a person has named."""

    path: str
    acquisition: Acquisition
    sample: PreparedSample
    markers: Markers = ()


def gating_strategy(
    file: GatedFile, planes: Sequence[PlaneGate], *, policy: CountingPolicy | None = None
) -> Strategy:
    """The strategy whose innermost gate `blasts` are the polygons one within the other.

    Gates are drawn on asinh(value / 150) of compensated values. Events at faulty times and at the
    ends of scatter are removed as they were before the blasts were sought. Raises `ValueFault`
    without a plane, or for a sample whose dimensions the acquisition lacks.
    """
    if not planes:
        raise ValueFault("at least one plane with a gate", "none", "fit the gates first")
    acquisition, sample = file.acquisition, file.sample
    channels = with_markers(acquisition.channels, dict(file.markers))
    panel = panel_of(channels)
    names = {name: _called(name, channels, panel) for name in sample.dimensions}
    cells = cell_gates(acquisition, sample, panel, names)
    gates: list[Gate] = [*cells.gates]
    for place, one in enumerate(planes):
        last = place == len(planes) - 1
        gates.append(
            PolygonGate(
                name=BLASTS if last else " / ".join(one.plane),
                parent=gates[-1].name if gates else None,
                x=names[one.plane[0]],
                y=names[one.plane[1]],
                points=tuple(_point(x, y) for x, y in one.corners),
            )
        )
    used = [name for gate in gates if isinstance(gate, PolygonGate) for name in gate.dimensions]
    return Strategy(
        gates=tuple(gates),
        scales=tuple((name, Arcsinh(COFACTOR)) for name in dict.fromkeys(used)),
        files=(FileEntry(file.path, markers=file.markers),),
        mrd=(_counted(cells.innermost or gates[0].name, policy),),
        dimensions=cells.dimensions,
        quality=QualitySpec(remove=("time", "boundary")),
    )


def _point(x: float, y: float) -> tuple[float, float]:
    """Display decades as asinh(value / 150)."""
    return (round(x * math.log(10), _DIGITS), round(y * math.log(10), _DIGITS))


def _called(dimension: str, channels: tuple[Channel, ...], panel: Panel) -> str:
    """What a gate calls a dimension: its own name where the file knows it, else the channel."""
    column = panel.column(dimension)
    if column is None:
        raise ValueFault("the file that the sample was prepared from", "another", "give that one")
    try:
        known = find_column(channels, dimension) == column
    except ValueFault:
        known = False
    return dimension if known else channels[column].name


def _counted(denominator: str, policy: CountingPolicy | None) -> MrdSpec:
    return MrdSpec(
        numerator=BLASTS,
        denominator=denominator,
        denominator_kind="nucleated",
        policy=None if policy is None else _stated(policy),
    )


def _stated(policy: CountingPolicy) -> str | EventPolicy:
    """The policy by its name where it is a published one, else by its numbers."""
    return policy.id if policy.id in counting_policies() else EventPolicy(policy.lod, policy.lloq)
