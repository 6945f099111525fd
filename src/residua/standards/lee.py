"""Lee 2014: an older grading of cytokine release syndrome, by oxygen, pressors and organs."""

from __future__ import annotations

from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_findings import grade_by_findings
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading


def book() -> GradeBook:
    """The cells of the grading."""
    return load_grades("lee")


def grade(term: str, given: GradeInputs) -> Grading:
    """Grade findings; raises ValueFault for one that does not fit."""
    return grade_by_findings(book(), term, given)
