"""Whether a fact belongs to the days after a CAR-T infusion, may do so, or does not.

What the record itself lays to an infusion (``attribution``) belongs to it at any time; what it
puts ``after`` the infusion without a date does too. All else belongs by its days: from day 0 to
the last of the window, and to the last infusion before it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from residua.course.course import Course, Range
from residua.course.elapsed import anchored, days_between
from residua.course.lab_series import days_after
from residua.course.placing import Placed
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.quantity import Quantity
from residua.facts.treatment import CellInfusion
from residua.standards.rulebook import load

Belongs = Literal["yes", "perhaps", "no"]
UNKNOWN_DAY = Range(None, None)


@dataclass(frozen=True)
class Belonging:
    """Days after the infusion, and by what the fact belongs: its day or the record itself."""

    belongs: Belongs
    days: Range
    by_day: bool


def belonging(course: Course, infusion: str, fact: Fact) -> Belonging:
    """How `fact` stands to the infusion."""
    days = days_after(course, infusion, fact.id)
    laid_to = _laid_to(course, fact)
    if laid_to is not None:
        return Belonging("yes" if laid_to == infusion else "no", days, by_day=False)
    if fact.after == infusion and not course.by_id[fact.id].dated:
        return _against_later(course, infusion, fact, Belonging("yes", UNKNOWN_DAY, False))
    if fact.id in course.predecessors[infusion]:
        return Belonging("no", days, by_day=True)
    if infusion in course.predecessors[fact.id]:
        days = Range(max(days.shortest or 0, 0), days.longest)
    found = Belonging(_in_window(days), days, by_day=True)
    return _against_later(course, infusion, fact, found)


def _laid_to(course: Course, fact: Fact) -> str | None:
    """The id that a finding's attribution names; a name that no fact has is left aside."""
    named = fact.attribution if isinstance(fact, Finding) else None
    return named if named in course.by_id else None


def _in_window(days: Range) -> Belongs:
    low, high = days.shortest, days.longest
    if (high is not None and high < 0) or (low is not None and not _short(low)):
        return "no"
    certain = low is not None and high is not None and low >= 0 and _short(high)
    return "yes" if certain else "perhaps"


def _short(days: int) -> bool:
    return load("conventions")["effector-window"].holds(Quantity.parse(f"{max(days, 0)} d"))


def car_t_infusions(course: Course) -> tuple[Placed, ...]:
    """The infusions of CAR-T cells in order, found among the lines of therapy."""
    therapies = (course.by_id[line.treatment] for line in course.lines)
    return tuple(
        t for t in therapies if isinstance(t.fact, CellInfusion) and t.fact.kind == "car-t"
    )


def _against_later(course: Course, infusion: str, fact: Fact, found: Belonging) -> Belonging:
    """What lies on or after the day of a later infusion is that one's."""
    place = course.position[infusion]
    for item in car_t_infusions(course):
        if course.position[item.id] <= place:
            continue
        since = days_between(course, anchored(course, item.id), anchored(course, fact.id))
        surely = since.shortest is not None and since.shortest >= 0
        if surely or item.id in course.predecessors[fact.id]:
            return replace(found, belongs="no")
        tied = fact.after == infusion
        if found.belongs == "yes" and not tied and (since.longest is None or since.longest >= 0):
            found = replace(found, belongs="perhaps")
    return found
