"""Where each fact lies in time: its own date, its anchor's, or only bounds from the order.

Nothing here invents a day. A fact without a date gets the span left open by what it comes
`after` and `before`, and stays marked as not dated.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from residua.errors import Fault, InputError
from residua.facts.day import Day, Span
from residua.facts.fact import Fact
from residua.facts.finding import Finding
from residua.facts.patient import Diagnosis, Patient
from residua.facts.support import Support
from residua.facts.treatment import Treatment

SpanOf = Callable[[str], Span | None]


@dataclass(frozen=True)
class Placed:
    """A fact with the days on which it may have begun and ended.

    ``dated`` is False where no date is stated and ``span`` holds only bounds from the order.
    """

    fact: Fact
    span: Span
    dated: bool
    end: Span | None = None

    @property
    def id(self) -> str:
        """The fact's id."""
        return self.fact.id


def own_day(fact: Fact) -> Day | None:
    """The day a fact begins, as stated."""
    return fact.begins if isinstance(fact, Treatment) else fact.date


def stated_spans(facts: Iterable[Fact]) -> dict[str, Span]:
    """Id -> span of every fact whose date is stated, relative dates resolved.

    A fact of an assessment or specimen without a date of its own has that one's. Raises
    `InputError` for a circle of relative dates.
    """
    by_id = {fact.id: fact for fact in facts}
    spans: dict[str, Span | None] = {}

    def span_of(name: str, asked: tuple[str, ...]) -> Span | None:
        if name in spans or name not in by_id:
            return spans.get(name)
        if name in asked:
            raise InputError(_circle(name))
        fact = by_id[name]
        spans[name] = _span_of(fact, lambda other: span_of(other, (*asked, name)))
        return spans[name]

    for name in by_id:
        span_of(name, ())
    return {name: span for name, span in spans.items() if span is not None}


def _span_of(fact: Fact, span_of: SpanOf) -> Span | None:
    day = own_day(fact)
    if day is not None:
        return resolve(day, span_of)
    for field in ("assessment", "specimen"):
        target = fact.refers_to.get(field)
        if target is not None and (span := span_of(target)) is not None:
            return span
    return None


def resolve(day: Day, span_of: SpanOf) -> Span | None:
    """The days that `day` may be; None where its anchor is not dated."""
    if day.anchor is None:
        return day.span
    anchor = span_of(day.anchor)
    return None if anchor is None else anchor.shifted(day.offset)


def _circle(name: str) -> Fault:
    return Fault(
        "case.toml",
        name,
        "an order in time without circles",
        "facts that wait for each other",
        "give one of them a date of its own",
    )


def place(facts: Iterable[Fact]) -> tuple[Placed, ...]:
    """All facts in the order of the course; raises `InputError` for a circle in the order.

    Order: what must come after what, then the earliest possible day, then the place in the
    file. Patient and diagnosis come first.
    """
    listed = tuple(facts)
    stated = stated_spans(listed)
    follows = _edges(listed)
    order = _topological(listed, follows, stated)
    bounds = _bounds(order, follows, stated)
    return tuple(
        Placed(fact, bounds[fact.id], fact.id in stated, _end(fact, stated)) for fact in order
    )


def _edges(facts: tuple[Fact, ...]) -> dict[str, set[str]]:
    """Id -> ids that it must come after."""
    known = {fact.id for fact in facts}
    edges: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        if fact.after in known and fact.after is not None:
            edges[fact.id].add(fact.after)
        if fact.before in known and fact.before is not None:
            edges[fact.before].add(fact.id)
        if fact.assessment in known and fact.assessment is not None and own_day(fact) is None:
            edges[fact.id].add(fact.assessment)
        day = own_day(fact)
        if day is not None and day.anchor in known and day.anchor is not None and day.offset:
            first, last = (day.anchor, fact.id) if day.offset > 0 else (fact.id, day.anchor)
            edges[last].add(first)
    return edges


