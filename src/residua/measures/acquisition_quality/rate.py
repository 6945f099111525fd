"""The flow rate: stretches of time with far more, far fewer or no events.

After the flow-rate check of flowAI (Monaco 2016, Bioinformatics 32:2473,
doi:10.1093/bioinformatics/btw191), with a rule that can be done by hand: the events of equal
stretches of time against their median.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from residua.measures.acquisition_quality.choices import chosen
from residua.measures.acquisition_quality.finding import Values
from residua.measures.median_spread import SD_OF_MAD

Floats = NDArray[np.float64]
Counts = NDArray[np.intp]
USUAL, CLOG, SURGE, GAP = 0, 1, 2, 3


@dataclass(frozen=True, eq=False)
class Rate:
    """Events per bin of time: `edges` (b+1,), `firsts` (b+1,) the place of the first event.

    `state` (b,) is USUAL, CLOG, SURGE or GAP. `steady` is False where there is no usual rate;
    then no bin is called faulty but for gaps.
    """

    edges: Floats
    firsts: Counts
    state: NDArray[np.int8]
    steady: bool

    @property
    def events(self) -> Counts:
        """Events of each bin."""
        return np.diff(self.firsts)


def measure_rate(elapsed: Values) -> Rate | None:
    """The rate of events whose times `elapsed` (k,) never fall; None for too few events."""
    edges = _edges(elapsed)
    if edges is None:
        return None
    firsts = np.searchsorted(elapsed, edges.astype(elapsed.dtype))
    firsts[-1] = len(elapsed)
    events, widths = np.diff(firsts), np.diff(edges)
    rates = events / widths
    usual = float(np.median(rates[events > 0]))
    spread = SD_OF_MAD * float(np.median(np.abs(rates[events > 0] - usual)))
    allowed = chosen("rate", "deviations") * np.maximum(spread, np.sqrt(usual / widths))
    factor = chosen("rate", "factor")
    state = np.zeros(len(events), np.int8)
    state[(rates < usual - allowed) & (rates * factor < usual)] = CLOG
    state[(rates > usual + allowed) & (rates > usual * factor)] = SURGE
    steady = events[state == USUAL].sum() >= chosen("rate", "steady") * len(elapsed)
    if not steady:
        state[:] = USUAL
    state[events == 0] = GAP
    return Rate(edges, firsts, state, bool(steady))


def _edges(elapsed: Values) -> Floats | None:
    """Edges of equal bins of whole ticks of the clock, with enough events each on average."""
    bins = int(min(len(elapsed) / chosen("rate", "events"), chosen("rate", "most")))
    if bins < chosen("rate", "fewest"):
        return None
    first, last = float(elapsed[0]), float(elapsed[-1])
    tick = _tick(elapsed)
    if not last > first:
        return None
    width = (last - first) / bins
    if tick and width < 100 * tick:  # a bin of 3 or 4 ticks would look like a surge of a third
        width = max(1.0, np.ceil(width / tick)) * tick
        bins = int((last - first + tick) / width)
        first, last = first - tick / 2, last + tick / 2
    if bins < chosen("rate", "fewest"):
        return None
    edges = first + width * np.arange(bins + 1, dtype=np.float64)
    edges[-1] = last
    return np.asarray(edges, np.float64)


def _tick(elapsed: Values) -> float:
    """The smallest step of the clock, as far as neighbouring events show it; 0 if none does."""
    places = np.arange(0, len(elapsed) - 1, max(1, len(elapsed) // 50_000))
    steps = elapsed[places + 1].astype(np.float64) - elapsed[places]
    steps = steps[steps > 0]
    return float(np.median(steps[steps < 1.5 * steps.min()])) if len(steps) else 0.0
