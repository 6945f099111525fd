"""The Penn scale of cytokine release syndrome: its hypotension rule, all that was read of it."""

from __future__ import annotations

from dataclasses import replace

from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_findings import grade_by_findings
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import GRADES, Grading

NOT_ENCODED = "the other cells of the scale, which are not encoded"


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
    missing = (*said.missing, NOT_ENCODED)
    reason = f"{said.reason}; {NOT_ENCODED}" if said.missing else said.reason
    return replace(said, possible=tuple(GRADES), missing=missing, reason=reason)
