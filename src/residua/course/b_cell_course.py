"""B cells in blood after one infusion, under each definition of aplasia by itself."""

from __future__ import annotations

from dataclasses import dataclass

from residua.facts.quantity import Quantity
from residua.standards.rulebook import Rule

Days = tuple[float, float]


@dataclass(frozen=True)
class BCellValue:
    """One value with the ids of the rules that hold (aplasia), fail, or cannot be told of it."""

    fact: str
    days: Days
    value: Quantity
    holds: tuple[str, ...]
    fails: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True)
class AplasiaRun:
    """Values one after the other under which a rule holds; ``ended`` is the day it no longer does.

    Nothing is said of the days between two values.
    """

    first: Days
    last: Days
    values: int
    ended: Days | None


@dataclass(frozen=True)
class AplasiaBy:
    """One definition of aplasia: its runs, and how many values it could be asked of."""

    rule: Rule
    runs: tuple[AplasiaRun, ...]
    asked: int


@dataclass(frozen=True)
class OtherCause:
    """Another therapy that lowers B cells; ``days`` None where its days are not known."""

    fact: str
    words: str
    days: tuple[float | None, float | None] | None
    before: bool


@dataclass(frozen=True)
class BCellCourse:
    """``reason`` says why B cells tell nothing of the infused cells; then all else is empty.

    ``left_out`` are ids of values without a day. ``immunoglobulin`` are ids with their days.
    """

    values: tuple[BCellValue, ...] = ()
    by: tuple[AplasiaBy, ...] = ()
    other_causes: tuple[OtherCause, ...] = ()
    immunoglobulin: tuple[tuple[str, Days], ...] = ()
    left_out: tuple[str, ...] = ()
    relapse: tuple[str, Days] | None = None
    reason: str = ""
