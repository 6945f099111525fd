"""The events of a simulated marrow with their labels."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition, Channel, Spillover
from residua.simulate.assumptions import assumed
from residua.simulate.flow import SimulatedFlow
from residua.simulate.marrow.decades import to_decades, to_linear
from residua.simulate.marrow.drawn import BLASTS, DEBRIS, DOUBLET, DrawnMarrow, largest_remainder
from residua.simulate.marrow.laboratory import measured
from residua.simulate.marrow.law import Law, draw_cells
from residua.simulate.marrow.streams import stream
from residua.simulate.marrow.tubes import SCATTER

Floats = NDArray[np.float32]
RANGE = 262144.0
_CHUNK = 1 << 17


def simulate_marrow(drawn: DrawnMarrow) -> SimulatedFlow:
    """The events of `drawn`; the same for the same spec.

    Channels are FSC-A, FSC-H, SSC-A, the dyes with $SPILLOVER applied, and Time, linear float32.
    """
    spec, random = drawn.spec, stream(drawn.spec, "events")
    blasts = largest_remainder(spec.blast_count, drawn.blasts.weights)
    laws = (*drawn.normal, drawn.blasts, drawn.debris)
    sizes = [random.multinomial(n, law.weights) for n, law in zip(drawn.counts, laws, strict=False)]
    sizes += [blasts, np.array([round(spec.debris * spec.events)])]
    parts = [draw_cells(law, size, random) for law, size in zip(laws, sizes, strict=True)]
    single = sum(len(part) for part in parts)
    pairs, ratio = _doublets(drawn, round(spec.doublets * spec.events), random)
    cells = np.concatenate([*parts, pairs])
    heights = np.concatenate([np.ones(single, np.float32), ratio])
    counts = [len(part) for part in (*parts, pairs)]
    order = random.permutation(len(cells))
    labels = np.repeat(np.arange(len(counts), dtype=np.uint8), counts)[order]
    names = (*(law.name for law in drawn.normal), BLASTS, DEBRIS, DOUBLET)
    return SimulatedFlow(
        acquisition=_acquisition(drawn, _recorded(drawn, cells, heights, order, random)),
        labels=labels,
        names=names,
        counts=MappingProxyType(dict(zip(names, counts, strict=True))),
        positives=MappingProxyType({BLASTS: _carriers(drawn.blasts, blasts)}),
    )


def _doublets(drawn: DrawnMarrow, size: int, random: np.random.Generator) -> tuple[Floats, Floats]:
    """Pairs (n, d) of cells as they are in the sample, light added; height over area (n,)."""
    shares = np.array([*drawn.counts, drawn.spec.blast_count]) / max(drawn.spec.cells, 1)
    pair = []
    for _ in range(2):
        laws = (*drawn.normal, drawn.blasts)
        counts = random.multinomial(size, shares)
        cells = [_some(law, int(count), random) for law, count in zip(laws, counts, strict=True)]
        pair.append(to_linear(np.concatenate(cells)[random.permutation(size)]))
    both = pair[0] + pair[1]
    ratio = np.maximum(pair[0][:, 0], pair[1][:, 0]) / both[:, 0]
    return to_decades(both), ratio


def _some(law: Law, count: int, random: np.random.Generator) -> Floats:
    return draw_cells(law, random.multinomial(count, law.weights), random)


def _recorded(
    drawn: DrawnMarrow,
    cells: Floats,
    heights: Floats,
    order: NDArray[np.int64],
    random: np.random.Generator,
) -> Floats:
    """(n, channels) values as a cytometer stores them, in the order of `order`."""
    spread, first = assumed("flow", "height_spread"), len(SCATTER)
    spill = drawn.tube.spillover().astype(np.float32)
    events = np.empty((len(cells), cells.shape[1] + 2), np.float32)
    for start in range(0, len(cells), _CHUNK):
        rows = order[start : start + _CHUNK]
        light = to_linear(measured(cells[rows], drawn.chain))
        noise = 10 ** (spread * random.standard_normal(len(rows), dtype=np.float32))
        into = events[start : start + _CHUNK]
        into[:, 0], into[:, 2] = light[:, 0], light[:, 1]
        into[:, 1] = light[:, 0] * heights[rows] * noise
        into[:, 3:-1] = light[:, first:] @ spill
    np.minimum(events, RANGE - 1, out=events)
    ticks = random.uniform(0, drawn.spec.duration / assumed("flow", "timestep"), len(events))
    events[:, -1] = np.floor(np.sort(ticks))
    events.setflags(write=False)
    return events


def _acquisition(drawn: DrawnMarrow, events: Floats) -> Acquisition:
    spec, tube = drawn.spec, drawn.tube
    keywords = {
        "$CYT": "Residua simulator",
        "$TIMESTEP": str(assumed("flow", "timestep")),
        "RESIDUA_SIMULATED": str(spec.seed),
    } | ({"$DATE": spec.date} if spec.date else {})
    stains = ["+".join(stain) for stain in tube.stains]
    channels = [("FSC-A", ""), ("FSC-H", ""), ("SSC-A", "")]
    channels += [*zip(tube.dyes, stains, strict=True), ("Time", "")]
    return Acquisition(
        events=events,
        channels=tuple(Channel(name, marker, range=RANGE) for name, marker in channels),
        keywords=MappingProxyType(keywords),
        spillover=Spillover(tube.dyes, tube.spillover()),
        instrument=keywords["$CYT"],
        acquired=spec.date,
        flags=("simulated",),
    )


def _carriers(law: Law, sizes: NDArray[np.int64]) -> dict[str, int]:
    """Of each antigen that some blasts lost, how many carry it."""
    lost = sorted({marker for group in law.lacks for marker in group})
    return {
        marker: int(sum(n for n, gone in zip(sizes, law.lacks, strict=True) if marker not in gone))
        for marker in lost
    }
