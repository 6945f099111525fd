"""What the step of time found, in words."""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from residua.facts.acquisition import Channel
from residua.facts.quality import QualityCheck, TimeBin
from residua.measures.acquisition_quality.clock import Clock
from residua.measures.acquisition_quality.drift import Drift
from residua.measures.acquisition_quality.rate import CLOG, GAP, SURGE, Rate

UNKNOWN = "not assessable"
_STATES: dict[int, Literal["clog", "surge", "gap"]] = {CLOG: "clog", SURGE: "surge", GAP: "gap"}
_PLURAL = {"clog": "clogs", "surge": "surges", "gap": "gaps"}
State = Literal["", "clog", "surge", "gap", "drift"]


def clock_check(clock: Clock) -> QualityCheck:
    """Whether the clock went back."""
    gone = int(np.count_nonzero(clock.removed))
    reason = "the clock runs forward"
    if clock.unordered:
        reason = "the events are not in order of time; they were sorted by it"
    elif gone:
        reason = "the clock went back"
    elif clock.restarts:
        reason = "the clock starts again; the runs were joined"
    return QualityCheck("clock", gone, reason)


def rate_check(rate: Rate | None, removed: int, step: float | None) -> QualityCheck:
    """Clogs, surges and gaps with their times."""
    if rate is None:
        return QualityCheck("rate", 0, f"{UNKNOWN}: too few events or steps of the clock")
    if not rate.steady:
        return QualityCheck("rate", 0, f"{UNKNOWN}: there is no usual flow rate")
    words = [
        words
        for state, name in _STATES.items()
        if (words := _stretches(rate, state, name, step or 1.0, "s" if step else "clock units"))
    ]
    return QualityCheck("rate", removed, "; ".join(words) or "the flow rate is steady")


def _stretches(rate: Rate, state: int, name: str, step: float, unit: str) -> str:
    faulty = np.concatenate([[False], rate.state == state, [False]])
    starts, ends = (np.flatnonzero(np.diff(faulty.astype(np.int8)) == way) for way in (1, -1))
    if not len(starts):
        return ""
    zero = rate.edges[0]
    spans = [
        f"{(rate.edges[a] - zero) * step:.4g}-{(rate.edges[b] - zero) * step:.4g}"
        for a, b in zip(starts[:5], ends[:5], strict=True)
    ]
    more = f" and {len(starts) - 5} more" * (len(starts) > 5)
    count = f"1 {name}" if len(starts) == 1 else f"{len(starts)} {_PLURAL[name]}"
    return f"{count} ({', '.join(spans)} {unit}{more})"


def drift_check(drift: Drift | None, removed: int, channels: tuple[Channel, ...]) -> QualityCheck:
    """Channels that drifted, with their largest departure."""
    if drift is None:
        return QualityCheck("drift", 0, f"{UNKNOWN}: too few events")
    named = [
        f"{channels[column].name} by {_largest(drift, place):+.2g} robust SD"
        for place, column in enumerate(drift.columns)
        if drift.departs[:, place].any()
    ]
    return QualityCheck("drift", removed, "; ".join(named) or "the signals are steady")


def _largest(drift: Drift, place: int) -> float:
    shifts = drift.shift[drift.departs[:, place], place]
    return float(shifts[np.argmax(np.abs(shifts))])


def time_flags(
    clock: Clock,
    rate: Rate | None,
    drift: Drift | None,
    channels: tuple[Channel, ...],
    *,
    step: float | None,
    too_long: bool,
) -> tuple[str, ...]:
    """What is unusual about the time of a run."""
    gone = int(np.count_nonzero(clock.removed))
    flags = ["the events are not in order of time"] * clock.unordered
    flags += [f"the clock goes back ({gone} events)"] * (gone > 0)
    flags += ["the clock starts again during the run"] * (clock.restarts > 0)
    flags += ["$TIMESTEP is missing or no number: times are in units of the clock"] * (step is None)
    flags += ["the events span more time than from $BTIM to $ETIM"] * too_long
    if rate is not None:
        flags += ["there is no usual flow rate"] * (not rate.steady)
        flags += [f"{name} of the flow rate" for s, name in _STATES.items() if s in rate.state]
    if drift is not None:
        moved = drift.departs.any(axis=0) | drift.unsteady
        names = [channels[c].name for c, m in zip(drift.columns, moved, strict=True) if m]
        flags += [f"signal drifts in {', '.join(names)}"] * bool(names)
    return tuple(flags)


def time_bins(
    rate: Rate | None, drifting: NDArray[np.floating], step: float | None
) -> tuple[TimeBin, ...]:
    """The flow rate from its start, with what is wrong; `drifting` are times of drifted events."""
    if rate is None:
        return ()
    drifted = np.diff(np.searchsorted(drifting, rate.edges)) > 0.5 * rate.events
    edges = (rate.edges - rate.edges[0]) * (step or 1.0)
    return tuple(
        TimeBin(float(a), float(b), int(n), _state(int(state), bool(moved and n)))
        for a, b, n, state, moved in zip(
            edges, edges[1:], rate.events, rate.state, drifted, strict=False
        )
    )


def _state(state: int, drifted: bool) -> State:
    return _STATES.get(state) or ("drift" if drifted else "")
