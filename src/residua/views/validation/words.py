"""Numbers of a validation in words."""

from __future__ import annotations

import math

from residua.facts.interval import Interval
from residua.measures.validation.agreement import Share


def fraction_words(value: float | None) -> str:
    """``3.1e-05`` as ``3.1e-5``; a dash for none."""
    if value is None:
        return "–"
    if value == 0:
        return "0"
    exponent = math.floor(math.log10(value) + 1e-9)
    if exponent >= -1:
        return f"{value:.3g}"
    return f"{value / 10**exponent:.3g}e{exponent}"


def percent_words(value: float | None) -> str:
    """A share in percent, three digits."""
    return "–" if value is None or not math.isfinite(value) else f"{100 * value:.3g} %"


def interval_words(interval: Interval | None, form: str = ".3g") -> str:
    """``0.95 to 1.02``."""
    return "no interval" if interval is None else f"{interval.low:{form}} to {interval.high:{form}}"


def limit_words(interval: Interval | None) -> str:
    """The interval of a level; an end that the data leave open in words."""
    if interval is None:
        return "no interval"
    low = "no lower end" if interval.low == 0 else fraction_words(interval.low)
    high = "no upper end" if math.isinf(interval.high) else fraction_words(interval.high)
    return f"{low} to {high}"


def share_words(share: Share) -> str:
    """``48 of 50, 96 % (86.3 to 99.5)``."""
    if share.interval is None or share.value is None:
        return "none to count"
    low, high = 100 * share.interval.low, 100 * share.interval.high
    return f"{share.count} of {share.total}, {100 * share.value:.1f} % ({low:.1f} to {high:.1f})"
