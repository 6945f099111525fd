"""A small automatic reading to be shown, made of clouds."""

from dataclasses import replace

import numpy as np

from residua.facts.antigen_expression import AntigenExpression
from residua.facts.gates import PolygonGate
from residua.facts.gating import MrdSpec, Strategy
from residua.facts.interval import Interval
from residua.facts.mrd_result import Denominator, MrdLevel, PolicyUsed
from residua.facts.scales import Arcsinh
from residua.measures.automatic_level import AutomaticLevel
from residua.measures.gate_polygons.fit import PlaneGate
from residua.measures.laip.aberrancies import Aberrancy
from residua.measures.laip.change import AntigenChange
from residua.views.automatic.shown import Shown, ShownCells

PANEL = ("FSC-A", "SSC-A", "CD45", "CD19", "CD22", "CD10", "CD20", "CD34", "CD38", "CD58")
SQUARE = ((1.0, 1.0), (2.5, 1.0), (2.5, 2.5), (1.0, 2.5))
GATES = (PlaneGate(("CD19", "SSC-A"), SQUARE), PlaneGate(("CD10", "CD38"), SQUARE))


def level(status="quantified", numerator=120, **given) -> AutomaticLevel:
    cells = 100_000
    interval = Interval(0.95, 1e-3, 1.4e-3, "Clopper-Pearson")
    made = MrdLevel(
        numerator=numerator,
        denominator=Denominator("nucleated", cells),
        fraction=numerator / cells if numerator else None,
        interval=interval,
        lod=1e-4,
        lloq=4e-4,
        lod95=1.6e-4,
        policy=PolicyUsed("p", "b-all", "unverified"),
        status=status,
        flags=("positive, quantity uncertain",),
    )
    total = Interval(0.95, 8e-4, 1.7e-3, "total")
    return AutomaticLevel(replace(made, **given), total, 2e-5, 5e-5)


def cells(blasts=120) -> ShownCells:
    random = np.random.Generator(np.random.PCG64(6))

    def cloud(count, middle):
        return random.normal(middle, 0.25, (count, len(PANEL))).astype(np.float32)

    corners = tuple((2.3 * x, 2.3 * y) for x, y in SQUARE)
    strategy = Strategy(
        gates=(PolygonGate(name="blasts", x="CD19", y="SSC-A", points=corners),),
        scales=(("CD19", Arcsinh(150.0)),),
        mrd=(MrdSpec("blasts", "blasts", "nucleated"),),
    )
    return ShownCells(
        "follow-up.fcs", PANEL, PANEL, cloud(3000, 1.0), cloud(500, 1.2), cloud(blasts, 1.8),
        cloud(400, 1.9), GATES, strategy,
    )  # fmt: skip


def shown(**given) -> Shown:
    unlike = [("CD58", 4.0), ("CD38", -3.0), ("CD10", 2.5), ("CD20", 0.3)]
    made = Shown(
        title="marrow of day 28",
        level=level(),
        files=(cells(),),
        aberrancies=tuple(Aberrancy(m, s, s - 0.5, s + 0.5, s / 5, 0.95) for m, s in unlike),
        antigens=(
            AntigenExpression("CD19", "blasts", 98.0, Interval(0.95, 94.0, 99.5, "exact")),
            AntigenExpression("CD22", "blasts", flags=("not in panel",)),
        ),
        before=(AntigenExpression("CD19", "blasts", 99.0, Interval(0.95, 98.0, 99.5, "exact")),),
        changes=(AntigenChange("CD19", -0.3, -0.4, -0.2, 0.95),),
        flags=("the reference is simulated",),
        simulated=True,
    )
    return replace(made, **given)
