"""Checks of counted days and values that come as findings.

Shared by the standards that grade by days below a limit.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.count_level import PER_MICROLITRE, Level
from residua.standards.rulebook import Rule


def limit_of(rule: Rule) -> Decimal:
    """The number of a rule: cells per microlitre, days, or a plain number."""
    assert isinstance(rule.limit, Quantity)  # the caller names a rule with a number
    counted = rule.limit.kind == "count concentration"
    return rule.limit.to(PER_MICROLITRE).value if counted else rule.limit.value


def days_in(raw: str, name: str, most: int) -> int:
    """A whole number of days from 0 to `most`; raises ValueFault for anything else."""
    days = Quantity.parse(raw, default_unit="d").to("d")
    whole = days.value == days.value.to_integral_value() and not days.censored
    if not (whole and 0 <= days.value <= most):
        expected = f"{name}: a whole number of days from 0 to {most}"
        raise ValueFault(expected, "another number", "correct it", field="finding")
    return int(days.value)


def check_order(days: dict[str, int], names: tuple[str, ...]) -> None:
    """Raise ValueFault unless the days of `names` rise: those of a lower limit come first."""
    stated = [(name, days[name]) for name in names if name in days]
    for (fewer, low), (more, high) in pairwise(stated):
        if low > high:
            expected = f"{fewer} not more than {more}"
            raise ValueFault(expected, "the reverse", "correct one of them", field="finding")


def upper(level: Level) -> Decimal:
    """The highest that a level may be; a number far above every limit where it has no bound."""
    return level.high if level.high.is_finite() else _FAR_ABOVE


_FAR_ABOVE = Decimal(10**9)
