"""Three-valued rules: true, false, or not known because an input is not stated.

What is known of a quantity is `Given`: its value, a bound on it (a censored quantity), several
values where the record contradicts itself, or None. From that follow the sets of rules that
may hold together. A verdict is computed only where all of them lead to the same one.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Final, Literal

from residua.facts.quantity import Quantity
from residua.standards.rulebook import COMPARISONS, Rule

Given = Quantity | bool | tuple[Quantity | bool, ...] | Literal["unavailable"] | None
"""A value, a bound, one of several values, "unavailable" (known not to exist), or unknown."""

UNAVAILABLE: Final = "unavailable"
_BOUNDS = {"<": "below", "<=": "at_most", ">": "above", ">=": "at_least"}


def holdings(rules: tuple[Rule, ...], given: Given) -> tuple[frozenset[str], ...]:
    """Every set of these rules (on one quantity) that may hold together, in a fixed order.

    Raises ValueFault where `given` is of another kind than the rules' limits.
    """
    if given == UNAVAILABLE and all(rule.if_unavailable is not None for rule in rules):
        return (frozenset(rule.id for rule in rules if rule.if_unavailable),)
    sets = [
        frozenset(rule.id for rule in rules if rule.holds(value))
        for value in _possible_values(rules, given)
    ]
    return tuple(dict.fromkeys(sets))


def settled(rule: Rule, given: Given) -> bool | None:
    """Whether the rule holds for all that the quantity may be (True), for none (False)."""
    sets = {bool(held) for held in holdings((rule,), given)}
    return sets.pop() if len(sets) == 1 else None


def _possible_values(rules: tuple[Rule, ...], given: Given) -> tuple[Quantity | bool, ...]:
    """Values that stand for all that the quantity may be: one for each way past the limits."""
    if isinstance(given, tuple):
        return tuple(value for one in given for value in _possible_values(rules, one))
    if isinstance(given, bool) or (isinstance(given, Quantity) and not given.censored):
        return (given,)
    limits = [rule.limit for rule in rules if isinstance(rule.limit, Quantity)]
    if not limits:
        return (True, False)
    bound = given if isinstance(given, Quantity) else None
    return _points(limits, bound)


def _points(limits: list[Quantity], bound: Quantity | None) -> tuple[Quantity, ...]:
    """Each limit and a point between, below and above them that respects the bound."""
    unit = limits[0].unit
    marks = {limit.to(unit).value for limit in limits}
    if bound is not None:
        marks.add(bound.to(unit).value)
    ordered = sorted(marks)
    between = [(a + b) / 2 for a, b in pairwise(ordered)]
    points: list[Decimal] = [ordered[0] - 1, *ordered, *between, ordered[-1] + 1]
    if bound is not None:
        admits = COMPARISONS[_BOUNDS[bound.comparator]]
        points = [point for point in points if admits(point, bound.to(unit).value)]
    return tuple(Quantity(point, unit) for point in sorted(points))
