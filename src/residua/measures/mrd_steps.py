"""Between two levels of MRD: the log reduction, and days at an assumed doubling time."""

from __future__ import annotations

import math
from dataclasses import dataclass

from scipy.special import ndtri

from residua.errors import ValueFault
from residua.facts.interval import Interval
from residua.measures.mrd_kinetics import CROSS_METHOD, LEVEL, NOT_STATED
from residua.measures.mrd_observation import MrdObservation

COUNTING = "counting errors of both, on the log axis"


@dataclass(frozen=True)
class LogReduction:
    """log10(earlier / later), from ``low`` to ``high``; a number where both are numbers.

    Where one is a bound the reduction is one too, ``at least`` or ``at most`` so much.
    """

    value: float | None
    low: float
    high: float
    interval: Interval | None
    flags: tuple[str, ...]


def log_reduction(
    earlier: MrdObservation, later: MrdObservation, *, level: float = LEVEL
) -> LogReduction:
    """How far `later` lies below `earlier`; flagged where methods or denominators differ."""
    if not earlier.day <= later.day:
        raise ValueFault("the earlier result first", "a later one", "turn them round")
    low = _log(earlier.surely_above / later.high)
    high = _ratio(earlier.high, later.surely_above)
    both = earlier.quantified and later.quantified
    error = math.hypot(earlier.error, later.error)
    known = both and earlier.error > 0 and later.error > 0
    reach = float(ndtri((1 + level) / 2)) * error
    interval = Interval(level, low - reach, low + reach, COUNTING) if known else None
    return LogReduction(low if both else None, low, high, interval, _flags(earlier, later))


def _log(ratio: float) -> float:
    return math.log10(ratio) if ratio > 0 else -math.inf


def _ratio(above: float, below: float) -> float:
    return math.inf if below == 0 else math.log10(above / below)


def _flags(earlier: MrdObservation, later: MrdObservation) -> tuple[str, ...]:
    flags = []
    pairs = ((earlier.method, later.method), (earlier.denominator, later.denominator))
    if any(a and b and a != b for a, b in pairs):
        flags.append(CROSS_METHOD)
    if any(not a or not b for a, b in pairs):
        flags.append(NOT_STATED)
    return tuple(flags)


def doublings_between(start: float, end: float) -> float:
    """log2(end / start): how often `start` doubles until it is `end`."""
    if not (start > 0 and end > 0):
        raise ValueFault("fractions above 0", "others", "correct them")
    return math.log2(end / start)


def days_between(start: float, end: float, *, doubling_days: float) -> float:
    """Days from one level to another at an assumed, constant doubling time."""
    if not doubling_days > 0:
        raise ValueFault("a doubling time above 0", "another", "correct it")
    return doublings_between(start, end) * doubling_days


def implied_doubling(start: float, end: float, *, days: float) -> float:
    """The constant doubling time that leads from one level to another in `days`."""
    doublings = doublings_between(start, end)
    if doublings == 0:
        raise ValueFault("two different levels", "the same twice", "give two")
    return days / doublings
