"""Whether leukaemia was active when a count was drawn, so that it may explain a low one."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.course.relapse_words import denied, says_relapse
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.patient import Diagnosis
from residua.facts.quantity import Quantity
from residua.judgements.readings import is_marrow, tissue_of
from residua.standards.rulebook import load

CONFOUNDED = "confounded by leukaemia"
_REMISSION = frozenset({"cr", "cri", "crh", "mlfs"})


@dataclass(frozen=True)
class Turn:
    """A fact after which leukaemia counts as active, or no longer; in words."""

    item: Placed
    active: bool
    words: str


def turns_of(course: Course) -> tuple[Turn, ...]:
    """Every turn of the disease that the record states, in the order of the course."""
    found: list[Turn] = []
    for item in course.placed:
        turn = _turn(course, item.fact)
        if turn is not None:
            found.append(Turn(item, *turn))
    return tuple(found)


def confounding(course: Course, turns: tuple[Turn, ...], item: Placed) -> str:
    """Why leukaemia may explain a count drawn as `item`; empty where it does not.

    The last turn that certainly lies at or before it counts, its day included; where a later
    one may lie before it and says otherwise, that is said.
    """
    certain = [turn for turn in turns if _before(course, turn.item, item)]
    if not certain or not certain[-1].active:
        return ""
    after = turns[turns.index(certain[-1]) + 1 :]
    ended = [turn for turn in after if not turn.active and _perhaps_before(turn.item, item)]
    if ended:
        names = ", ".join(turn.item.id for turn in ended)
        return f"perhaps {CONFOUNDED}: whether it was before or after {names} is not stated"
    return f"{CONFOUNDED}: {certain[-1].words}"


def _before(course: Course, turn: Placed, item: Placed) -> bool:
    if turn.id in course.predecessors[item.id]:
        return True
    if item.id in course.predecessors[turn.id]:
        return False
    if turn.dated and item.dated and turn.span == item.span:
        return True
    return bool(turn.span.latest and item.span.earliest and turn.span.latest <= item.span.earliest)


def _perhaps_before(turn: Placed, item: Placed) -> bool:
    begins, until = turn.span.earliest, item.span.latest
    return begins is None or until is None or begins <= until


def _turn(course: Course, fact: Fact) -> tuple[bool, str] | None:
    if isinstance(fact, Diagnosis):
        return True, "at diagnosis"
    if isinstance(fact, Event):
        back = fact.kind in ("relapse reported", "progression") and not _low(fact.detail)
        return (True, f"{fact.kind} ({fact.id})") if back else None
    return _assessed(course, fact) if isinstance(fact, Assessment) else None


def _assessed(course: Course, fact: Assessment) -> tuple[bool, str] | None:
    limit = load("conventions")["active-leukaemia"].limit_number
    told = (fact.response_reported or "").lower()
    if fact.blasts is not None and tissue_of(fact, course.case) in ("marrow", "blood", None):
        active = _at_least(fact.blasts, limit)
        if active or (active is False and is_marrow(fact, course.case)):
            return active, f"blasts {fact.blasts} ({fact.id})"
    if says_relapse(told) and not _low(told):
        return True, f"{fact.response_reported} ({fact.id})"
    if told in _REMISSION or ("remission" in told and not denied(told) and "partial" not in told):
        return False, f"{fact.response_reported} ({fact.id})"
    return None


def _at_least(blasts: Quantity, limit: float) -> bool | None:
    """Whether the fraction is at least `limit`; None where a bound leaves it open."""
    if blasts.comparator.startswith(">"):
        return True if blasts.number >= limit else None
    if blasts.comparator == "<":
        return False if blasts.number <= limit else None
    return blasts.number >= limit if not blasts.comparator or blasts.number < limit else None


def _low(words: str | None) -> bool:
    """Whether a relapse is one of MRD alone."""
    return any(word in (words or "").lower() for word in ("mrd", "molecular"))
