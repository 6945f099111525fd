"""A CD22-negative reading soon after inotuzumab ozogamicin says little about the clone.

The drug may still cover the antigen, or the cell may have taken it in. For CD19 after CD19
therapy no window is known, so none is used there.
"""

from __future__ import annotations

from residua.course.course import Course
from residua.course.masking import FLAG, may_be_masked
from residua.course.occasions import Occasion
from residua.course.placing import Placed
from residua.facts.antigen_reading import AntigenReading
from residua.facts.assessment import Phenotype

MARKER = "CD22"


def maskings(course: Course, occasion: Occasion) -> tuple[str, ...]:
    """In words, the occasion's CD22-negative reading that a drug may explain; else nothing."""
    if not any(_negative(placed) for placed in occasion.facts):
        return ()
    hidden = may_be_masked(course, MARKER, occasion.main.id)
    if hidden is None:
        return ()
    therapy, days = hidden
    when = f"{days} after the last dose of {therapy.therapy}"
    return (f"{MARKER} negative {when}: {FLAG}; not evidence of an antigen-negative clone",)


def _negative(placed: Placed) -> bool:
    fact = placed.fact
    if isinstance(fact, Phenotype):
        return MARKER in fact.negative
    return isinstance(fact, AntigenReading) and fact.marker == MARKER and fact.positive is False
