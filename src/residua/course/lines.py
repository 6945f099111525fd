"""Lines of therapy: as the record states them, else counted from relapse to relapse.

No published rule for counting lines in ALL stands in the fact sheets, so the count is
Residua's choice and says so: line 1 begins with the first treatment, and the first treatment
after each reported relapse or progression (an event, or an assessment whose source calls it a
relapse) begins the next. A stated ``line`` always wins and is counted from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from residua.course.placing import Placed
from residua.course.relapse_words import says_relapse
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.treatment import CellInfusion, Transplant, Treatment


@dataclass(frozen=True)
class Line:
    """The line of therapy that a treatment belongs to."""

    treatment: str
    number: int
    basis: Literal["stated", "Residua's choice"]


def count_lines(placed: Iterable[Placed]) -> tuple[Line, ...]:
    """The line of every treatment, transplant and infusion, in the order of the course."""
    lines: list[Line] = []
    number, relapsed = 0, True
    for item in placed:
        if is_relapse(item.fact):
            relapsed = True
        elif isinstance(item.fact, (Treatment, Transplant, CellInfusion)):
            stated = item.fact.line if isinstance(item.fact, Treatment) else None
            number = stated or number + relapsed
            relapsed = False
            lines.append(Line(item.id, number, "stated" if stated else "Residua's choice"))
    return tuple(lines)


def is_relapse(fact: Fact) -> bool:
    """Whether a source reports a relapse or progression here."""
    if isinstance(fact, Event):
        return fact.kind in ("relapse reported", "progression")
    if isinstance(fact, Assessment):
        return says_relapse(fact.response_reported or "")
    return False
