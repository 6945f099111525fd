"""Numbers that were computed, as JSON holds them: six digits, and null for what has no number."""

from __future__ import annotations

import math
from typing import Any

from residua.facts.interval import Interval


def digits(value: float | None) -> float | None:
    """Six significant digits, which a search by likelihood gives alike on every machine.

    None for what is not known or without an end: JSON has no infinity.
    """
    return None if value is None or not math.isfinite(value) else float(f"{value:.6g}")


def interval_document(interval: Interval | None) -> dict[str, Any] | None:
    """An interval with its level and kind; an end that does not exist is null."""
    if interval is None:
        return None
    return {
        "level": interval.level,
        "low": digits(interval.low),
        "high": digits(interval.high),
        "kind": interval.kind,
    }
