"""Transfusions and G-CSF around a count: what it may owe to them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from residua.course.course import Course
from residua.course.placing import Placed
from residua.facts.day import Span
from residua.facts.support import Support
from residua.standards.rulebook import load

KINDS = {
    "platelets": "platelets",
    "hemoglobin": "red cells",
    "neutrophils": "g-csf",
    "wbc": "g-csf",
}
"""Analyte -> the support that raises it."""


@dataclass(frozen=True)
class Given:
    """One support: its first and last possible days."""

    item: Placed
    kind: str
    begins: Span
    ends: Span


def given_support(course: Course) -> tuple[Given, ...]:
    """Every dated transfusion and course of G-CSF, in the order of the course."""
    return tuple(
        Given(item, support.kind, item.span, item.end or item.span)
        for item, support in course.of(Support)
        if support.kind in KINDS.values() and item.dated and item.span.known
    )


def support_flags(given: Iterable[Given], analyte: str, span: Span) -> tuple[str, ...]:
    """What a count of `analyte` drawn on `span` may owe to support that certainly preceded it."""
    kind = KINDS.get(analyte)
    if kind is None or not span.known:
        return ()
    mine = [one for one in given if one.kind == kind]
    if kind == "g-csf":
        return ("on G-CSF",) if any(_during(one, span) for one in mine) else ()
    window = int(load("conventions")["transfusion-window"].limit_number)
    days = [after for one in mine if (after := _days_after(one, span)) is not None]
    recent = min((after for after in days if after <= window), default=None)
    if recent is None:
        return ()
    when = "the same day" if recent == 0 else f"{recent} day{'s' * (recent > 1)} before"
    return (f"transfused: {kind} {when}",)


def support_between(
    given: Iterable[Given], analyte: str, first: Span, last: Span
) -> tuple[Given, ...]:
    """The support of a count that may have been given from `first` to `last`."""
    return tuple(
        one
        for one in given
        if one.kind == KINDS.get(analyte)
        and one.ends.overlaps(Span(first.earliest, None))
        and one.begins.overlaps(Span(None, last.latest))
    )


def _during(one: Given, span: Span) -> bool:
    """Whether the whole of `span` lies within the support, its last day included."""
    first, last = one.begins.latest, one.ends.earliest
    if first is None or last is None or span.earliest is None or span.latest is None:
        return False
    return first <= span.earliest and span.latest <= last


def _days_after(one: Given, span: Span) -> int | None:
    """At most so many days after its last day; None where that is not certainly before."""
    if not (one.ends.earliest and one.ends.latest and span.earliest and span.latest):
        return None
    if one.ends.latest > span.earliest:
        return None
    return (span.latest - one.ends.earliest).days
