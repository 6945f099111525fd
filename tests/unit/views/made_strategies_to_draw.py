"""Strategies made for the tests of the tree; every number here is made up."""

from __future__ import annotations

import itertools

import numpy as np

from residua.facts.acquisition import Acquisition, Channel
from residua.facts.gates import BooleanGate, EllipsoidGate, Gate, Limit, PolygonGate, RectangleGate
from residua.facts.gating import Dimension, Strategy
from residua.facts.scales import Arcsinh, Linear, Logicle
from residua.measures.readout import Readout, read_out

INF = float("inf")
MARKERS = ("CD19", "CD10", "CD34", "CD38", "CD45", "CD20")
DYES = ("PE-Cy7-A", "APC-A", "PerCP-Cy5-5-A", "APC-H7-A", "V500-A", "V450-A")
SCALES = (*((marker, Logicle()) for marker in MARKERS[:4]), ("CD45", Arcsinh(150)))


def seen_through(*gates: Gate, count: int = 6000, **strategy: object) -> Readout:
    random = np.random.default_rng(8)
    scatter = np.abs(random.normal((90_000, 80_000, 40_000), 20_000, (count, 3)))
    dyes = 10 ** random.normal(2.7, 0.8, (count, len(DYES))) - 60
    named = zip(DYES, MARKERS, strict=True)
    channels = (
        *(Channel(name) for name in ("FSC-A", "FSC-H", "SSC-A")),
        *(Channel(name, marker) for name, marker in named),
    )
    events = np.column_stack([scatter, dyes]).astype(np.float32)
    made = Strategy(gates=gates, scales=SCALES, **strategy)  # type: ignore[arg-type]
    return read_out(Acquisition(events, channels, {}), made, compensation=None)


def box(name: str, parent: str | None, **limits: tuple[float, float]) -> RectangleGate:
    named = {key.replace("_", "-"): ends for key, ends in limits.items()}
    return RectangleGate(
        name=name, parent=parent, limits=tuple(Limit(key, *ends) for key, ends in named.items())
    )


def chain() -> Readout:
    """Each gate below the last: the usual strategy."""
    return seen_through(
        box("cells", None, FSC_A=(30_000, 250_000), SSC_A=(5_000, 200_000)),
        PolygonGate(name="singlets", parent="cells", x="FSC-A", y="FSC-H",
                    points=((2e4, 1e4), (2e5, 1.2e5), (2e5, 2e5), (2e4, 5e4))),
        box("B lineage", "singlets", CD19=(0.45, INF)),
        EllipsoidGate(name="blasts", parent="B lineage", dimensions=("CD10", "CD38"),
                      center=(0.5, 0.5), covariance=((0.02, 0), (0, 0.02)), distance2=1),
    )  # fmt: skip


def quadrants() -> Readout:
    """Four quadrants with children each, and a combination of two of them."""
    ends = {"-": (-INF, 0.5), "+": (0.5, INF)}
    four = [
        box(f"Q{n}: CD19{a}, CD10{b}", None, CD19=ends[a], CD10=ends[b])
        for n, (a, b) in enumerate(itertools.product("-+", "-+"), 1)
    ]
    below = [box(f"CD34 of Q{n}", gate.name, CD34=(0.5, INF)) for n, gate in enumerate(four, 1)]
    either = BooleanGate(name="either", operation="any", of=(four[0].name, four[3].name))
    rest = BooleanGate(name="rest", parent="either", operation="not", of=(four[0].name,))
    return seen_through(*four, *below, either, rest, box("on it", "either", CD38=(0.4, INF)))


def sixty() -> Readout:
    """Sixty gates five levels deep, with names as long as laboratories write them."""
    long = "CD19-positive CD10-bright CD34-partial population number"
    gates: list[Gate] = [box("cells", None, FSC_A=(20_000, 250_000), SSC_A=(2_000, 250_000))]
    for n in range(1, 60):
        parent = gates[(n - 1) // 3].name
        one, other = MARKERS[n % 4], MARKERS[(n + 1) % 4]
        name = f"{long} {n}" if n % 3 else f"unbreakable-name-of-a-gate-without-spaces-{n:02d}"
        if n % 7 == 0:
            gates.append(BooleanGate(name=name, parent=parent, operation="not",
                                     of=(gates[n - 1].name,)))  # fmt: skip
        elif n % 5 == 0:
            gates.append(EllipsoidGate(
                name=name, parent=parent, dimensions=(one, other, "CD45"), center=(0.5, 0.5, 3),
                covariance=((0.05, 0.01, 0), (0.01, 0.04, 0), (0, 0, 3)), distance2=2,
            ))  # fmt: skip
        else:
            gates.append(box(name, parent, **{one: (0.3, INF), other: (-INF, 0.6)}))
    return seen_through(*gates)


def crowd() -> Readout:
    """Twenty gates of one plane over each other, names long and short."""
    return seen_through(
        *(
            box(f"{'a gate with quite a long name ' * (n % 2)}{n}", None,
                CD19=(0.3 + n / 80, 0.6 + n / 80), CD10=(0.3, 0.6 + n / 90))
            for n in range(20)
        )
    )  # fmt: skip


def ratios() -> Readout:
    """Named dimensions, a ratio, and an ellipsoid without an end."""
    dimensions = (
        Dimension("ratio", ("CD19", "CD10"), Linear(), ratio=(1.0, 0.0, -1000.0)),
        Dimension("own", ("CD34",), Arcsinh(5), label="CD34 as it is called here"),
    )
    open_end = EllipsoidGate(
        name="open", dimensions=("own", "CD38"), center=(1, 0.5),
        covariance=((1, 0), (0, -1)), distance2=1, as_written=True,
    )  # fmt: skip
    return seen_through(
        box("by ratio", None, ratio=(-1, 1)), box("on it", "by ratio", own=(2, INF)), open_end,
        dimensions=dimensions,
    )  # fmt: skip


def empty() -> Readout:
    """No event lies in the gate, and none in what is below it."""
    return seen_through(
        box("nothing", None, CD19=(5.0, 6.0)), box("below", "nothing", CD10=(0.1, 0.5)), count=300
    )


STRATEGIES = {
    "chain": chain, "quadrants": quadrants, "sixty": sixty, "crowd": crowd, "ratios": ratios,
    "empty": empty,
}  # fmt: skip
