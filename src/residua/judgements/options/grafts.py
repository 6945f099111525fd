"""Transplants before a decision: when, from whom, and whether immunosuppression goes on."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from residua.course.placing import Placed
from residua.course.relapse_words import denied
from residua.facts.quantity import Quantity
from residua.facts.support import Support
from residua.facts.treatment import Transplant
from residua.judgements.options.known import Known, dated, not_stated
from residua.judgements.options.point import STATE, Point
from residua.judgements.options.states import findings_of, state_told
from residua.standards.truth import UNAVAILABLE, Given

_STOPPED = re.compile(r"stopped|withdrawn|discontinued|ended|\boff\b")
_WITHIN = re.compile(r"within (\d+) months?")
_ON_IT = re.compile(r"immunosuppress")
Grafts = list[tuple[Placed, Transplant]]


def earlier_allograft(point: Point) -> Known:
    """Whether there was an allogeneic transplant, and how long ago."""
    grafts = _grafts(point)
    if grafts:
        item, graft = grafts[-1]
        ago = point.age(item)
        words = f"{graft.donor or 'donor not stated'} transplant {item.id}, {ago} before"
        return Known(words, None if graft.donor is None else True, (item.id,), _unless(graft))
    return _none_recorded(point, given=False)


def months_since_allograft(point: Point) -> Known:
    """Months since the last allogeneic transplant; none where the treatments hold none."""
    grafts = _grafts(point)
    if not grafts:
        return _none_recorded(point, given=UNAVAILABLE)
    item, graft = grafts[-1]
    given = _months(item, point)
    words = f"transplant {item.id} {dated(point, item)}, {point.age(item)} before"
    missing = _unless(graft) or (() if given is not None else ("date of the transplant",))
    return Known(words, None if _unless(graft) else given, (item.id,), missing)


def _unless(graft: Transplant) -> tuple[str, ...]:
    return () if graft.donor else ("donor of the transplant",)


def _none_recorded(point: Point, *, given: Given) -> Known:
    certain, maybe = point.therapies
    if not certain or any(isinstance(item.fact, Transplant) for item in maybe):
        return not_stated("earlier transplant")
    words = "no allogeneic transplant in the treatments recorded"
    return Known(words, given, tuple(item.id for item in certain))


def donor_on_record(point: Point) -> Known:
    """Whether an allogeneic transplant names a donor; an autologous one has none."""
    certain, _ = point.therapies
    every = [(i, i.fact) for i in certain if isinstance(i.fact, Transplant)]
    grafts = _grafts(point)
    if not every:
        return not_stated("donor of an allogeneic transplant")
    if not grafts:
        return Known("the transplant was autologous", False, tuple(i.id for i, _ in every))
    item, graft = grafts[-1]
    if graft.donor in (None, "cord"):
        words = f"donor of {item.id} {'not stated' if graft.donor is None else 'is cord blood'}"
        return Known(words, None, (item.id,), ("a donor who can give lymphocytes",))
    who = f"{graft.relation} ({graft.donor})" if graft.relation else graft.donor
    note = f"the donor of {item.id}; whether he or she can give again is not stated"
    return Known(f"donor of the transplant: {who}", True, (item.id,), (), (note,))


def haploidentical_donor(point: Point) -> Known:
    """Whether the donor of the last allogeneic transplant is haploidentical."""
    grafts = _grafts(point)
    if not grafts or grafts[-1][1].donor is None:
        return not_stated("donor of an allogeneic transplant")
    item, graft = grafts[-1]
    return Known(f"{graft.donor} donor", graft.donor == "haploidentical", (item.id,))


def on_immunosuppression(point: Point) -> Known:
    """Whether immunosuppression goes on: by a finding, else as the transplant tells.

    What the transplant tells of its end holds until therapy of another kind follows.
    """
    found = findings_of(point, _ON_IT)
    told = state_told(point, found, "immunosuppression", STATE)
    if told.given is not None or len(told.facts) > 1:
        return told
    stop = _stop(point)
    if stop is None:
        return told
    item, text, months = stop
    ids, words = (item.id,), f"after {item.id}: {text}"
    ago = _months(item, point)
    if months is not None and not _past(ago, months):
        return Known(f"{words}; less may have passed", None, ids, ("day it was stopped",))
    since = _steroids_since(point, item)
    if since:
        missing = ("immunosuppression at the decision",)
        return Known(f"{words}; later steroids: {', '.join(since)}", None, (*ids, *since), missing)
    note = "stated of the transplant; whether any was begun again later is not stated"
    later = _therapies_since(point, item)
    if later:
        missing = ("immunosuppression at the decision",)
        return Known(f"{words}; not stated after {', '.join(later)}", None, ids, missing)
    return Known(words, False, ids, (), (note,), "reported")


def months_off_immunosuppression(point: Point) -> Known:
    """Months since immunosuppression was stopped, as far as the transplant tells."""
    stop = _stop(point)
    if stop is None:
        return not_stated("when immunosuppression was stopped")
    item, text, months = stop
    given = _months(item, point)
    words = f"after {item.id}: {text}; transplant {point.age(item)} before"
    least = given[0] if isinstance(given, tuple) else None
    if months is None or not isinstance(least, Quantity):
        return Known(words, None, (item.id,), ("day immunosuppression was stopped",))
    low = least.value - months
    return Known(words, Quantity(max(low, Decimal(0)), "mo", ">="), (item.id,))


def _stop(point: Point) -> tuple[Placed, str, int | None] | None:
    """Transplant, words and months within which immunosuppression was stopped, if it was."""
    grafts = _grafts(point)
    text = grafts[-1][1].immunosuppression_stopped if grafts else None
    if text is None or denied(text) or not _STOPPED.search(text.lower()):
        return None
    within = _WITHIN.search(text.lower())
    return grafts[-1][0], text, int(within[1]) if within else None


def _past(ago: Given, months: int) -> bool:
    return isinstance(ago, tuple) and all(
        isinstance(end, Quantity) and end.value >= months for end in ago
    )


def _steroids_since(point: Point, item: Placed) -> tuple[str, ...]:
    place = point.course.position
    return tuple(
        other.id
        for other, support in point.course.of(Support)
        if support.kind == "steroid"
        and place[other.id] > place[item.id]
        and point.before(other) is not False
    )


def _therapies_since(point: Point, item: Placed) -> tuple[str, ...]:
    """Therapies after a transplant that began, or may have begun, before the point."""
    place = point.course.position
    begun = (other for part in point.therapies for other in part)
    return tuple(other.id for other in begun if place[other.id] > place[item.id])


def _grafts(point: Point) -> Grafts:
    """Transplants before the point that are not autologous."""
    certain, _ = point.therapies
    found = [(i, i.fact) for i in certain if isinstance(i.fact, Transplant)]
    return [(i, graft) for i, graft in found if graft.donor != "autologous"]


def _months(item: Placed, point: Point) -> Given:
    """Calendar months from a dated fact to the point, fewest and most; None where undated."""
    start, end = item.span, point.now.span
    if not (item.dated and point.now.dated and start.known and end.known):
        return None
    assert start.earliest and start.latest and end.earliest and end.latest  # noqa: PT018
    ends = (_calendar(start.latest, end.earliest), _calendar(start.earliest, end.latest))
    return tuple(Quantity(value, "mo") for value in ends)


def _calendar(start: date, end: date) -> Decimal:
    """Whole months, and the days beyond them as a part of 31."""
    whole = (end.year - start.year) * 12 + end.month - start.month
    last = monthrange(end.year, end.month)[1]
    beyond = end.day - min(start.day, last)
    if beyond < 0:
        whole, beyond = whole - 1, beyond + 31
    return Decimal(whole) + Decimal(min(beyond, 30)) / 31
