"""Whether an antigen may be hidden by a drug that binds it, rather than lost.

An antigen read as negative within 30 days of the last dose of a drug that binds it is not
evidence of an antigen-negative clone: the drug may cover the epitope or the cell may have
taken it in. The window is a convention of Residua (``standards/conventions.toml``).
"""

from __future__ import annotations

from residua.course.course import Course, Range
from residua.course.elapsed import since_last_dose
from residua.course.targets import Targeting, targeting
from residua.facts.quantity import Quantity
from residua.standards.rulebook import load

FLAG = "possible masking or internalisation"


def may_be_masked(course: Course, marker: str, fact_id: str) -> tuple[Targeting, Range] | None:
    """The therapy that may hide `marker` at the fact, with the days since its last dose.

    None where no drug aimed at the marker may have been given in the 30 days before.
    """
    found = [
        (therapy, since_last_dose(course, therapy, fact_id))
        for therapy in targeting(course)
        if therapy.marker == marker
        and course.position[therapy.treatment] < course.position[fact_id]
    ]
    return next(((t, days) for t, days in reversed(found) if _within(days)), None)


def _within(days: Range) -> bool:
    """Whether the time since may be at most 30 days; an unknown time may be."""
    if days.longest is not None and days.longest < 0:
        return False
    if days.shortest is None:
        return True
    window = load("conventions")["masking-window"]
    return window.holds(Quantity.parse(f"{max(days.shortest, 0)} d"))
