"""Facts that contradict each other: one kind, one subject, one time, two values.

Both are kept; no verdict that depends on choosing one of them is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from residua.course.order import comes_after
from residua.course.placing import Placed
from residua.facts.antigen import AntigenReading
from residua.facts.assessment import Assessment
from residua.facts.fact import Fact
from residua.facts.finding import Event
from residua.facts.laboratory import Cytokine, Lab, Vital
from residua.facts.mrd import MrdReading
from residua.facts.quantity import Quantity
from residua.facts.specimen import Specimen

Subject = tuple[str, ...]


@dataclass(frozen=True)
class Conflict:
    """Two facts about one thing at one time that differ."""

    first: str
    second: str
    about: str


def find_conflicts(placed: Iterable[Placed]) -> tuple[Conflict, ...]:
    """Every pair of facts in conflict, in the order of the course."""
    listed = tuple(placed)
    tissues = {p.id: p.fact.tissue for p in listed if isinstance(p.fact, Specimen)}
    earlier = comes_after(p.fact for p in listed)
    groups: dict[Subject, list[Placed]] = defaultdict(list)
    for item in listed:
        subject = _subject(item.fact)
        if subject is not None and item.dated:
            groups[subject].append(item)
    return tuple(
        Conflict(a.id, b.id, subject[1])
        for subject, group in groups.items()
        for a, b in at_one_time(group)
        if not _ordered(a.fact, b.fact, earlier) and _contradict(a, b, tissues)
    )


def at_one_time(group: Sequence[Placed]) -> Iterator[tuple[Placed, Placed]]:
    """The pairs of `group` whose days may be the same, in the order of the group.

    A sweep over the first days: a laboratory's thousand counts of one cell meet few others.
    """
    found: list[tuple[int, int]] = []
    still: list[int] = []
    for here in sorted(range(len(group)), key=lambda i: group[i].span.earliest or date.min):
        first = group[here].span.earliest or date.min
        still = [i for i in still if (group[i].span.latest or date.max) >= first]
        found += [(min(i, here), max(i, here)) for i in still]
        still.append(here)
    return ((group[a], group[b]) for a, b in sorted(found))


def _subject(fact: Fact) -> Subject | None:
    """What kind of thing the fact states a value of; None where it states none."""
    match fact:
        case Assessment(blasts=Quantity()):
            return ("assessment", "blast fraction")
        case MrdReading() if _says(fact) and not fact.measured_from:
            return ("mrd", f"MRD by {fact.modality}", fact.target or "")
        case AntigenReading(percent=float()):
            return ("antigen", f"{fact.marker} on {fact.of}")
        case Lab(value=Quantity() as value):
            return ("labs", fact.analyte, value.kind, fact.specimen or "")
        case Cytokine(value=Quantity() as value):
            return ("cytokines", fact.analyte, value.kind)
        case Vital(value=Quantity()):
            return ("vitals", fact.item)
        case Event(kind="death"):
            return ("event", "death")
    return None


def _contradict(a: Placed, b: Placed, tissues: Mapping[str, str | None]) -> bool:
    one_time = a.span.overlaps(b.span)
    one_tissue = not _differ(_tissue(a.fact, tissues), _tissue(b.fact, tissues))
    one_clock = not _differ(getattr(a.fact, "time", None), getattr(b.fact, "time", None))
    return one_time and one_tissue and one_clock and _differing(a.fact, b.fact)


def _says(reading: MrdReading) -> bool:
    return reading.level is not None or _found(reading) is not None


def _found(reading: MrdReading) -> bool | None:
    """Whether the laboratory says that it found disease."""
    if reading.status in ("quantified", "detected below LLOQ", "positive"):
        return True
    return False if reading.status in ("negative", "not detected") else None


def _differing(a: Fact, b: Fact) -> bool:
    """Whether both cannot be true; a positive without number fits every positive."""
    if isinstance(a, MrdReading) and isinstance(b, MrdReading):
        if {_found(a), _found(b)} == {True, False}:
            return True
        return None not in (a.level, b.level) and _value(a) != _value(b)
    if isinstance(a, Cytokine) and isinstance(b, Cytokine) and a.value and b.value:
        return not _both_true(a.value, b.value)
    return _value(a) != _value(b)


def _both_true(a: Quantity, b: Quantity) -> bool:
    """Whether one concentration fits both: a plate's ``>10000`` and 25000 of a diluted sample."""
    if a.comparator[:1] == b.comparator[:1]:
        return a.censored or a.number == b.number
    above, below = sorted((a, b), key=lambda q: (">", "", "<").index(q.comparator[:1]))
    return above.number <= below.number


def _differ(a: str | None, b: str | None) -> bool:
    """Whether both are known and not alike."""
    return a is not None and b is not None and a != b


def _ordered(a: Fact, b: Fact, earlier: Mapping[str, frozenset[str]]) -> bool:
    """Whether the record itself puts one, or its assessment, after the other."""
    if a.assessment in (b.id, b.assessment or "") or b.assessment == a.id:
        return False
    before_a, before_b = ({fact.id, fact.assessment} for fact in (a, b))
    return bool(earlier[a.id] & before_b or earlier[b.id] & before_a)


def _tissue(fact: Fact, tissues: Mapping[str, str | None]) -> str | None:
    tissue = getattr(fact, "tissue", None)
    return tissue or tissues.get(getattr(fact, "specimen", None) or "")


def _value(fact: Fact) -> object:
    match fact:
        case Assessment(blasts=Quantity() as blasts):
            return (blasts.comparator, blasts.number)
        case MrdReading():
            return (fact.fraction.comparator if fact.fraction else "", fact.level)
        case AntigenReading():
            return fact.percent
        case Lab(value=Quantity() as value) | Cytokine(value=Quantity() as value):
            return (value.comparator, value.number)
        case Vital(value=Quantity() as value):
            return (value.comparator, value.number)
        case Event():
            return fact.date
    return None
