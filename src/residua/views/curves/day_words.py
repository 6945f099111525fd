"""Days since an infusion in words."""

from __future__ import annotations

from collections.abc import Iterable


def days_words(days: tuple[float, float]) -> str:
    """``day 28``, or ``a day of 31 to 60`` where the date is partial."""
    first, last = days
    return f"day {first:g}" if first == last else f"a day of {first:g} to {last:g}"


def on_days(listed: Iterable[tuple[float, float]]) -> str:
    """Several days, with commas."""
    return ", ".join(days_words(days) for days in listed)
