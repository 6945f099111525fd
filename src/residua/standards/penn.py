"""The Penn scale of cytokine release syndrome: its hypotension rule, all that was read of it."""

from __future__ import annotations

from dataclasses import replace

from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_findings import grade_by_findings
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import GRADES, Grading


def book() -> GradeBook:
    """The hypotension rule, and that no other cell is encoded."""
    return load_grades("penn")


def grade(term: str, given: GradeInputs) -> Grading:
    """Grade 3 by the hypotension rule; every other finding is not assessable.

    Raises ValueFault for a finding that does not fit.
    """
    said = grade_by_findings(book(), term, given)
    if said.grade is not None:
        return said
    asked = f"not stated: {said.missing[0]}; " if said.missing else ""
    reason = f"{asked}only the hypotension rule of the scale is encoded"
    return replace(said, possible=tuple(GRADES), reason=reason)
