"""Lines of therapy: as the record states them, else counted from relapse to relapse.

No published rule for counting lines in ALL stands in the fact sheets, so the count is
Residua's choice and says so: line 1 begins with the first treatment, and each reported
relapse or progression begins the next. A stated ``line`` always wins and is counted from.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from residua.course.placing import Placed
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
        if isinstance(item.fact, Event):
            relapsed = relapsed or item.fact.kind in ("relapse reported", "progression")
        elif isinstance(item.fact, (Treatment, Transplant, CellInfusion)):
            stated = item.fact.line if isinstance(item.fact, Treatment) else None
            number = stated or number + relapsed
            relapsed = False
            lines.append(Line(item.id, number, "stated" if stated else "Residua's choice"))
    return tuple(lines)
