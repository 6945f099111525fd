"""The first step: clock, flow rate and drift, all along the time of a run."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from residua.facts.acquisition import Acquisition
from residua.facts.quality import QualityCheck, TimeBin
from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.clock import (
    Clock,
    read_clock,
    runs_longer_than_stated,
    seconds_per_unit,
)
from residua.measures.acquisition_quality.drift import Drift, measure_drift
from residua.measures.acquisition_quality.events import Events
from residua.measures.acquisition_quality.finding import Finding, Mask, Rows, Values, share
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
    rows = None if events.left.all() else np.flatnonzero(events.left)
    times = events.column(place) if rows is None else acquisition.events[rows, place]
    if times[0] == times[-1] and times.min() == times.max():
        return Timed(Finding(None, STANDS_STILL))
    run = _run(acquisition, rows, times)
    return _timed(events, run, _removed(run, len(events.left)))


@dataclass(frozen=True, eq=False)
class _Run:
    """The k events of a run in order of time, and what was found along it.

    `rows` (k,) are their places in the file, None where they stand in order; `skipped` the
    places of those that the clock leaves out. `faltering` and `drifting` (k,) lie in a clog or
    surge, and in a stretch with a drifted channel.
    """

    rows: Rows | None
    skipped: Rows
    clock: Clock
    rate: Rate | None
    drift: Drift | None
    faltering: Mask
    drifting: Mask


def _run(acquisition: Acquisition, rows: Rows | None, times: Values) -> _Run:
    clock = read_clock(times)
    skipped = np.flatnonzero(clock.removed)
    order = clock.order
    if rows is not None:
        order, skipped = (rows if order is None else rows[order]), rows[skipped]
    rate = measure_rate(clock.elapsed)
    faltering = _faltering(rate, len(clock.elapsed))
    steady = np.flatnonzero(~faltering) if faltering.any() else None
    count = len(faltering) if steady is None else len(steady)
    sample = np.arange(0, count, max(1, int(count // chosen("sample", "events"))))
    sample = sample if steady is None else steady[sample]
    drift = measure_drift(acquisition, sample if order is None else order[sample])
    drifting = _drifting(drift, count)
    if steady is not None:
        drifting, part = np.zeros(len(faltering), bool), drifting
        drifting[steady[part]] = True
    return _Run(order, skipped, clock, rate, drift, faltering, drifting)


def _removed(run: _Run, count: int) -> Mask:
    gone = run.faltering | run.drifting
    if run.rows is None:
        return gone
    removed = np.zeros(count, bool)
    removed[run.rows[gone]] = True
    removed[run.skipped] = True
    return removed


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


def _timed(events: Events, run: _Run, removed: Mask) -> Timed:
    channels, keywords = events.acquisition.channels, events.acquisition.keywords
    step, clock = seconds_per_unit(keywords), run.clock
    checks = (
        clock_check(clock),
        rate_check(run.rate, int(run.faltering.sum()), step),
        drift_check(run.drift, int(run.drifting.sum()), channels),
    )
    span = float(clock.elapsed[-1] - clock.elapsed[0])
    too_long = step is not None and runs_longer_than_stated(span * step, keywords)
    flags = time_flags(clock, run.rate, run.drift, channels, step=step, too_long=too_long)
    reason = _reason(removed, checks, int(np.count_nonzero(events.left)))
    drifted = clock.elapsed[run.drifting]
    bins = time_bins(run.rate, drifted, step)
    return Timed(Finding(removed, reason, checks, flags), bins, "s" if step else "clock units")


def _reason(removed: Mask, checks: tuple[QualityCheck, ...], before: int) -> str:
    gone = int(np.count_nonzero(removed))
    unknown = [check.name for check in checks if check.reason.startswith(UNKNOWN)]
    also = f"; not assessable: {', '.join(unknown)}" * bool(unknown)
    if not gone:
        return f"no fault found{also}"
    named = ", ".join(check.name for check in checks if check.removed)
    return f"{share(gone, before)} of the events were acquired under a fault ({named}){also}"
