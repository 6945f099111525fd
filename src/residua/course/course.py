"""One patient's facts in order: what the judgements and the views read."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from residua.course.conflicts import Conflict, find_conflicts
from residua.course.lines import Line, count_lines
from residua.course.order import comes_after
from residua.course.placing import Placed, place
from residua.facts.case import Case
from residua.facts.day import Span
from residua.facts.fact import Fact
from residua.facts.laboratory import Cytokine, Lab, Vital
from residua.facts.treatment import CellInfusion, Transplant, Treatment

F = TypeVar("F", bound=Fact)
MEASURED = (Lab, Vital, Cytokine)
DAYS_PER_MONTH = 365.25 / 12


@dataclass(frozen=True)
class Course:
    """The facts of a case in the order of their days, with lines of therapy and conflicts."""

    case: Case
    placed: tuple[Placed, ...]
    lines: tuple[Line, ...]
    conflicts: tuple[Conflict, ...]

    @cached_property
    def by_id(self) -> dict[str, Placed]:
        """Id -> placed fact."""
        return {item.id: item for item in self.placed}

    @cached_property
    def position(self) -> dict[str, int]:
        """Id -> place in the order of the course, from 0."""
        return {item.id: place for place, item in enumerate(self.placed)}

    @cached_property
    def therapies(self) -> tuple[Placed, ...]:
        """Treatments, transplants and infusions, in the order of the course."""
        return tuple(item for item, _ in self.of(Treatment, Transplant, CellInfusion))

    @cached_property
    def predecessors(self) -> dict[str, frozenset[str]]:
        """Id -> ids of everything that the record itself puts before it."""
        return comes_after(item.fact for item in self.placed)

    def of(self, *kinds: type[F]) -> tuple[tuple[Placed, F], ...]:
        """Placed facts of the kinds, each with its fact, in the order of the course."""
        named = (kind for kind in self._places if issubclass(kind, kinds))
        numbers = sorted(number for kind in named for number in self._places[kind])
        found = (self.placed[number] for number in numbers)
        return tuple((p, p.fact) for p in found if isinstance(p.fact, kinds))

    @cached_property
    def _places(self) -> dict[type[Fact], list[int]]:
        """Kind of fact -> places, so that no thousand values are walked for a transplant."""
        found: dict[type[Fact], list[int]] = {}
        for number, item in enumerate(self.placed):
            found.setdefault(type(item.fact), []).append(number)
        return found

    @cached_property
    def last(self) -> Placed | None:
        """The dated fact that may lie latest; the later in the order where two end on one day."""
        dated = [item for item in self.placed if item.dated and item.span.latest]
        return max(dated, key=lambda item: (item.span.latest, self.position[item.id]), default=None)

    @cached_property
    def days(self) -> tuple[Placed, ...]:
        """Every dated fact, but of the values measured on one date only the first."""
        found: dict[str, Placed] = {}
        for item in self.placed:
            measured = isinstance(item.fact, MEASURED) and item.fact.date is not None
            if item.dated:
                found.setdefault(str(item.fact.date) if measured else f"of {item.id}", item)
        return tuple(found.values())

    @cached_property
    def labs(self) -> dict[str, tuple[tuple[Placed, Lab], ...]]:
        """Analyte -> its values, in the order of the course."""
        found: dict[str, list[tuple[Placed, Lab]]] = {}
        for item, lab in self.of(Lab):
            found.setdefault(lab.analyte, []).append((item, lab))
        return {analyte: tuple(values) for analyte, values in found.items()}

    def conflicts_of(self, fact_id: str) -> tuple[str, ...]:
        """Ids of the facts that contradict this one."""
        return tuple(self._contradicting.get(fact_id, ()))

    @cached_property
    def _contradicting(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for conflict in self.conflicts:
            found.setdefault(conflict.first, []).append(conflict.second)
            found.setdefault(conflict.second, []).append(conflict.first)
        return found

    def line_of(self, treatment_id: str) -> Line | None:
        """The line of therapy of a treatment, transplant or infusion."""
        return next((line for line in self.lines if line.treatment == treatment_id), None)


def arrange(case: Case) -> Course:
    """Put a case's facts in order.

    Raises `InputError` for a circle in their order.
    """
    placed = place(case.facts)
    return Course(case, placed, count_lines(placed), find_conflicts(placed))


@dataclass(frozen=True)
class Range:
    """A length of time between two partly known days, in days; None is unbounded."""

    shortest: int | None
    longest: int | None

    @property
    def single(self) -> int | None:
        """The length, where only one is possible."""
        return self.shortest if self.shortest == self.longest else None

    def __str__(self) -> str:
        """In days below three months, else in months; one number where the range has one."""
        if self.shortest is None or self.longest is None:
            return "not assessable (a date is not stated)"
        if self.longest <= 92:
            return _between(self.shortest, self.longest, "days")
        low = math.floor(self.shortest / DAYS_PER_MONTH + 0.02)
        high = math.ceil(self.longest / DAYS_PER_MONTH - 0.02)
        return _between(low, high, "months")


def _between(low: int, high: int, unit: str) -> str:
    if low == high:
        return f"{low} {unit}"
    return f"{low} to {high} {unit}" if low < 0 else f"{low}-{high} {unit}"


def duration(start: Span, end: Span) -> Range:
    """Days from `start` to `end` as the range that partial dates allow."""
    shortest = (end.earliest - start.latest).days if end.earliest and start.latest else None
    longest = (end.latest - start.earliest).days if end.latest and start.earliest else None
    return Range(shortest, longest)
