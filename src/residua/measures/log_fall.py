"""By how many powers of ten a level fell."""

from __future__ import annotations

import math

from residua.facts.quantity import Quantity


def log_fall(before: Quantity, after: Quantity) -> float | None:
    """log10 of `before` divided by `after`; negative for a rise, None for a bound or a zero."""
    if before.censored or after.censored or not (before.number > 0 and after.number > 0):
        return None
    return math.log10(before.number / after.number)
