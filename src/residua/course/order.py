"""What the record itself puts after what, through any number of steps."""

from __future__ import annotations

from collections.abc import Iterable

from residua.course.placing import own_day
from residua.facts.fact import Fact


def comes_after(facts: Iterable[Fact]) -> dict[str, frozenset[str]]:
    """Id -> ids of everything that the record puts before it.

    A fact follows what it is ``after`` (or what names it in ``before``), the anchor of its
    relative date (which follows it where the offset is negative), and all that its assessment
    follows.
    """
    steps: dict[str, set[str]] = {}
    for fact in facts:
        own = steps.setdefault(fact.id, set())
        own |= {name for name in (fact.after, fact.assessment) if name}
        day = own_day(fact)
        if day is not None and day.anchor and day.offset > 0:
            own.add(day.anchor)
        if day is not None and day.anchor and day.offset < 0:
            steps.setdefault(day.anchor, set()).add(fact.id)
        if fact.before:
            steps.setdefault(fact.before, set()).add(fact.id)
    return {name: _reach(name, steps) for name in steps}


def _reach(name: str, steps: dict[str, set[str]]) -> frozenset[str]:
    found: set[str] = set()
    waiting = list(steps.get(name, ()))
    while waiting:
        other = waiting.pop()
        if other not in found and other != name:
            found.add(other)
            waiting += steps.get(other, ())
    return frozenset(found)
