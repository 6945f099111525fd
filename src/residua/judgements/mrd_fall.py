"""The fall of an MRD level since the last level before it, with what makes the two unlike."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.assessment import Assessment
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.judgements.readings import is_marrow
from residua.measures.log_fall import log_fall

CROSS_METHOD = "cross-method"


@dataclass(frozen=True)
class MrdFall:
    """`log10` powers of ten, from `since` by `methods[0]` to the reading by `methods[1]`."""

    log10: float
    since: str
    methods: tuple[str, str]

    @property
    def flags(self) -> tuple[str, ...]:
        """Two methods count different cells among different ones: no fall of one measurement."""
        return (CROSS_METHOD,) if self.methods[0] != self.methods[1] else ()


def mrd_fall(course: Course, fact_id: str) -> MrdFall | None:
    """The fall to an MRD reading; None where it, or every marrow before it, has no number."""
    item = course.by_id[fact_id]
    reading = item.fact
    if not isinstance(reading, MrdReading) or not reading.fraction:
        return None
    if not is_marrow(reading, course.case):
        return None
    earlier = [level for level in _levels(course) if _before(course, level[0], item)]
    if not earlier:
        return None
    last = max(course.position[_host(course, level[0]).id] for level in earlier)
    here = [one for one in earlier if course.position[_host(course, one[0]).id] == last]
    here.sort(key=lambda one: (one[2] != reading.modality, isinstance(one[0].fact, Assessment)))
    since, value, method = here[0]
    fall = log_fall(value, reading.fraction)
    return None if fall is None else MrdFall(fall, since.id, (method, reading.modality))


def _levels(course: Course) -> Iterator[tuple[Placed, Quantity, str]]:
    """Every level of marrow with a number: the fact, the level and its method."""
    found: list[tuple[Placed, MrdReading | Assessment, Quantity | None, str | None]] = []
    found += [(item, fact, fact.fraction, fact.modality) for item, fact in course.of(MrdReading)]
    found += [(item, fact, fact.blasts, fact.kind) for item, fact in course.of(Assessment)]
    for item, fact, value, method in found:
        if value and value.number > 0 and not value.censored and is_marrow(fact, course.case):
            yield item, value, method or "method not stated"


def _host(course: Course, item: Placed) -> Placed:
    """The assessment that a reading belongs to, else the reading itself."""
    return course.by_id.get(item.fact.assessment or item.id, item)


def _before(course: Course, item: Placed, main: Placed) -> bool:
    """Whether the record puts one before the other; no where it does not tell."""
    first, second = _host(course, item), _host(course, main)
    if first.id in course.predecessors[second.id]:
        return True
    latest, earliest = first.span.latest, second.span.earliest
    return bool(latest and earliest and latest < earliest)
