"""Limits of an automatic MRD, from blanks and drifted pseudo-spikes of the patient's own model.

The errors are those of CLSI EP17: 5 % of blanks above the limit of blank, 5 % of samples at the
limit of detection not above it. The total interval is Neyman's inversion (1937) of the law of the
readings: a level is in it where the reading would not be unusual.
"""

from __future__ import annotations

import math

import numpy as np

from residua.facts.interval import Interval
from residua.measures.calibration.blanks import upper_of
from residua.measures.calibration.calibration import Calibration, Values
from residua.measures.calibration.response import Response, response_of
from residua.standards.automatic_mrd import automatic_rules

POWER = 0.95
LEVEL = 0.95
TOTAL = "total, two-sided: counting, drift, alignment and blank, by pseudo-spikes"
_STEPS = 30  # levels per decade: 8 % apart
_LEAST = 1e-7  # level next to none: a blast in 1e7 cells


def limit_of_blank(calibration: Calibration, exposure: float, cells: float) -> float:
    """The reading (fraction of all cells) that 95 % of such samples without blasts stay below.

    Where that lies above the level of a negative, twice it: there the one blank in twenty would be
    called at a level that matters (rule `blank-margin`).

    False positives go with the normal cells inside the box, so that rates of those are compared,
    not shares of all cells. `exposure` is the share of the sample's `cells` inside the box.
    """
    seen, inside = calibration.exposures * calibration.cells, exposure * cells
    rates = calibration.rates[seen > 0]
    if not len(rates) or not inside > 0:
        return automatic_rules().blank_events / cells
    rarer = max(1 / inside - float(np.mean(1 / seen[seen > 0])), 0.0)
    limit = upper_of(rates, counting=float(rates.mean()) * rarer)
    return _with_margin(limit * exposure, cells)


def fixed_limit_of_blank(calibration: Calibration, cells: float) -> float:
    """The same of the fractions themselves, whatever lies in the box of a sample."""
    limit = upper_of(calibration.blanks)
    return _with_margin(limit, cells)


def _with_margin(limit: float, cells: float) -> float:
    """What 95 % of blanks stay below, as limit of blank of a sample of `cells`."""
    rules = automatic_rules()
    wide = rules.blank_margin if limit > rules.negative else 1.0
    return max(wide * limit, rules.blank_events / cells)


def predicted_lod(
    calibration: Calibration, exposure: float, cells: float, *, reviewed: bool
) -> float:
    """The smallest level that is read above the limit of blank with 95 % probability.

    Without a reviewer (strict mode) at least that of the phenotype, so that a sample with few
    normal cells in the box claims no better limit. Never below the lowest level that was tried;
    1 where no level is found.
    """
    law = response_of(calibration, exposure=exposure)
    limit = limit_of_blank(calibration, exposure, cells)
    found = max(_lod(law, limit, cells, calibration.levels[0]), _tried(calibration, limit))
    return found if reviewed else max(found, laip_lod(calibration, cells))


def laip_lod(calibration: Calibration, cells: float | None = None) -> float:
    """The limit of detection of the phenotype: by the fixed limit of blank.

    In a sample of `cells`, else of as many as the median of the normals.
    """
    count = float(np.median(calibration.cells)) if cells is None else cells
    limit = fixed_limit_of_blank(calibration, count)
    found = _lod(response_of(calibration), limit, count, calibration.levels[0])
    return max(found, _tried(calibration, limit))


def total_interval(
    calibration: Calibration, fraction: float, exposure: float, cells: float
) -> Interval:
    """Levels that would give such a reading: counting, drift, alignment and blank at once.

    The lower end is 0 where blanks read as much: up to the limit of blank and where the law at
    no blasts holds the reading. A reading below that of the usual blank is taken as it.
    """
    rules, law = automatic_rules(), response_of(calibration, exposure=exposure)
    levels = np.concatenate([[0.0], _grid(_LEAST)])
    usual = 10 ** law.locations[0]

    def above(reading: float) -> Values:
        return law.chance_above(
            reading, levels, cells, factor=rules.interval_factor, floor=rules.interval_floor
        )

    tail = (1 - LEVEL) / 2
    high = _rises_to(above(max(fraction + 1e-12, usual)), levels, 1 - tail)
    blank = fraction <= limit_of_blank(calibration, exposure, cells)
    low = 0.0 if blank else _reaches(above(fraction), levels, tail)
    return Interval(LEVEL, min(low, high), high, TOTAL)


def _lod(law: Response, limit: float, cells: float, lowest: float) -> float:
    levels = _grid(lowest)
    return _rises_to(law.chance_above(limit, levels, cells), levels, POWER)


def _tried(calibration: Calibration, limit: float) -> float:
    """Half a step above the last level of which 5 % of spikes, and two, stayed within `limit`.

    A few spikes that are read as nothing, where drift has carried them among normal cells, make
    the spread of a law wide but not wide enough. 1 where the highest level is such a one.
    """
    levels = calibration.levels
    missed = (calibration.responses <= limit).sum(axis=0)
    failed = np.flatnonzero(missed > max((1 - POWER) * len(calibration.responses), 1))
    if not len(failed):
        return float(levels[0])
    last = int(failed[-1])
    return 1.0 if last == len(levels) - 1 else math.sqrt(levels[last] * levels[last + 1])


def _grid(lowest: float) -> Values:
    return np.geomspace(lowest, 1.0, int(-_STEPS * math.log10(lowest)) + 2)


def _rises_to(chances: Values, levels: Values, wanted: float) -> float:
    """The level from which on `chances` (g,) stay at `wanted` or above; 1 where they never do."""
    below = np.flatnonzero(chances < wanted)
    if not len(below):
        return float(levels[0])
    last = int(below[-1])
    return 1.0 if last == len(levels) - 1 else _between(chances, levels, last, wanted)


def _reaches(chances: Values, levels: Values, wanted: float) -> float:
    """The lowest level at which `chances` (g,) are `wanted` or more; 1 where none is."""
    enough = np.flatnonzero(chances >= wanted)
    if not len(enough):
        return 1.0
    first = int(enough[0])
    return 0.0 if not first else _between(chances, levels, first - 1, wanted)


def _between(chances: Values, levels: Values, place: int, wanted: float) -> float:
    """Where a straight line from `place` to the next crosses `wanted`."""
    part = (wanted - chances[place]) / (chances[place + 1] - chances[place])
    return float(levels[place] + part * (levels[place + 1] - levels[place]))
