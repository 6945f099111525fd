"""Baseline, peak, time to peak and fold of one analyte around an infusion, without substitution.

Worked example (pg/mL): below 4 on day -1, 12 on day 2, 48 on day 5, 20 on day 9. Baseline below 4,
peak 48 on day 5, fold at least 48 / 4 = 12. Were day 5 above 500 instead, the peak would be at
least 500 on day 5 and the fold at least 125.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from residua.measures.analyte_value import AnalyteValue

Days = tuple[int, int]
NO_AFTER = "no value after day 0"
NEITHER = "neither the baseline nor the peak is a number"
UNORDERED = "several results of the baseline's day in an order not stated: it is one of them"
EITHER = "a result that may lie before or after the infusion is left out"


@dataclass(frozen=True)
class Concentration:
    """A level from ``low`` to ``high`` (None: no upper bound) on a day within ``days``.

    ``low`` and ``high`` None with a ``reason``: not assessable.
    """

    low: Decimal | None
    high: Decimal | None
    days: Days | None
    reason: str = ""

    @property
    def known(self) -> bool:
        """Whether anything is known of it."""
        return self.low is not None


@dataclass(frozen=True)
class Fold:
    """Peak over baseline, every value possible from ``low`` to ``high`` (None: without end)."""

    low: float | None
    high: float | None
    reason: str = ""


@dataclass(frozen=True)
class CytokineKinetics:
    """Of one analyte in ``unit``; ``peak.days`` is None where it was never at or above a limit."""

    unit: str
    baseline: Concentration
    peak: Concentration
    fold: Fold
    notes: tuple[str, ...] = ()


def measure_cytokine(
    values: Sequence[AnalyteValue], *, unit: str, baseline_window: int
) -> CytokineKinetics:
    """The summary of one analyte's `values`, all of them in `unit`.

    Baseline: the last value from `baseline_window` days before the infusion to day 0. Peak: the
    greatest value after it. Of several values of day 0 with clock times the first counts as
    before the infusion, the others as after it.
    """
    before, after, either = _sides(values)
    candidates = _latest([v for v in before if v.first >= -baseline_window])
    baseline = _baseline(candidates, baseline_window)
    peak = _peak(after)
    notes = [UNORDERED] if len(candidates) > 1 else []
    notes += [EITHER] if either else []
    return CytokineKinetics(unit, baseline, peak, fold_of(peak, baseline), tuple(notes))


def _sides(
    values: Sequence[AnalyteValue],
) -> tuple[list[AnalyteValue], list[AnalyteValue], list[AnalyteValue]]:
    """Values up to the infusion, after it, and those that may lie on either side."""
    zero = [v for v in values if v.first == v.last == 0]
    clocks = [v.clock for v in zero if v.clock is not None]
    first = min(clocks) if len(clocks) == len(zero) and zero else None
    late = [v for v in zero if first is not None and v.clock is not None and v.clock > first]
    before = [v for v in values if v.last <= 0 and v not in late]
    after = [v for v in values if v.first >= 1 or v in late]
    return before, after, [v for v in values if v.first <= 0 < v.last]


def _latest(values: Sequence[AnalyteValue]) -> list[AnalyteValue]:
    """The last value; several where their order is not known."""
    return [v for v in values if not any(_surely_after(w, v) for w in values)]


def _surely_after(later: AnalyteValue, earlier: AnalyteValue) -> bool:
    if later.first > earlier.last:
        return True
    one_day = later.dated and earlier.dated and later.first == earlier.first
    if not one_day or later.clock is None or earlier.clock is None:
        return False
    return later.clock > earlier.clock


def _days(values: Sequence[AnalyteValue]) -> Days:
    return min(v.first for v in values), max(v.last for v in values)


def _baseline(values: Sequence[AnalyteValue], window: int) -> Concentration:
    if not values:
        return Concentration(None, None, None, f"no value from {window} days before to day 0")
    highs = [v.high for v in values if v.high is not None]
    high = max(highs) if len(highs) == len(values) else None
    return Concentration(min(v.low for v in values), high, _days(values))


def _peak(after: Sequence[AnalyteValue]) -> Concentration:
    """The greatest value: between the greatest lower and the greatest upper bound.

    Its days are those of every value that may be it; of equal numbers the first.
    """
    if not after:
        return Concentration(None, None, None, NO_AFTER)
    low = max(v.low for v in after)
    highs = [v.high for v in after if v.high is not None]
    high = max(highs) if len(highs) == len(after) else None
    if low == 0:
        return Concentration(low, high, None)
    equal = [v for v in after if v.quantified and v.low == low]
    first = min(equal, key=lambda v: (v.first, v.last, v.clock or 0.0), default=None)
    may = [v for v in after if v is first or v.high is None or v.high > low]
    return Concentration(low, high, _days(may))


def fold_of(peak: Concentration, baseline: Concentration) -> Fold:
    """Peak over baseline as the interval of what is possible; never from a stand-in number."""
    reason = baseline.reason or peak.reason
    if reason or peak.low is None or baseline.low is None:
        return Fold(None, None, reason)
    low = float(peak.low / baseline.high) if baseline.high else 0.0
    high = float(peak.high / baseline.low) if peak.high is not None and baseline.low else None
    if low == 0 and high is None:
        return Fold(None, None, NEITHER)
    return Fold(low, high)
