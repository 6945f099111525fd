"""Whether an antigen may be hidden by a drug that binds it, rather than lost.

An antigen read as negative within 30 days of the last dose of a drug that binds it is not
evidence of an antigen-negative clone: the drug may cover the epitope or the cell may have
taken it in. The 30 days are Residua's choice.
"""

from __future__ import annotations

from residua.course.course import Course, Range
from residua.course.elapsed import since_last_dose
from residua.course.targets import Targeting, targeting

MASKING_DAYS = 30
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
    soon = days.shortest is None or days.shortest <= MASKING_DAYS
    not_before = days.longest is None or days.longest >= 0
    return soon and not_before
