"""The values of one analyte in order: those of one day without times stand together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from residua.course.placing import Placed
from residua.facts.laboratory import Lab, Vital
from residua.facts.quantity import Quantity
from residua.judgements.toxicity.place import Place


@dataclass(frozen=True)
class Value:
    """One value of an analyte with its place in the course, and where it lies."""

    item: Placed
    fact: Lab | Vital
    analyte: str
    value: Quantity
    place: Place

    @property
    def day(self) -> date | None:
        """Its exact day, where the record states one."""
        return self.item.span.earliest if self.item.dated and self.item.span.exact else None


Group = tuple[Value, ...]
_Key = tuple[date, date, str, str, str, str]


def in_moments(values: Iterable[Value]) -> tuple[Group, ...]:
    """Values that the record does not put in an order stand in one group, groups in order.

    The order of rows in a file says nothing: within a day only clock times do, and only where
    every value of the day has one.
    """
    listed = tuple(values)
    untimed = {value.day for value in listed if value.day and not value.fact.time}
    groups: dict[_Key, list[Value]] = {}
    for value in listed:
        groups.setdefault(_key(value, untimed), []).append(value)
    return tuple(tuple(sorted(groups[key], key=_rank)) for key in sorted(groups))


def _key(value: Value, untimed: set[date]) -> _Key:
    fact, span = value.fact, value.item.span
    time = (fact.time or "") if value.day and value.day not in untimed else ""
    refers = () if value.day else (fact.after, fact.before, fact.assessment)
    links = tuple(name or "" for name in refers) or ("", "", "")
    return (span.earliest or date.min, span.latest or date.max, time, *links)  # type: ignore[return-value]


def _rank(value: Value) -> tuple[float, str, str]:
    return (value.value.number, value.fact.time or "", value.item.id)


@dataclass(frozen=True)
class Baseline:
    """The value that a line of therapy began from; ``reason`` says why there is none."""

    value: Value | None = None
    reason: str = ""


def baselines_of(groups: Iterable[Group]) -> dict[int, Baseline]:
    """Order of each line of therapy -> the last value of the analyte before its first day."""
    listed = tuple(groups)
    orders = sorted({value.place.order for group in listed for value in group} - {0})
    return {order: _baseline(listed, order) for order in orders}


def _baseline(groups: tuple[Group, ...], order: int) -> Baseline:
    before = [
        group
        for group in groups
        if all(value.place.order < order and not value.place.unsure for value in group)
    ]
    if not before:
        return Baseline(reason="no value before the first day of the line is stated")
    last = before[-1]
    if len({value.value.number for value in last}) > 1:
        return Baseline(reason="two values of one day before the first day of the line differ")
    return Baseline(last[-1])
