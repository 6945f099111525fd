"""The reader who knows the true densities of the very sample: what no reader can beat."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq, minimize_scalar

from residua.facts.interval import Interval
from residua.facts.mrd_result import Status
from residua.measures.benchmark.tool import Outcome, Tool
from residua.measures.preflight.prepared import PreparedSample
from residua.simulate.bench.samples import Truth, ideal_limit
from residua.simulate.marrow.laboratory import measured
from residua.simulate.marrow.law import draw_cells
from residua.simulate.marrow.true_laws import blast_log_density, true_log_densities

Floats = NDArray[np.float64]
_ONE_SIDED, _TWO_SIDED = 2.7055, 3.8415  # chi-square of 1: 90 % and 95 %
_BLASTS, _MARGIN = 20_000, 5.0  # drawn to know the blasts' least log density; below it by so much
_COUNTED = 40
_SUFFICIENT = 1e-4


def ideal_reader(truth: Truth) -> Tool:
    """The reader of the sample behind `truth`."""

    def read(
        normals: Sequence[PreparedSample],  # noqa: ARG001
        diagnosis: Sequence[PreparedSample],  # noqa: ARG001
        follow_up: PreparedSample,
        *,
        after: tuple[str, ...],  # noqa: ARG001
        reviewed: bool,  # noqa: ARG001
    ) -> Outcome:
        return _read(follow_up, truth)

    return read


def _read(follow_up: PreparedSample, truth: Truth) -> Outcome:
    near, ratio = _ratios(follow_up, truth)
    cells = max(len(follow_up), 1)
    away = cells - len(near)
    found, evidence = _likeliest(ratio, away)
    lod = ideal_limit(truth.drawn)
    status: Status = "not detected"
    if evidence > _ONE_SIDED:
        status = "quantified" if found * cells >= _COUNTED else "detected below LLOQ"
    elif lod > _SUFFICIENT:
        status = "not assessable"
    blasts = np.zeros(len(follow_up), bool)
    odds = found * ratio
    blasts[near] = odds > (1 - found)
    return Outcome(
        status=status,
        fraction=found if found > 0 else None,
        lod=lod,
        limit_of_blank=None,
        total_interval=_interval(ratio, away, found),
        blasts=blasts,
        flags=follow_up.flags,
        reason="negative with insufficient sensitivity" if status == "not assessable" else "",
    )


def _ratios(follow_up: PreparedSample, truth: Truth) -> tuple[NDArray[np.intp], Floats]:
    """The events where blasts may be, and the density of blasts over that of all else there."""
    drawn, events = truth.drawn, follow_up.events
    if truth.exchanged is not None:
        one, other = truth.exchanged
        events = events.copy()
        events[:, [one, other]] = events[:, [other, one]]
    random = np.random.Generator(np.random.PCG64(11))
    own = draw_cells(drawn.blasts, random.multinomial(_BLASTS, drawn.blasts.weights), random)
    least = blast_log_density(measured(own, drawn.chain), drawn).min() - _MARGIN
    near = np.flatnonzero(blast_log_density(events, drawn) >= least)
    at_blast, at_other = true_log_densities(events[near], drawn)
    return near, np.exp(np.minimum(at_blast - at_other, 60.0))


def _log_likelihood(share: float, ratio: Floats, away: int) -> float:
    return float(np.log1p(share * (ratio - 1)).sum() + away * np.log1p(-share))


def _likeliest(ratio: Floats, away: int) -> tuple[float, float]:
    """The share of the greatest likelihood, and twice its log over that of no blasts."""
    n = len(ratio) + away
    found = minimize_scalar(
        lambda log: -_log_likelihood(np.exp(log), ratio, away),
        bounds=(np.log(1e-3 / n), np.log(0.999)),
        method="bounded",
        options={"xatol": 1e-6},
    )
    share = float(np.exp(found.x))
    evidence = 2 * _log_likelihood(share, ratio, away)
    return (share, evidence) if evidence > 0 else (0.0, 0.0)


def _interval(ratio: Floats, away: int, found: float) -> Interval:
    """Where the log likelihood is within 1.92 of the greatest."""
    best, n = _log_likelihood(found, ratio, away), len(ratio) + away

    def over(log: float) -> float:
        return 2 * (best - _log_likelihood(float(np.exp(log)), ratio, away)) - _TWO_SIDED

    middle = np.log(max(found, 1e-3 / n))
    lowest, highest = np.log(1e-4 / n), np.log(0.9999)
    low = 0.0 if over(lowest) <= 0 or found == 0 else float(np.exp(brentq(over, lowest, middle)))
    high = 1.0 if over(highest) <= 0 else float(np.exp(brentq(over, middle, highest)))
    return Interval(0.95, min(low, found), max(high, found), "likelihood of the true densities")
