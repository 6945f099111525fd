"""Grades at their limits: what a standard of grades says just below, at and above each one.

A table of `GradeBoundary` per standard; `GRADE_BOUNDARIES` joins them, `GRADE_BOOKS` names where
their rules stand (a book that gives a rule by its id). Another standard adds both here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from residua.facts.quantity import Quantity
from residua.main.graders import grader_of
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

Expected = int | tuple[int, ...]
"""A grade; several that stay possible (not assessable); none of them (does not apply)."""

INPUTS = ("value", "lln", "uln", "baseline")


class Rule(Protocol):
    """What the page prints of a rule."""

    @property
    def clause(self) -> str: ...
    @property
    def provenance(self) -> str: ...
    @property
    def reading(self) -> str: ...


class Book(Protocol):
    """A standard whose rules are found by their ids."""

    @property
    def name(self) -> str: ...
    @property
    def cite(self) -> str: ...
    def __getitem__(self, rule_id: str, /) -> Rule: ...


@dataclass(frozen=True)
class GradeBoundary:
    """One input (``moved``: the value, a limit or a finding) moved across one or more rules."""

    standard: str
    version: str
    term: str
    rules: str
    rows: dict[str, Expected]
    unit: str = ""
    base: dict[str, str] = field(default_factory=dict)
    moved: str = "value"


def graded(boundary: GradeBoundary, moved: str) -> Grading:
    """What the standard says with the moved input at `moved`."""
    inputs = {**boundary.base, boundary.moved: moved}
    numbers = {
        name: Quantity.parse(inputs[name], default_unit=boundary.unit)
        for name in INPUTS
        if name in inputs and (name != "baseline" or inputs[name][0].isdigit())
    }
    findings = {name: word for name, word in inputs.items() if name not in numbers}
    grade = grader_of(boundary.standard, boundary.version)
    return grade(boundary.term, GradeInputs(**numbers, findings=findings))


def expected_words(expected: Expected) -> str:
    """How the page prints what is expected."""
    if isinstance(expected, int):
        return f"grade {expected}"
    if not expected:
        return "does not apply"
    return f"not assessable: {', '.join(map(str, expected[:-1]))} or {expected[-1]}"
