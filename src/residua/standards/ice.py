"""The ICE score (immune effector cell-associated encephalopathy) from its five tasks."""

from __future__ import annotations

from decimal import Decimal

from residua.errors import ValueFault
from residua.facts.quantity import Quantity
from residua.standards.rulebook import load


def ice_score(*, orientation: int, naming: int, command: int, sentence: int, attention: int) -> int:
    """The sum of the points of the tasks, 0 to 10 (Lee 2019, doi:10.1016/j.bbmt.2018.12.758).

    Each task must be scored: a score of some tasks is none. Raises ValueFault (``field`` the
    task) for points that it cannot give.
    """
    points = {
        "orientation": orientation, "naming": naming, "command": command,
        "sentence": sentence, "attention": attention,
    }  # fmt: skip
    for name, number in points.items():
        rule = load("ice")[name]
        if number < 0 or not rule.holds(Quantity(Decimal(number))):
            expected = f"{name}: from 0 to {int(rule.limit_number)} points"
            raise ValueFault(expected, "another number", "correct it", field=name)
    return sum(points.values())
