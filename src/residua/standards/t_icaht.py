"""T-ICAHT (Rejeski 2025): grades of platelets after an infusion of effector cells.

`grade` judges days that are already counted; ``t_icaht_days`` counts them.
"""

from __future__ import annotations

from residua.standards.grade_book import GradeBook
from residua.standards.grade_book_file import load_grades
from residua.standards.grade_by_cells import find_term
from residua.standards.grade_by_days import grade_by_days
from residua.standards.grade_inputs import GradeInputs
from residua.standards.grading import Grading

DAYS = {"early": 31, "late": 70}
BELOW_20, BELOW_50, BELOW_100 = "days_below_20", "days_below_50", "days_below_100"
CONFIRMED = "confirmed"


def book() -> GradeBook:
    """The cells of the grades."""
    return load_grades("t_icaht_2025")


def grade(term: str, given: GradeInputs) -> Grading:
    """Grade cumulative days below the limits (``early`` of 31 days, ``late`` of 70).

    Days are whole numbers, those below a lower limit not more than those below a higher one;
    raises ValueFault for others.
    """
    most = DAYS[find_term(book(), term).id]
    names = (BELOW_20, BELOW_50, BELOW_100)
    return grade_by_days(book(), term, given, names=names, most=most)
