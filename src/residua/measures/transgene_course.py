"""The transgene values of one patient in days since the infusion, those before it kept apart."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from residua.errors import ValueFault
from residua.facts.laboratory import Transgene


@dataclass(frozen=True)
class TransgeneValue:
    """Copies on a day, which lies from ``first`` to ``last`` where the date is partial.

    ``value`` None is a result below ``lloq``, of which nothing else is known; without ``lloq``
    it is "not detected" under a limit that nobody stated.
    """

    first: float
    last: float
    unit: str
    value: float | None
    lloq: float | None = None

    def __post_init__(self) -> None:
        if not (math.isfinite(self.first) and self.first <= self.last):
            raise ValueFault("a day, or the first before the last", "others", "correct them")
        if self.value is not None and not (math.isfinite(self.value) and self.value >= 0):
            raise ValueFault("copies of at least 0", "another number", "correct it")
        if self.lloq is not None and not (math.isfinite(self.lloq) and self.lloq > 0):
            raise ValueFault("an LLOQ above 0", "another number", "correct it")

    @property
    def quantified(self) -> bool:
        """At or above the LLOQ; without one, above 0."""
        return self.value is not None and self.value > 0 and self.value >= (self.lloq or 0.0)

    @property
    def dated(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last


@dataclass(frozen=True)
class TransgeneCourse:
    """Values from the infusion on by day; ``before`` it, and those that may be on either side."""

    unit: str
    values: tuple[TransgeneValue, ...]
    before: tuple[TransgeneValue, ...]
    either: tuple[TransgeneValue, ...]
    flags: tuple[str, ...]


def transgene_on(
    day: float, value: float | None, *, unit: str = "copies/ug", lloq: float | None = None
) -> TransgeneValue:
    """A value of a known day since the infusion; None is below the LLOQ."""
    return TransgeneValue(day, day, unit, value, lloq)


def transgene_value(fact: Transgene, first: float, last: float) -> TransgeneValue | str:
    """A stored result on its days, or in words why it says nothing."""
    limit = fact.lloq
    if fact.value is None:
        if fact.detected is None:
            return "neither a value nor whether it was detected"
        if fact.detected:
            return "detected without a number"
        unit = limit.unit if limit else "not stated"
        return TransgeneValue(first, last, unit, None, float(limit.value) if limit else None)
    unit, number = fact.value.unit, float(fact.value.value)
    lloq = float(limit.to(unit).value) if limit else None
    if fact.value.comparator.startswith(">"):
        return "above a bound, without a number"
    if fact.value.comparator:
        return TransgeneValue(first, last, unit, None, number or lloq)
    return TransgeneValue(first, last, unit, number, lloq)


def transgene_course(values: Iterable[TransgeneValue]) -> TransgeneCourse:
    """The course of values of one unit; raises `ValueFault` where units are mixed."""
    listed = sorted(values, key=lambda v: (v.first, v.last))
    units = {v.unit for v in listed} - {"not stated"}
    if len(units) > 1:
        raise ValueFault(
            "transgene values of one unit", f"{len(units)} units", "give the courses apart",
            field="unit",
        )  # fmt: skip
    after = tuple(v for v in listed if v.first >= 0)
    before = tuple(v for v in listed if v.last < 0)
    either = tuple(v for v in listed if v.first < 0 <= v.last)
    seen = any(v.quantified for v in before)
    on_the_day = any(v.quantified and v.first == 0 == v.last for v in after)
    flags = (
        *(("transgene quantified before the infusion",) if seen else ()),
        *(("transgene quantified on the day of the infusion",) if on_the_day else ()),
    )
    return TransgeneCourse(next(iter(units), "not stated"), after, before, either, flags)
