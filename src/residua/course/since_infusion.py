"""Which CAR-T infusion a value follows, and how many days after it it lies."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course, Range
from residua.course.lab_series import days_after
from residua.facts.treatment import CellInfusion

Days = tuple[float, float]
NO_DAY = "its day since the infusion is not known"


@dataclass(frozen=True)
class Following:
    """The infusion that a fact follows, with its days since then or the reason for none."""

    infusion: str
    days: Days | None
    reason: str = ""


def car_t_infusions(course: Course) -> tuple[CellInfusion, ...]:
    """The infusions of CAR-T cells in the order of the course."""
    return tuple(fact for _, fact in course.of(CellInfusion) if fact.kind == "car-t")


def following(course: Course, infusions: tuple[CellInfusion, ...], fact: str) -> Following:
    """The last of `infusions` (one at least) that the fact certainly does not precede.

    The first of them where it precedes all. A day on which the next infusion may have been given
    before belongs to neither.
    """
    since = [days_after(course, one.id, fact) for one in infusions]
    own = _last_before(course, infusions, since, fact)
    days = _whole(since[own])
    if days is None:
        return Following(infusions[own].id, None, NO_DAY)
    later = next((n for n in range(own + 1, len(since)) if _open(since[n])), None)
    if later is not None and days[0] >= 0:
        reason = f"it may lie before or after the infusion {infusions[later].id}"
        return Following(infusions[own].id, None, reason)
    return Following(infusions[own].id, days)


def _last_before(
    course: Course, infusions: tuple[CellInfusion, ...], since: list[Range], fact: str
) -> int:
    """By days where they are known, else by the order of the course."""
    place = course.position
    found = 0
    for number, (one, days) in enumerate(zip(infusions, since, strict=True)):
        earlier = place[one.id] < place[fact] if days.shortest is None else days.shortest >= 0
        if earlier:
            found = number
    return found


def _open(days: Range) -> bool:
    """Whether the fact may lie before or after."""
    whole = _whole(days)
    return whole is not None and whole[0] < 0 <= whole[1]


def _whole(days: Range) -> Days | None:
    if days.shortest is None or days.longest is None:
        return None
    return float(days.shortest), float(days.longest)


def days_since(course: Course, infusion: str, fact: str) -> Days | None:
    """Days from the infusion to the fact's first day; None where one of them is not known."""
    return _whole(days_after(course, infusion, fact))
