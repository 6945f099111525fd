"""What is known of one quantity at a decision, or why it is not known."""

from __future__ import annotations

from dataclasses import dataclass

from residua.course.placing import Placed
from residua.judgements.options.point import Point
from residua.standards.rulebook import load
from residua.standards.truth import Given


@dataclass(frozen=True)
class Known:
    """A quantity: ``words`` tell its value, or why there is none that counts.

    ``given`` is None where it is not known; then ``missing`` says what would settle it.
    ``provenance`` is that of what turned the facts into the value, empty where nothing did.
    """

    words: str
    given: Given = None
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    provenance: str = ""


def not_stated(what: str) -> Known:
    """Nothing in the record up to the decision."""
    return Known(f"{what} not stated", missing=(what,))


def too_old(point: Point, item: Placed, what: str, look_back: str, *, told: str = "") -> Known:
    """A value that is only as of its date: it decides nothing. `told` is what was stated."""
    said, missing = (
        told or f"{what}: last stated {dated(point, item)}",
        (f"{what} at the decision",),
    )
    if not item.dated:
        words = f"{told or what}: stated without a date ({item.id})"
        return Known(words, facts=(item.id,), missing=missing)
    age = point.age(item)
    apart = f", {age} before" if age.shortest is not None and age.longest is not None else ""
    limit = f"not within {load('conventions')[look_back].limit} of the decision (Residua's choice)"
    return Known(f"{said}{apart}: {limit}", facts=(item.id,), missing=missing)


def dated(point: Point, item: Placed) -> str:
    """``on 2022-08``, or where it stands where no date is stated."""
    home = point.course.by_id.get(item.fact.assessment or "")
    day = item.fact.date or (home.fact.date if home else None)
    return f"on {day}" if day is not None else f"as {item.id}, date not stated"