def _topological(
    facts: tuple[Fact, ...], follows: Mapping[str, set[str]], stated: Mapping[str, Span]
) -> list[Fact]:
    keys = _sort_keys(facts, follows, stated)
    waiting = {fact.id: set(follows.get(fact.id, ())) for fact in facts}
    by_id = {fact.id: fact for fact in facts}
    leads: dict[str, set[str]] = defaultdict(set)
    for name, earlier in waiting.items():
        for other in earlier:
            leads[other].add(name)
    ready = [(keys[name], name) for name, earlier in waiting.items() if not earlier]
    heapq.heapify(ready)
    order: list[Fact] = []
    while ready:
        _, name = heapq.heappop(ready)
        order.append(by_id[name])
        for later in leads[name]:
            waiting[later].discard(name)
            if not waiting[later]:
                heapq.heappush(ready, (keys[later], later))
    if len(order) < len(facts):
        stuck = min(set(by_id) - {fact.id for fact in order})
        raise InputError(_circle(stuck))
    return order


Key = tuple[int, date, int, int]


def _sort_keys(
    facts: tuple[Fact, ...], follows: Mapping[str, set[str]], stated: Mapping[str, Span]
) -> dict[str, Key]:
    """Sort keys: patient, diagnosis, then the earliest possible day, then the file's order.

    What belongs to an assessment and has no day of its own stands behind it.
    """
    earliest: dict[str, date] = {}

    def lower(name: str, asked: frozenset[str]) -> date:
        if name in earliest:
            return earliest[name]
        span = stated.get(name)
        days = [span.earliest] if span and span.earliest else []
        later = asked | {name}
        days += [lower(other, later) for other in follows.get(name, ()) if other not in asked]
        earliest[name] = max(days, default=date.min)
        return earliest[name]

    def rank(fact: Fact) -> int:
        return 0 if isinstance(fact, Patient) else 1 if isinstance(fact, Diagnosis) else 2

    places = {fact.id: position for position, fact in enumerate(facts)}

    def home(fact: Fact) -> int:
        own = places[fact.id]
        return own if own_day(fact) is not None else places.get(fact.assessment or "", own)

    return {
        fact.id: (rank(fact), lower(fact.id, frozenset()), home(fact), places[fact.id])
        for fact in facts
    }


def _bounds(
    order: list[Fact], follows: Mapping[str, set[str]], stated: Mapping[str, Span]
) -> dict[str, Span]:
    """Spans with the bounds that the order adds where no date is stated."""
    earliest: dict[str, date | None] = {}
    latest: dict[str, date | None] = {}
    for fact in order:
        own = stated.get(fact.id)
        before = [day for name in follows.get(fact.id, ()) if (day := earliest[name])]
        earliest[fact.id] = own.earliest if own else max(before, default=None)
    leads: dict[str, set[str]] = defaultdict(set)
    for name, earlier in follows.items():
        for other in earlier:
            leads[other].add(name)
    for fact in reversed(order):
        own = stated.get(fact.id)
        after = [day for name in leads[fact.id] if (day := latest[name])]
        latest[fact.id] = own.latest if own else min(after, default=None)
    homes = {fact.id: _home(fact, earliest, stated) for fact in order}
    return {name: Span(earliest[home], latest[home]) for name, home in homes.items()}


def _home(fact: Fact, known: Mapping[str, object], stated: Mapping[str, Span]) -> str:
    """The id whose bounds an undated fact has: its assessment's, if it belongs to one."""
    home = fact.assessment
    return home if home is not None and home in known and fact.id not in stated else fact.id


def _end(fact: Fact, stated: Mapping[str, Span]) -> Span | None:
    """The last day: as stated, or the last day of the drugs of a course."""
    if isinstance(fact, (Treatment, Finding, Support)) and fact.end is not None:
        return resolve(fact.end, stated.get)
    start = stated.get(fact.id)
    if isinstance(fact, Treatment) and start is not None:
        days = [day for drug in fact.drugs for day in drug.days]
        return start.shifted(max(days) - 1) if days else None
    return None
