"""The first step: clock, flow rate and drift, all along the time of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.facts.quality import QualityCheck, TimeBin
from residua.measures.acquisition_quality.clock import (
    Clock,
    read_clock,
    runs_longer_than_stated,
    seconds_per_unit,
)
from residua.measures.acquisition_quality.drift import Drift, measure_drift
from residua.measures.acquisition_quality.finding import Events, Finding, Mask, Rows, share
from residua.measures.acquisition_quality.rate import CLOG, SURGE, Rate, measure_rate
from residua.measures.acquisition_quality.time_words import (
    UNKNOWN,
    clock_check,
    drift_check,
    rate_check,
    time_bins,
    time_flags,
)

NO_CLOCK = "the file has no Time channel"
STANDS_STILL = "the clock stands still"


@dataclass(frozen=True, eq=False)
class Timed:
    """The finding of the step with the flow rate behind it."""

    finding: Finding
    bins: tuple[TimeBin, ...] = ()
    unit: str = ""


def find_time_faults(events: Events) -> Timed:
    """Events while the clock went back, the flow faltered or surged, or a signal had drifted."""
    acquisition = events.acquisition
    place = next((p for p, channel in enumerate(acquisition.channels) if channel.is_time), None)
    if place is None:
        return Timed(Finding(None, NO_CLOCK))
    rows = np.flatnonzero(events.left)
    times = acquisition.events[:, place] if len(rows) == len(events.left) else None
    times = np.ascontiguousarray(acquisition.events[rows, place] if times is None else times)
    if len(times) < 2 or times.min() == times.max():
        return Timed(Finding(None, STANDS_STILL))
    clock = read_clock(times)
    rate = measure_rate(clock.elapsed)
    faltering = _faltering(rate, len(clock.order))
    steady = rows[clock.order[~faltering]]
    drift = measure_drift(acquisition, steady)
    return _timed(events, rows, clock, rate, faltering, steady, drift)


def _faltering(rate: Rate | None, count: int) -> Mask:
    """Which events, in order of time, lie in a bin with a clog or a surge."""
    faulty = np.zeros(count, bool)
    if rate is not None:
        for number in np.flatnonzero((rate.state == CLOG) | (rate.state == SURGE)):
            faulty[rate.firsts[number] : rate.firsts[number + 1]] = True
    return faulty


def _drifting(drift: Drift | None, count: int) -> Mask:
    """Which of `count` events, in order of time, lie in a stretch with a drifted channel."""
    faulty = np.zeros(count, bool)
    if drift is not None:
        for number in np.flatnonzero(drift.departs.any(axis=1)):
            first, last = (count * n // drift.stretches for n in (number, number + 1))
            faulty[first:last] = True
    return faulty


def _timed(
    events: Events,
    rows: Rows,
    clock: Clock,
    rate: Rate | None,
    faltering: Mask,
    steady: Rows,
    drift: Drift | None,
) -> Timed:
    drifting = _drifting(drift, len(steady))
    removed = np.zeros(len(events.left), bool)
    for gone in (rows[clock.removed], rows[clock.order[faltering]], steady[drifting]):
        removed[gone] = True
    channels, keywords = events.acquisition.channels, events.acquisition.keywords
    step = seconds_per_unit(keywords)
    checks = (
        clock_check(clock),
        rate_check(rate, int(faltering.sum()), step),
        drift_check(drift, int(drifting.sum()), channels),
    )
    span = float(clock.elapsed[-1] - clock.elapsed[0])
    too_long = step is not None and runs_longer_than_stated(span * step, keywords)
    flags = time_flags(clock, rate, drift, channels, step=step, too_long=too_long)
    finding = Finding(removed, _reason(removed, checks, len(rows)), checks, flags)
    places = clock.elapsed[~faltering][drifting]
    return Timed(finding, time_bins(rate, places, step), "s" if step else "clock units")


def _reason(removed: Mask, checks: tuple[QualityCheck, ...], before: int) -> str:
    gone = int(np.count_nonzero(removed))
    unknown = [check.name for check in checks if check.reason.startswith(UNKNOWN)]
    also = f"; not assessable: {', '.join(unknown)}" * bool(unknown)
    if not gone:
        return f"no fault found{also}"
    named = ", ".join(check.name for check in checks if check.removed)
    return f"{share(gone, before)} of the events were acquired under a fault ({named}){also}"
