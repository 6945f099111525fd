"""A made-up plate of a bead array with its truth: curves, concentrations and every bead.

The numbers behind it are choices (assumptions.toml), not findings. The same seed gives the same
plate.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Acquisition, Channel
from residua.facts.bead_panel import BeadPanel
from residua.facts.bead_plate import BeadPlate, BeadWell
from residua.measures.logistic_model import Logistic
from residua.simulate.assumptions import assumed

Values = NDArray[np.float64]
UNIT = "pg/mL"
TOP = 10000.0
LEVELS = 8
_FOLD = 4.0
_RANGE = 8388608.0
_SKEWS = (1.0, 0.6, 1.6)  # analytes take turns: four parameters, and both asymmetries


@dataclass(frozen=True, eq=False)
class SimulatedPlate:
    """A plate, its wells' events by well, and the truth.

    `curves` by analyte, `concentrations` by sample and analyte (undiluted), `counts` the beads by
    well and analyte, `responses` the expected reporter median by well and analyte.
    """

    plate: BeadPlate
    wells: Mapping[str, Acquisition]
    curves: Mapping[str, Logistic]
    concentrations: Mapping[str, Mapping[str, float]]
    counts: Mapping[str, Mapping[str, int]]
    responses: Mapping[str, Mapping[str, float]]
    seed: int


def simulate_bead_plate(
    panel: BeadPanel, *, seed: int = 1, samples: int = 4, events: int = 5000
) -> SimulatedPlate:
    """Standards of eight levels (4-fold below 10000 pg/mL), blanks and samples, in duplicate."""
    random = np.random.default_rng(seed)
    curves = {one.name: _curve(place, random) for place, one in enumerate(panel.analytes)}
    truth = {
        f"S{number + 1}": {
            one.name: float(math.exp(random.uniform(math.log(5), math.log(TOP * 2))))
            for one in panel.analytes
        }
        for number in range(samples)
    }
    plate = BeadPlate("plate.csv", tuple(_layout(samples)), UNIT)
    wells, counts, responses = {}, {}, {}
    for well in plate.wells:
        expected = {
            name: float(curve.response(np.array([_of(well, name, truth)]))[0])
            for name, curve in curves.items()
        }
        made = {
            name: value * math.exp(assumed("beads", "well_spread") * random.standard_normal())
            for name, value in expected.items()
        }
        wells[well.well], counts[well.well] = _well(panel, made, events, random, seed)
        responses[well.well] = made
    return SimulatedPlate(plate, wells, curves, truth, counts, responses, seed)


def _curve(place: int, random: np.random.Generator) -> Logistic:
    middle = math.log(TOP / 8) + assumed("beads", "spread_of_middles") * random.standard_normal()
    slope = math.log(random.uniform(0.9, 1.3))
    logs = [math.log(assumed("beads", "bottom")), math.log(assumed("beads", "top")), middle, slope]
    return Logistic((*logs, math.log(_SKEWS[place % len(_SKEWS)])))


def _layout(samples: int) -> list[BeadWell]:
    kinds: list[tuple[str, float | None]] = [
        (f"C{LEVELS - step}", TOP / _FOLD**step) for step in range(LEVELS)
    ]
    kinds += [("C0", 0.0), *((f"S{number + 1}", None) for number in range(samples))]
    wells = []
    for place, (sample, quantity) in enumerate(kinds):
        for replicate in range(2):
            name = f"{'ABCDEFGH'[place % 8]}{1 + 2 * (place // 8) + replicate}"
            file = f"{name}-{sample}.fcs"
            if quantity is None:
                wells.append(BeadWell(name, file, sample, "unknown", dilution=2.0))
            elif quantity == 0:
                wells.append(BeadWell(name, file, sample, "blank"))
            else:
                wells.append(BeadWell(name, file, sample, "standard", quantity))
    return wells


def _of(well: BeadWell, analyte: str, truth: Mapping[str, Mapping[str, float]]) -> float:
    """What is in the well: samples are diluted."""
    if well.role == "unknown":
        return truth[well.sample][analyte] / well.dilution
    return well.quantity or 0.0


def _well(
    panel: BeadPanel,
    responses: Mapping[str, float],
    events: int,
    random: np.random.Generator,
    seed: int,
) -> tuple[Acquisition, dict[str, int]]:
    """Beads, doublets and debris as (n, 4): forward, side, classifier, reporter."""
    debris, doublets = (round(assumed("beads", kind) * events) for kind in ("debris", "doublets"))
    each = (events - debris - doublets) / len(panel.analytes)
    parts, counts = [], {}
    for level, size in enumerate(panel.sizes):
        ranks = range(len(size.analytes))
        dims = ranks if panel.order == "low to high" else reversed(ranks)
        for analyte, rank in zip(size.analytes, dims, strict=True):
            spread = assumed("beads", "count_spread") * random.standard_normal()
            count = max(2, round(each * (1 + spread)))
            parts.append(_beads(level, rank, responses[analyte.name], count, random))
            counts[analyte.name] = count
    beads = np.concatenate(parts)
    pairs = beads[random.integers(0, len(beads), doublets)]
    pairs = pairs + beads[random.integers(0, len(beads), doublets)]
    all_events = np.concatenate([beads, pairs, _debris(debris, random)])
    data = np.minimum(random.permutation(all_events), _RANGE - 1).astype(np.float32)
    data.setflags(write=False)
    names = (*panel.scatter, panel.classifier, panel.reporter)
    channels = tuple(Channel(name, range=_RANGE) for name in names)
    keywords = {"$CYT": "Residua simulator", "RESIDUA_SIMULATED": str(seed)}
    return Acquisition(data, channels, keywords, flags=("simulated",)), counts


def _beads(
    size: int, rank: int, response: float, count: int, random: np.random.Generator
) -> Values:
    scatter = assumed("beads", "small_scatter") * assumed("beads", "size_ratio") ** size
    both = assumed("beads", "scatter_spread") * random.standard_normal(count)
    own = assumed("beads", "scatter_spread") * random.standard_normal(count)
    dye = assumed("beads", "classifier_lowest") * assumed("beads", "classifier_ratio") ** rank
    dyes = assumed("beads", "classifier_spread") * random.standard_normal(count)
    light = assumed("beads", "reporter_spread") * random.standard_normal(count)
    return np.column_stack(
        [scatter * 10**both, scatter * 10 ** (both + own), dye * 10**dyes, response * np.exp(light)]
    )


def _debris(count: int, random: np.random.Generator) -> Values:
    """Fragments: any scatter below a bead, no dye, little reporter."""
    small = assumed("beads", "small_scatter")
    scatter = small * 10 ** random.uniform(-1.0, 0.2, count)
    side = scatter * 10 ** (0.15 * random.standard_normal(count))
    dim = assumed("beads", "debris_classifier") * np.exp(0.3 * random.standard_normal((count, 2)))
    return np.column_stack([scatter, side, dim])
