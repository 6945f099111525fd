"""Glucksberg 1994: the overall grade of acute GVHD (0-4 for 0-IV) from stages that are given."""

from __future__ import annotations

from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_cells import grade_by_cells
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

OVERALL = "acute-gvhd"


def book() -> GradeBook:
    """The cells."""
    return load_grades("glucksberg")


def grade(term: str, given: GradeInputs) -> Grading:
    """The overall grade from the findings ``skin``, ``liver`` and ``gi`` (stages 0-4).

    ``gi4`` (III or IV) says what GI stage 4 counts as, of which the sources differ; without it
    both stay possible. ``performance = extreme-fall`` leaves IV possible unless ``raised`` says
    whether it raised the grade. Raises ValueFault for a term or finding that does not fit.
    """
    return grade_by_cells(book(), term or OVERALL, given)
