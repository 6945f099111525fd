"""A CD22-negative reading soon after inotuzumab ozogamicin says little about the clone.

The drug may still cover the antigen, or the cell may have taken it in. For CD19 after CD19
therapy no window is known, so none is used there.
"""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, Range
from residua.course.elapsed import since_last_dose
from residua.course.occasions import Occasion
from residua.course.placing import Placed
from residua.course.targets import targeting
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Phenotype
from residua.facts.quantity import Quantity
from residua.standards.rulebook import load

FLAG = "possible masking or internalisation; not evidence of an antigen-negative clone"
MARKER = "CD22"


@dataclass(frozen=True)
class Masking:
    """A negative reading and the therapy that may hide the antigen, days after its last dose."""

    fact: str
    marker: str
    therapy: str
    days: Range

    def __str__(self) -> str:
        return f"{self.marker} negative {self.days} after the last dose of {self.therapy}: {FLAG}"


def maskings(course: Course, occasion: Occasion) -> tuple[Masking, ...]:
    """The occasion's first CD22-negative reading that a drug may explain, if there is one."""
    found = (masking_of(course, placed) for placed in occasion.facts)
    return tuple(masking for masking in found if masking is not None)[:1]


def masking_of(course: Course, placed: Placed) -> Masking | None:
    """The drug that may explain a CD22-negative reading; None for any other fact."""
    return may_mask(course, MARKER, placed.id) if _negative(placed) else None


def may_mask(course: Course, marker: str, fact_id: str) -> Masking | None:
    """The latest drug against `marker` that may still hide it at the fact, if there is one."""
    if marker != MARKER:
        return None
    therapies = [t for t in targeting(course) if t.marker == marker]
    return next(
        (
            Masking(fact_id, marker, therapy.therapy, days)
            for therapy in reversed(therapies)
            if course.position[therapy.treatment] < course.position[fact_id]
            and _in_window(days := since_last_dose(course, therapy, fact_id))
        ),
        None,
    )


def _negative(placed: Placed) -> bool:
    fact = placed.fact
    if isinstance(fact, Phenotype):
        return MARKER in fact.negative
    return isinstance(fact, AntigenReading) and fact.marker == MARKER and fact.positive is False


def _in_window(days: Range) -> bool:
    """Whether the reading may lie within the window; where no date tells, it may."""
    if days.longest is not None and days.longest < 0:
        return False
    if days.shortest is None:
        return True
    return load("conventions")["masking-window"].holds(_in_days(max(days.shortest, 0)))


def _in_days(days: int) -> Quantity:
    return Quantity.parse(f"{days} d")
