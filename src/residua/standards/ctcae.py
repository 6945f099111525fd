"""CTCAE 5.0 and 6.0: laboratory terms and some clinical ones; the version is always named."""

from __future__ import annotations

from residua.errors import ValueFault, nearest
from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_cells import grade_by_cells
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

BOOKS = {"5.0": "ctcae_5", "6.0": "ctcae_6"}
"""Version -> the file of its cells."""


def book(version: str) -> GradeBook:
    """The cells of one version; raises ValueFault for one that is not encoded."""
    if version not in BOOKS:
        do = nearest(version, BOOKS)
        raise ValueFault("a version of CTCAE", "another one", do, field="version")
    return load_grades(BOOKS[version])


def grade(term: str, given: GradeInputs, *, version: str) -> Grading:
    """Grade a value or findings under `term` (a short or an official name).

    No grade is computed where what is not stated could change it: a limit of normal, the
    baseline, the symptoms. Grade 5 never follows from a value. Raises ValueFault for a term,
    unit or finding that does not fit.
    """
    return grade_by_cells(book(version), term, given)
